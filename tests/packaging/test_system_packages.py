"""What Qt needs of a Linux system, and what is done where it is missing."""

import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import system_packages

ON_EVERY_LINUX = {"libc.so.6", "libgcc_s.so.1", "libm.so.6", "libstdc++.so.6", "libz.so.1", "libzstd.so.1"}
USED = ["lib/libQt6Gui.*", "lib/libQt6Widgets.*", "plugins/platforms/libqoffscreen.*", "plugins/platforms/libqxcb.*"]
USED += ["lib/libQt6Core.*", "lib/libQt6DBus.*", "lib/libQt6OpenGL.*", "lib/libQt6XcbQpa.*", "plugins/xcbgl*/*"]


def wheel_files() -> Iterator[Path]:
    """The parts of PySide6 that draw on the offscreen and xcb platforms."""
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0], "Qt")
    for pattern in USED:
        found = list(folder.glob(pattern))
        assert found, pattern
        yield from found


@pytest.mark.skipif(sys.platform != "linux", reason="the wheels of other systems bring all they need")
def test_every_library_the_wheel_asks_of_the_system_is_known() -> None:
    asked = set()
    for path in wheel_files():
        asked |= set(re.findall(rb"(?<=\0)lib[\w.+-]+\.so\.\d+(?=\0)", path.read_bytes()))
    bundled = {path.name for path in next(wheel_files()).parent.iterdir()}
    names = {name.decode() for name in asked} - bundled - ON_EVERY_LINUX
    assert names <= set(system_packages.LIBRARIES)


def test_only_what_cannot_be_loaded_is_missing() -> None:
    missing = system_packages.missing_libraries(lambda name: "xcb" not in name)
    assert "libxcb-cursor.so.0" in missing
    assert "libEGL.so.1" not in missing


def test_libraries_become_packages_once() -> None:
    both = ["libglib-2.0.so.0", "libgthread-2.0.so.0"]
    assert system_packages.packages_of(both) == {"libglib2.0-0"}


@pytest.mark.skipif(sys.platform != "linux", reason="names of Linux libraries")
def test_the_loader_is_asked() -> None:
    assert system_packages.can_load("libc.so.6")
    assert not system_packages.can_load("libnobody-has-this.so.0")


def test_without_fontconfig_there_is_no_knowing_of_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not system_packages.has_cjk_font()


@pytest.fixture
def linux_without(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Debian that lacks one library and the font, until something is installed; tells what was."""
    installed: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "can_load", lambda name: bool(installed) or name != "libEGL.so.1")
    monkeypatch.setattr(system_packages, "has_cjk_font", lambda: bool(installed))
    monkeypatch.setattr(system_packages, "apt_install", installed.append)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    return installed


def as_user(monkeypatch: pytest.MonkeyPatch, user: int) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: user, raising=False)


def test_root_gets_it_installed(
    linux_without: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 0)
    system_packages.ensure_system_packages()
    system_packages.ensure_system_packages()
    assert linux_without == [["fontconfig", "fonts-wqy-microhei", "libegl1"]]
    assert capsys.readouterr().err == ""


def test_others_get_the_one_command(
    linux_without: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 1000)
    system_packages.ensure_system_packages()
    assert not linux_without
    assert "apt-get install --yes fontconfig fonts-wqy-microhei libegl1" in capsys.readouterr().err


def test_where_there_is_no_apt_the_names_are_told(
    linux_without: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 0)
    monkeypatch.setattr(system_packages.shutil, "which", lambda _name: None)
    system_packages.ensure_system_packages()
    assert not linux_without
    assert "libegl1" in capsys.readouterr().err


def test_other_systems_are_not_asked(linux_without: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    system_packages.ensure_system_packages()
    assert not linux_without
