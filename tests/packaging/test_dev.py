"""The developer's one command, and what pyproject.toml promises."""

import ast
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import dev
import pytest
from packaging.requirements import Requirement


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would be run in the project's environment; all of it goes well."""
    noted: list[tuple[str, ...]] = []

    def note(*command: str, **_: object) -> int:
        noted.append(command)
        return 0

    monkeypatch.setattr(dev, "call", note)
    monkeypatch.setattr(dev, "try_wheel", lambda: 0)
    monkeypatch.setattr(dev.system_packages, "ensure_system_packages", lambda: None)
    return noted


def test_run_hands_every_word_to_the_program(calls: list[tuple[str, ...]]) -> None:
    assert dev.main(["run", "--lang", "zh", "show", "a file.xml", "--json", "-h"]) == 0
    assert calls == [("callback-lens", "--lang", "zh", "show", "a file.xml", "--json", "-h")]


def test_run_alone_opens_the_shipped_speech_sample(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run"]) == 0
    ((program, command, sample),) = calls
    assert (program, command) == ("callback-lens", "open")
    assert (dev.ROOT / sample).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_run_alone_draws_the_window_where_there_is_no_display(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for server in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(server, raising=False)
    monkeypatch.setattr(dev, "PICTURE", tmp_path / "pictures" / "window.png")
    assert dev.main(["run"]) == 0
    assert [command for _, command, *_ in calls] == ["open", "render"]
    assert str(tmp_path / "pictures" / "window.png") in calls[1]
    assert str(tmp_path / "pictures" / "window.png") in capsys.readouterr().out


def test_test_with_arguments_is_pytest_alone(calls: list[tuple[str, ...]]) -> None:
    dev.main(["test", "-k", "speech"])
    assert calls == [("python", "-m", "pytest", "-k", "speech")]


def test_test_alone_leaves_nothing_out(calls: list[tuple[str, ...]]) -> None:
    assert dev.main(["test"]) == 0
    words = [" ".join(call) for call in calls]
    for step in ("ruff check", "ruff format --check", "mypy", "lint-imports", "catalogues.py check", "pytest"):
        assert any(step in line for line in words), step
    for package in ("payload", "transcript", "blocks", "tags"):
        assert any("--fail-under=95" in line and f"callback_lens/{package}/" in line for line in words), package


@pytest.mark.parametrize("broken", ["ruff", "mypy", "lint-imports", "check", "run", "report"])
def test_one_failing_step_fails_the_whole(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    note = dev.call
    monkeypatch.setattr(dev, "call", lambda *command, **_: note(*command) or int(broken in command))
    assert dev.main(["test"]) == 1
    assert "FAILED" in capsys.readouterr().out


def test_a_wheel_that_fails_its_own_test_fails_the_whole(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "try_wheel", lambda: 2)
    assert dev.main(["test"]) == 1


@pytest.mark.parametrize("arguments", [[], ["dance"], ["check", "everything"], ["--version"]])
def test_what_is_no_command_is_refused(
    calls: list[tuple[str, ...]], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.main(arguments)
    assert stopped.value.code == 2
    assert "usage: dev.py COMMAND [ARGS ...]" in capsys.readouterr().err
    assert not calls


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["--help"])
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in (*dev.WITH_ARGUMENTS, *dev.WITHOUT_ARGUMENTS))


def python_code(source: str) -> int:
    return dev.execute(Path(sys.executable), "-c", source, folder=None)


def test_exit_codes_pass_through() -> None:
    assert python_code("") == 0
    assert python_code("raise SystemExit(7)") == 7


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_signal_becomes_the_code_a_shell_would_give() -> None:
    assert python_code("import os, signal; os.kill(os.getpid(), signal.SIGKILL)") == 128 + signal.SIGKILL


@pytest.mark.parametrize(
    ("display", "platform"), [({}, "offscreen"), ({"DISPLAY": ":0"}, None), ({"WAYLAND_DISPLAY": "wayland-0"}, None)]
)
def test_without_a_display_qt_draws_off_the_screen(
    monkeypatch: pytest.MonkeyPatch, display: dict[str, str], platform: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev.os, "environ", dict(display))
    dev.draw_off_screen()
    assert dev.os.environ.get("QT_QPA_PLATFORM") == platform


def test_a_platform_that_was_asked_for_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev.os, "environ", {"QT_QPA_PLATFORM": "minimal"})
    dev.draw_off_screen()
    assert dev.os.environ["QT_QPA_PLATFORM"] == "minimal"


def test_an_older_python_is_told_which_it_needs() -> None:
    source = "import runpy, sys; sys.version_info = (3, 10, 4); runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [sys.executable, "-c", source, str(dev.ROOT / "packaging" / "dev.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_older_python_can_read_that_far() -> None:
    source = (dev.ROOT / "packaging" / "dev.py").read_text("utf-8")
    assert ast.parse(source, feature_version=(3, 7))


@pytest.fixture
def qt_versions() -> Callable[[str], list[Requirement]]:
    """The requirements of PySide6 that apply to a Python version."""
    settings = tomllib.loads((dev.ROOT / "pyproject.toml").read_text("utf-8"))
    requirements = [Requirement(line) for line in settings["project"]["dependencies"]]

    def applying(python: str) -> list[Requirement]:
        names_qt = (each for each in requirements if each.name == "PySide6-Essentials")
        return [each for each in names_qt if each.marker is None or each.marker.evaluate({"python_version": python})]

    return applying


@pytest.mark.parametrize(("python", "allowed"), [("3.11", False), ("3.12", True), ("3.13", True)])
def test_the_qt_that_aborts_on_older_pythons_is_never_installed_there(
    qt_versions: Callable[[str], list[Requirement]], python: str, allowed: bool
) -> None:
    (requirement,) = qt_versions(python)
    assert requirement.specifier.contains("6.12.0") is allowed
    assert requirement.specifier.contains("6.11.3")
