"""What Qt needs of a Linux system: shared libraries, and a font that can write Chinese."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

# What Qt's Gui and Widgets libraries, its offscreen and xcb platforms and the latter's OpenGL plugins load and the
# PySide6 wheel does not bring (a test asks the wheel itself), with Debian's package for each.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
CJK_FONT = ["fontconfig", "fonts-wqy-microhei"]  # 2 MB cover GB18030; fonts-noto-cjk would be 55 MB


def ensure_system_packages() -> None:
    """On Linux, install what Qt misses where that is ours to do (root, apt-get), or say how; never an obstacle."""
    if sys.platform != "linux":
        return
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        apt_install(missing)
        missing = missing_packages()
    if missing:
        print(advice(missing), file=sys.stderr)


def missing_packages() -> list[str]:
    """Debian's names of what is not there."""
    font = [] if has_cjk_font() else CJK_FONT
    return sorted({*packages_of(missing_libraries(can_load)), *font})


def missing_libraries(loads: Callable[[str], bool]) -> list[str]:
    """The libraries that the system's loader does not find."""
    return [name for name in LIBRARIES if not loads(name)]


def packages_of(libraries: Iterable[str]) -> set[str]:
    """Debian's packages of ``libraries``."""
    return {LIBRARIES[name] for name in libraries}


def can_load(library: str) -> bool:
    """Ask the loader itself, which knows every path that counts (a tenth of a millisecond each)."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_cjk_font() -> bool:
    """Whether fontconfig has a font for Chinese; unknown counts as no."""
    return bool(shutil.which("fc-list")) and subprocess.run(["fc-list", "-q", ":lang=zh"], check=False).returncode == 0


def apt_install(packages: list[str]) -> None:
    """Install Debian packages; a failure is seen by what is still missing afterwards."""
    print(f"Installing what Qt needs: {' '.join(packages)}", file=sys.stderr, flush=True)
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        command = ["apt-get", "--quiet=2", *arguments]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)  # errors come on stderr


def advice(packages: list[str]) -> str:
    """The one command that installs ``packages``."""
    names = " ".join(packages)
    if shutil.which("apt-get"):
        return f"Missing for Qt: sudo sh -c 'apt-get update && apt-get install --yes {names}'"
    return f"Missing for Qt, by Debian's names: {names}"
