"""``render`` draws the window without a display."""

import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.resources import resource
from PySide6.QtGui import QColor, QImage

RunCli = Callable[..., subprocess.CompletedProcess[str]]
SAMPLE = str(resource("samples", "SmartCover", "api-success.xml"))
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
