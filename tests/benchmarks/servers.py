"""What takes callbacks, each a process of its own: our listener, and what it is measured against."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ADDRESS = re.compile(rb".*127\.0\.0\.1:(\d+)")
MITMDUMP = shutil.which("mitmdump")
ANY_PORT = ("--port", "0")


@dataclass(frozen=True)
class Server:
    """A server that listens on ``port`` of 127.0.0.1."""

    pid: int
    port: int


def listener(profile: Path, *options: str) -> AbstractContextManager[Server]:
    """``callback-lens listen`` with ``options``, its captures in ``profile``."""
    return _serving(sys.executable, "-m", "callback_lens", "--profile", profile, "listen", *ANY_PORT, *options)


def uvicorn() -> AbstractContextManager[Server]:
    """uvicorn with httptools and uvloop, which stores nothing."""
    options = ("--no-access-log", "--lifespan", "off", "--http", "httptools", "--loop", "uvloop", *ANY_PORT)
    return _serving(
        sys.executable, "-m", "uvicorn", "--app-dir", Path(__file__).parent, *options, "bare_application:application"
    )


def mitmdump(flows: Path) -> AbstractContextManager[Server]:
    """mitmdump, which writes the requests to the file ``flows`` and answers them itself."""
    options = {
        "mode": "reverse:http://127.0.0.1:9",  # nobody is asked there
        "connection_strategy": "lazy",
        "block_list": "/~all/200",
        "listen_host": "127.0.0.1",
        "listen_port": 0,
        "flow_detail": 0,
        "save_stream_file": flows,
    }
    return _serving(str(MITMDUMP), *(word for name, value in options.items() for word in ("--set", f"{name}={value}")))


@contextmanager
def _serving(*command: str | Path) -> Iterator[Server]:
    """Within it the server runs; what it prints is read at once, as if somebody watched."""
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT) as process,
        ThreadPoolExecutor(1) as reader,
    ):
        try:
            assert process.stdout is not None
            port = _announced_port(process.stdout)
            reader.submit(process.stdout.read)
            yield Server(process.pid, port)
        finally:
            process.terminate()


def _announced_port(output: IO[bytes]) -> int:
    """The port that a server says it listens on. Raises RuntimeError if it ends instead."""
    printed = b""
    for line in output:
        printed += line
        if found := ADDRESS.match(line):
            return int(found[1])
    raise RuntimeError(printed.decode(errors="replace"))
