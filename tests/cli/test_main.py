"""The command as a whole: its arguments, messages, exit status and streams."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens import __version__
from callback_lens.cli import main
from callback_lens.cli.parser import COMMANDS, with_command
from callback_lens.i18n import LANGUAGES

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
SAMPLE = SAMPLES / "SmartCover" / "api-success.xml"
# Where no display is, "open" prints what "show" prints.
HEADLESS = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
FULL = Path("/dev/full")


def test_the_version(run_cli: RunCli) -> None:
    done = run_cli("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Callback Lens {__version__}\n", "")


def test_help_lists_the_commands(run_cli: RunCli) -> None:
    done = run_cli("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(command in done.stdout for command in ("show", "tree", "samples", "self-test"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run_cli: RunCli, command: str, language: str) -> None:
    done = run_cli(command, "--help", "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: callback-lens {command} ")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
@pytest.mark.parametrize("arguments", [[SAMPLE], ["--", SAMPLE]])
def test_a_bare_file_is_opened(run_cli: RunCli, arguments: list[str | Path]) -> None:
    done = run_cli(*arguments, env=HEADLESS)
    assert done.returncode == 0
    assert done.stdout == run_cli("show", SAMPLE).stdout


@pytest.mark.parametrize(
    ("arguments", "index"),
    [
        (["a.xml"], 0),
        (["--lang", "zh", "a.xml"], 2),
        (["--lang=zh", "a.xml", "show"], 1),
        (["--profile", "show", "a.xml"], 2),
        (["-"], 0),
        (["--", "show"], 0),
        (["show", "a.xml"], None),
        (["--lang", "zh", "tree", "a.xml"], None),
        (["--version"], None),
        (["--lang"], None),
        ([], 0),
    ],
)
def test_where_the_command_belongs(arguments: list[str], index: int | None) -> None:
    expected = arguments if index is None else [*arguments[:index], "open", *arguments[index:]]
    assert with_command(arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show"], "the following arguments are required: FILE (callback-lens show --help lists what can be said)"),
        (["show", "--bogus", "x"], "unrecognized arguments: --bogus (callback-lens --help lists what can be said)"),
        (["show", "x", "--js"], "unrecognized arguments: --js (callback-lens --help lists what can be said)"),
        (["tree", "x", "--depth", "-1"], "argument --depth: '-1' is not a whole number from 0"),
        (["tree", "x", "--depth", "1" * 10], f"argument --depth: '{'1' * 10}' is not a whole number from 0"),
        (["samples", "--sentences", "0"], "argument --sentences: '0' is not a whole number from 1"),
        (["samples", "--overlap", "1.5"], "argument --overlap: '1.5' is not a number from 0 to 1"),
        (["samples", "--overlap", "nan"], "argument --overlap: 'nan' is not a number from 0 to 1"),
        (["samples", "--overlap", "half"], "argument --overlap: 'half' is not a number from 0 to 1"),
        (["show", "x", "--lang", "fr"], "argument --lang: invalid choice: 'fr'"),
        (["--profile"], "argument --profile: expected one argument"),
        (["show", "--\x1b[31m", "x"], r"unrecognized arguments: --\x1b[31m"),
    ],
)
def test_a_command_line_that_is_wrong(run_cli: RunCli, arguments: list[str], message: str) -> None:
    done = run_cli(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "is_chinese"),
    [
        (["show", SAMPLE], False),
        (["--lang", "zh", "show", SAMPLE], True),
        (["show", SAMPLE, "--lang", "zh"], True),
        (["show", "--lang=zh", SAMPLE], True),
        (["--lang", "zh", "show", SAMPLE, "--lang", "en"], False),
        (["--lang", "en", "show", "--lang", "zh", SAMPLE], True),
    ],
)
def test_the_language(run_cli: RunCli, arguments: list[str | Path], is_chinese: bool) -> None:
    done = run_cli(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("封面" in done.stdout, "Covers" in done.stdout) == (is_chinese, not is_chinese)


@pytest.mark.parametrize("option", ["--lan", "--la", "--prof"])
def test_options_are_not_abbreviated(run_cli: RunCli, option: str) -> None:
    """Half of the program would know what is meant and half not."""
    assert run_cli("show", SAMPLE, option, "zh").returncode == 2


def test_errors_are_in_the_language_too(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"")
    done = run_cli("--lang", "zh", "show", tmp_path / "a.xml")
    assert done.stderr == f"error: {tmp_path / 'a.xml'}: 文件为空\n"
    assert "回调" in run_cli("--lang", "zh", "--help").stdout


def test_all_state_is_kept_in_the_profile(tmp_path: Path) -> None:
    home, profile, work = tmp_path / "home", tmp_path / "profile", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP")}
    places |= {name: str(home) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    for arguments in (["show", SAMPLE], ["show", "--json", SAMPLES], ["tree", SAMPLE], ["self-test"], ["show", "none"]):
        command = [sys.executable, "-B", "-m", "callback_lens", "--profile", profile, *arguments]
        done = subprocess.run(command, capture_output=True, env=os.environ | places, cwd=work, check=False)
        assert done.returncode == (2 if "none" in arguments else 0), done.stderr
    assert list(home.iterdir()) == []
    assert list(work.iterdir()) == []
    assert not profile.exists(), "nothing went wrong, so there is nothing to keep"


def test_a_fault_of_ours_goes_to_the_log_of_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("callback_lens.tags.summarize", fail)
    log = tmp_path / "log" / "callback-lens.log"
    assert main(["--profile", str(tmp_path), "show", str(SAMPLE)]) == 1
    assert capsys.readouterr().err == f"error: Callback Lens has a fault; what happened is in {log}\n"
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_each_run_has_its_own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("callback_lens.tags.summarize", fail)
    for name in ("one", "two"):
        main(["--profile", str(tmp_path / name), "show", str(SAMPLE)])
    logs = [(tmp_path / name / "log" / "callback-lens.log").read_text("utf-8") for name in ("one", "two")]
    assert [log.count("The command failed") for log in logs] == [1, 1]


def test_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("callback_lens.tags.summarize", interrupt)
    assert main(["--profile", str(tmp_path), "show", str(SAMPLE)]) == 130


def start(tmp_path: Path, *arguments: str | Path, **streams: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "callback_lens", "--profile", str(tmp_path / "profile"), *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **streams)


@pytest.mark.parametrize(
    "arguments", [["show", SAMPLES], ["show", "--json", SAMPLES], ["samples", "synthetic-speech.xml"]]
)
def test_a_reader_who_has_enough(tmp_path: Path, arguments: list[str | Path]) -> None:
    with start(tmp_path, *arguments, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(timeout=60) == 0


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a full disk at hand")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["show", SAMPLES], ["show", SAMPLE], ["samples", "SmartCover/api-success.xml"]])
def test_a_full_disk(tmp_path: Path, arguments: list[str | Path], unbuffered: str) -> None:
    command = [sys.executable, "-m", "callback_lens", "--profile", tmp_path / "profile", *arguments]
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("error: the output cannot be written: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_and_a_file_that_is_none(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "callback_lens", "--profile", tmp_path / "profile", "show", SAMPLE, "none.xml"]
    environment = os.environ | {"PYTHONUNBUFFERED": ""}
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert done.returncode == 2
    assert [line.partition(": ")[2].partition(":")[0] for line in done.stderr.decode().splitlines()] == [
        "the output cannot be written",
        "none.xml",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's own words for it")
@pytest.mark.parametrize(("closed", "status"), [("<&-", 0), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0)])
def test_streams_that_are_closed(tmp_path: Path, closed: str, status: int) -> None:
    script = f'exec {closed}; exec "$0" -m callback_lens --profile "$1" show "$2"'
    command = ["sh", "-c", script, sys.executable, str(tmp_path / "profile"), str(SAMPLE)]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    assert (done.returncode, done.stderr) == (status, b"")
    assert bool(done.stdout) == (">&-" not in closed.split())
    assert not (tmp_path / "profile").exists()


def test_output_is_utf_8_whatever_the_system_says(run_cli: RunCli) -> None:
    sample = SAMPLES / "SmartCover" / "workflow-success.json"
    done = run_cli("show", sample, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert "covers/港口清晨-0.jpg" in done.stdout
