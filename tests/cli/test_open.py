"""``open`` where there is a display and where there is none."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.cli import display
from callback_lens.cli.parser import build_parser, with_command
from callback_lens.errors import UserError
from callback_lens.resources import resource

RunCli = Callable[..., subprocess.CompletedProcess[str]]
SAMPLE = str(resource("samples", "SmartCover", "api-failed.xml"))
NOWHERE = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ([], ["open"]),
        (["a.xml"], ["open", "a.xml"]),
        (["-"], ["open", "-"]),
        (["--lang", "zh"], ["--lang", "zh", "open"]),
        (["--profile", "show", "a.xml"], ["--profile", "show", "open", "a.xml"]),
        (["show", "a.xml"], ["show", "a.xml"]),
        (["--lang=zh", "render", "a.xml"], ["--lang=zh", "render", "a.xml"]),
        (["--version"], ["--version"]),
        (["-h"], ["-h"]),
        (["--listen"], ["open", "--listen="]),
        (["--listen", "a.xml"], ["open", "--listen=", "a.xml"]),
        (["--lang", "zh", "--listen=80", "a.xml"], ["--lang", "zh", "open", "--listen=80", "a.xml"]),
        (["open", "a.xml", "--listen"], ["open", "a.xml", "--listen="]),
        (["show", "--listen"], ["show", "--listen"]),
    ],
)
def test_no_command_means_open(given: list[str], understood: list[str]) -> None:
    assert with_command(given) == understood


def test_open_takes_any_number_of_files() -> None:
    parser = build_parser(str)
    assert parser.parse_args(["open"]).files == []
    assert parser.parse_args(["open", "a", "b"]).files == ["a", "b"]
    assert parser.parse_args(["open"]).lang is None


def test_open_can_listen() -> None:
    parser = build_parser(str)
    assert parser.parse_args(["open"]).listen is None
    for given, port in (["--listen", "a"], ""), (["--listen=8080", "a"], "8080"):
        options = parser.parse_args(with_command(given))
        assert (options.files, options.listen) == (["a"], port)
    with pytest.raises(UserError, match="'x' is not a port"):
        parser.parse_args(with_command(["--listen=x"]))


@linux
def test_without_a_display_it_says_so_and_shows(run_cli: RunCli) -> None:
    opened = run_cli("open", SAMPLE, env=NOWHERE)
    shown = run_cli("show", SAMPLE)
    assert opened.returncode == shown.returncode == 0
    assert opened.stdout == shown.stdout
    assert opened.stderr.startswith("error: there is no display")
    assert len(opened.stderr.splitlines()) == 1


@linux
def test_without_a_display_a_bad_file_is_still_an_error(run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli(tmp_path / "none.xml", env=NOWHERE)
    assert done.returncode == 2
    assert "no such file" in done.stderr


@linux
def test_without_a_display_and_a_file_there_is_nothing_to_do(run_cli: RunCli) -> None:
    done = run_cli(env=NOWHERE)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "callback-lens show FILE" in done.stderr


@linux
@pytest.mark.parametrize("name", [":987", "unix:987.0", "127.0.0.1:59000", "nonsense", ":", "/none/x:0", "\udcff:0"])
def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", name)
    assert not display.has_display()


@linux
def test_a_display_that_answers_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-test")
    assert not display.has_display()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-test"))
        server.listen()
        assert display.has_display()
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(display, "X_PORT", server.getsockname()[1])
        monkeypatch.setenv("DISPLAY", "127.0.0.1:0.0")
        assert display.has_display()


def test_a_platform_that_was_chosen_counts_as_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.has_display()


def test_a_window_without_qt_is_an_error_with_a_way_out(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("raise ImportError('libEGL.so.1: cannot open')\n", "utf-8")
    done = run_cli("open", env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "libEGL" in done.stderr
    assert "show" in done.stderr
