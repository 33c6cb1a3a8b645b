"""``captures delete``, ``pin``, ``unpin``, ``note`` and ``rebuild-index``."""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from callback_lens.cli.captures.changing import delete
from callback_lens.cli.context import Context
from callback_lens.export.language import language_named
from callback_lens.payload.limits import Limits
from callback_lens.store.index import open_index

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
Listed = Callable[..., list[dict[str, Any]]]


class Terminal(BytesIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def ids(items: list[dict[str, Any]]) -> list[int]:
    return [item["id"] for item in items]


def test_delete_what_fits(captures: RunCli, listed: Listed, profile: Path) -> None:
    done = captures("delete", "tag:SmartCover", "--yes")
    assert (done.returncode, done.stdout, done.stderr) == (0, "captures deleted: 2\n", "")
    assert ids(listed()) == [6, 5, 4, 2]
    assert b"night-market" not in b"".join(path.read_bytes() for path in profile.glob("captures.db*"))


def test_nobody_can_be_asked(captures: RunCli, listed: Listed) -> None:
    done = captures("delete", "tag:SmartCover")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: nobody can be asked whether to delete captures: 2 (--yes deletes them)\n"
    assert len(listed()) == 6
    assert captures("delete", "tag:none").stdout == "captures deleted: 0\n", "there is nothing to ask"


@pytest.mark.parametrize(("answer", "left"), [(b"y\n", 4), (b"YES\n", 4), (b"n\n", 6), (b"\n", 6), (b"", 6)])
def test_the_user_is_asked(profile: Path, answer: bytes, left: int) -> None:
    out, errors = StringIO(), StringIO()
    context = Context(language_named("en"), Limits(), Terminal(answer), out, errors, profile)
    assert delete(Namespace(filter=["tag:SmartCover"], yes=False), context) == 0
    assert errors.getvalue() == "Captures to delete: 2. Delete them? (y/n) "
    assert out.getvalue() == f"captures deleted: {6 - left}\n"
    with open_index(profile) as index:
        assert index.count() == left


def test_everything_is_not_deleted_by_leaving_the_filter_out(captures: RunCli) -> None:
    done = captures("delete", "--yes")
    assert done.returncode == 2
    assert "FILTER" in done.stderr


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["tag:SmartCover"], [6, 5, 4, 2, 1]),
        (["1", "3"], [6, 5, 4, 2, 1]),
        (["NOT is:pinned"], [1]),
        (["is:pinned"], [6, 5, 4, 3, 2]),
        (["tag:SmartCover", "(is:pinned OR is:refused)"], [6, 5, 4, 3, 2]),
    ],
)
def test_pinned_ones_are_kept_unless_said(captures: RunCli, listed: Listed, words: list[str], left: list[int]) -> None:
    assert captures("pin", "id:1").returncode == 0
    done = captures("delete", *words, "--yes")
    assert ids(listed()) == left
    warning = "warning: pinned captures that are kept: 1\n" if words[0] in ("tag:SmartCover", "1") else ""
    assert done.stderr == (warning if 1 in left else "")


def test_pins_and_notes(captures: RunCli, listed: Listed) -> None:
    assert captures("pin", 1, 2, 3).returncode == captures("unpin", 3).returncode == 0
    assert captures("note", 2, 3, "--text", "看看\x1b[31m").returncode == 0
    assert ids(listed("is:pinned")) == [2, 1]
    assert [item["note"] for item in listed("看")] == ["看看\x1b[31m"] * 2
    assert "pinned · 看看\\x1b[31m\n" in captures("list", 2).stdout
    assert captures("note", 2, "--text", "").returncode == 0
    assert listed(2)[0]["note"] is None
    assert captures("pin", 1, 99).returncode == captures("note", 99, "--text", "a").returncode == 2


def test_the_index_can_be_deleted_and_made_anew(captures: RunCli, listed: Listed, profile: Path) -> None:
    before = listed()
    for file in profile.glob("index.db*"):
        file.unlink()
    assert listed() == before
    done = captures("rebuild-index")
    assert (done.returncode, done.stdout) == (0, "captures indexed: 6\n")
    assert listed() == before


def test_commands_at_once_on_one_profile(captures: RunCli, listed: Listed, profile: Path) -> None:
    command = [sys.executable, "-m", "callback_lens", "--profile", str(profile), "captures"]
    started = [
        subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ)
        for arguments in (["rebuild-index"], ["list"], ["delete", "1", "--yes"], ["pin", "2"], ["rebuild-index"])
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in started] == [(b"", 0)] * 5
    assert ids(listed()) == [6, 5, 4, 3, 2]
    assert ids(listed("is:pinned")) == [2]
