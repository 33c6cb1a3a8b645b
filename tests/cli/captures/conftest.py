"""A profile with captures, and the command on it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from callback_lens.errors import Message
from stored_captures import sample, store_captures, wire

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The profile that ``run_cli`` uses, with six captures: two deliveries of one job, a refused one at the end."""
    folder = tmp_path / "profile"
    cover = sample("SmartCover/api-success.xml")
    bodies = (cover, sample("StreamExtract/partial.xml"), cover, sample("WorkflowFinish/workflow-success.json"), b"")
    refused = Message("the token is missing")
    last = wire(b"\x1b[31mabc", b"/\xff\x1b", status=404, answer=b"no", is_complete=False, refused=refused)
    store_captures(folder, [*map(wire, bodies), last])
    return folder


@pytest.fixture
def captures(run_cli: RunCli, profile: Path) -> RunCli:
    """Runs ``captures …`` on the profile."""

    def run(*arguments: object, **options: Any) -> "subprocess.CompletedProcess[str]":
        return run_cli("captures", *map(str, arguments), **options)

    return run


@pytest.fixture
def listed(captures: RunCli) -> Callable[..., list[dict[str, Any]]]:
    """What ``captures list --json`` says, in order."""

    def read(*arguments: object) -> list[dict[str, Any]]:
        done = captures("list", "--json", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return [json.loads(line) for line in done.stdout.splitlines()]

    return read
