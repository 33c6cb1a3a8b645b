"""``render`` draws the window without a display."""

import re
import struct
import subprocess
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from callback_lens.cli.render_timeline import COLOURINGS
from callback_lens.resources import resource
from callback_lens.ui import preferences
from callback_lens.ui.timeline.colouring import Colouring
from PySide6.QtGui import QColor, QImage
from svg_pictures import svg_texts

RunCli = Callable[..., subprocess.CompletedProcess[str]]
SAMPLE = str(resource("samples", "SmartCover", "api-success.xml"))
SPEECH = resource("samples", "SpeechRecognition", "api-success.xml")
# A display that does not answer: whoever asks for it fails.
NOWHERE = {"DISPLAY": ":987", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}


def size(picture: Path) -> tuple[int, int]:
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return struct.unpack(">II", head[16:24])


def colors(picture: Path) -> set[int]:
    image = QImage(str(picture))
    return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}


@pytest.mark.parametrize("view", ["window", "tree", "pane"])
def test_a_picture_of_each_view_in_the_size_asked_for(run_cli: RunCli, tmp_path: Path, view: str) -> None:
    out = tmp_path / "out.png"
    done = run_cli("render", SAMPLE, "-o", out, "--view", view, "--size", "900x500", env=NOWHERE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert size(out) == (900, 500)
    assert len(colors(out)) > 10


def test_scale_draws_more_pixels(run_cli: RunCli, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert run_cli("render", SAMPLE, "-o", out, "--size", "900x500", "--scale", "2", env=NOWHERE).returncode == 0
    assert size(out) == (1800, 1000)


def test_theme_and_language_change_the_picture(run_cli: RunCli, tmp_path: Path) -> None:
    pictures = []
    for number, options in enumerate(([], ["--theme", "dark"], ["--lang", "zh"])):
        pictures.append(tmp_path / f"{number}.png")
        assert run_cli("render", SAMPLE, "-o", pictures[-1], *options).returncode == 0
    light, dark, chinese = (QImage(str(picture)) for picture in pictures)
    assert QColor(light.pixel(640, 36)).lightness() > 200
    assert QColor(dark.pixel(640, 36)).lightness() < 60
    assert light != chinese


def test_standard_input_is_drawn_too(run_cli: RunCli, tmp_path: Path) -> None:
    out, empty = tmp_path / "out.png", tmp_path / "empty.png"
    assert run_cli("render", "-", "-o", out, stdin=Path(SAMPLE).read_bytes()).returncode == 0
    assert run_cli("render", "-o", empty).returncode == 0
    assert QImage(str(out)) != QImage(str(empty))


def test_what_cannot_be_read_is_drawn_and_said(run_cli: RunCli, tmp_path: Path) -> None:
    broken, out = tmp_path / "broken.xml", tmp_path / "out.png"
    broken.write_bytes(b"<a><b></a>")
    done = run_cli("render", broken, "-o", out)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {broken}:1:")
    assert size(out) == (1280, 800)


def test_a_picture_that_is_there_is_kept_unless_forced(run_cli: RunCli, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    out.write_bytes(b"mine")
    done = run_cli("render", SAMPLE, "-o", out)
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert out.read_bytes() == b"mine"
    assert run_cli("render", SAMPLE, "-o", out, "--force").returncode == 0
    assert size(out) == (1280, 800)


@pytest.mark.parametrize(
    "options",
    [
        ["-o", "{tmp}/none/out.png"],
        ["-o", "{tmp}", "--force"],
        ["-o", "{tmp}/a.png", "--size", "10x10"],
        ["-o", "{tmp}/a.png", "--size", "1280"],
        ["-o", "{tmp}/a.png", "--scale", "9"],
        [],
    ],
)
def test_what_cannot_be_drawn_is_an_error(run_cli: RunCli, tmp_path: Path, options: list[str]) -> None:
    done = run_cli("render", SAMPLE, *(option.replace("{tmp}", str(tmp_path)) for option in options))
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--size", "640x420"], (640, 420)),
        (["--size", "100x100", "--scale", "3"], (300, 300)),
        (["--from", "0", "--to", "1", "--size", "900x500"], (900, 500)),
        (["--from", "20000", "--to", "25000", "--size", "900x500"], (900, 500)),
        (["--from", "999999", "--size", "900x500"], (900, 500)),
    ],
)
def test_a_timeline_of_any_range_in_any_size(
    run_cli: RunCli, tmp_path: Path, theme: str, options: list[str], wanted: tuple[int, int]
) -> None:
    out = tmp_path / "out.png"
    done = run_cli("render", SPEECH, "-o", out, "--view", "timeline", "--theme", theme, *options, env=NOWHERE)
    assert (done.returncode, done.stdout) == (0, "")
    assert size(out) == wanted
    assert len(colors(out)) > 10
    assert (QColor(QImage(str(out)).pixel(1, 1)).lightness() < 60) is (theme == "dark")


def test_lanes_that_are_cut_off_are_said(run_cli: RunCli, tmp_path: Path) -> None:
    for height, is_said in ((150, True), (900, False)):
        done = run_cli(
            "render", SPEECH, "-o", tmp_path / f"{height}.png", "--view", "timeline", "--size", f"900x{height}"
        )
        assert ("warning: lanes are cut off" in done.stderr) is is_said


@pytest.mark.parametrize("options", [[], ["--size", "300x200"], ["--from", "20000", "--to", "26000"], ["--to", "1"]])
def test_a_redacted_timeline_has_no_word_of_what_was_said(run_cli: RunCli, tmp_path: Path, options: list[str]) -> None:
    out = tmp_path / "out.svg"
    assert run_cli("render", SPEECH, "-o", out, "--view", "timeline", "--redacted", *options).returncode == 0
    said = "".join(re.findall("<FinalSentence>(.*?)</FinalSentence>", SPEECH.read_text("utf-8")))
    shown = svg_texts(out.read_bytes())
    assert [character for character in set(said) if not character.isascii() and character in shown] == []
    assert "0:" in shown


def test_an_svg_says_what_was_said_unless_it_is_redacted(run_cli: RunCli, tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    options = ("--view", "timeline", "--from", "20000", "--to", "26000", "--lang", "zh")
    assert run_cli("render", SPEECH, "-o", out, *options).returncode == 0
    assert "\u8336" in svg_texts(out.read_bytes())


def test_the_colourings_are_those_of_the_window() -> None:
    assert [*COLOURINGS] == [*preferences.COLOURINGS] == [*Colouring]


def test_colouring_changes_the_timeline(run_cli: RunCli, tmp_path: Path) -> None:
    pictures = []
    for colouring in COLOURINGS:
        out = tmp_path / f"{colouring}.png"
        assert run_cli("render", SPEECH, "-o", out, "--view", "timeline", "--colouring", colouring).returncode == 0
        pictures.append(QImage(str(out)))
    assert all(one != other for one, other in combinations(pictures, 2))


def test_of_several_transcripts_one_is_chosen(run_cli: RunCli, tmp_path: Path) -> None:
    other = run_cli("samples", "synthetic-speech.json", "--sentences", "5").stdout
    pictures = []
    for options in ([], ["--job", "1"], ["--job", "2"]):
        out = tmp_path / f"{len(pictures)}.png"
        done = run_cli("render", SPEECH, "-", "-o", out, "--view", "timeline", *options, stdin=other.encode())
        assert done.returncode == 0
        pictures.append(out.read_bytes())
    assert pictures[0] == pictures[1] != pictures[2]


@pytest.mark.parametrize(
    ("file", "options", "said"),
    [
        (SAMPLE, ["--view", "timeline"], "there is no transcript in it"),
        (str(SPEECH), ["--view", "timeline", "--job", "7"], "there is no transcript of a job 7 in it"),
        (str(SPEECH), ["--view", "timeline", "--from", "5", "--to", "5"], "--to has to be after --from"),
        (str(SPEECH), ["--from", "5"], "are for a timeline"),
        (str(SPEECH), ["--view", "tree", "--redacted"], "are for a timeline"),
        ("gone.xml", ["--view", "timeline"], "gone.xml"),
    ],
)
def test_what_has_no_timeline_is_an_error(
    run_cli: RunCli, tmp_path: Path, file: str, options: list[str], said: str
) -> None:
    out = tmp_path / "out.png"
    done = run_cli("render", file, "-o", out, *options)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert said in done.stderr
    assert not out.exists()
