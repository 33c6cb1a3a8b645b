"""The real commands on a profile: listeners as processes of their own, and others."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TIMEOUT = 60


def command(profile: Path, *arguments: object) -> list[str]:
    """The command line of a command on ``profile``."""
    return [sys.executable, "-m", "callback_lens", "--profile", str(profile), *map(str, arguments)]


def run(profile: Path, *arguments: object) -> "subprocess.CompletedProcess[bytes]":
    """A command on ``profile``, with nothing on standard input."""
    return subprocess.run(
        command(profile, *arguments), stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False
    )


def lines(profile: Path, *arguments: object) -> list[str]:
    """What a command that goes well prints."""
    done = run(profile, *arguments)
    assert (done.returncode, done.stderr) == (0, b""), done
    return done.stdout.decode().splitlines()


def listed(profile: Path, *words: object) -> list[dict[str, Any]]:
    """What ``captures list`` says, in order."""
    return [json.loads(line) for line in lines(profile, "captures", "list", "--json", *words)]


@dataclass
class Listener:
    """A listener that runs on ``profile``: ``url`` to send to, and its process."""

    profile: Path
    url: str
    process: "subprocess.Popen[bytes]"

    def captured(self, count: int) -> list[dict[str, Any]]:
        """The next ``count`` captures, once they are on disk."""
        assert self.process.stdout is not None
        return [json.loads(self.process.stdout.readline()) for _ in range(count)]

    def send(self, *arguments: object, target: str = "") -> "subprocess.CompletedProcess[bytes]":
        """What ``send`` to it says."""
        return run(self.profile, "send", *arguments, "--to", self.url + target)


@contextmanager
def listening(profile: Path, *options: object) -> Iterator[Listener]:
    """A listener that runs within; at the end it has to stop in order, having complained of nothing."""
    arguments = command(profile, "listen", "--port", 0, "--json", *options)
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            assert process.stdout is not None
            first_line = process.stdout.readline()
            yield Listener(profile, json.loads(first_line)["listening"], process)
            errors = process.communicate(b"stop\n", timeout=TIMEOUT)[1]
            assert (errors, process.returncode) == (b"", 0)
        finally:
            process.kill()
