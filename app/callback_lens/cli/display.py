"""Whether there is a display to show a window on; asked without Qt, which ends the process where there is none."""

import os
import re
import sys
from pathlib import Path

X_DISPLAY = re.compile(r"(?P<host>.*):(?P<number>[0-9]{1,4})(?:\.[0-9]+)?")
X_PORT = 6000
PATIENCE = 2.0  # seconds for a display at the other end of a network


def has_display() -> bool:
    """True where Qt would find a display; a platform chosen by QT_QPA_PLATFORM is taken at its word."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in ("win32", "darwin"):
        return True
    return _has_wayland(os.environ.get("WAYLAND_DISPLAY", "")) or _has_x(os.environ.get("DISPLAY", ""))


def _has_wayland(name: str) -> bool:
    return bool(name) and _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user"), name)))


def _has_x(name: str) -> bool:
    """Whether the X server ``name`` (host:number.screen) answers."""
    match = X_DISPLAY.fullmatch(name)
    if match is None:
        return name.startswith("/") and _answers(name)  # XQuartz names its socket
    host, number = match["host"], int(match["number"])
    if host in ("", "unix"):
        return _answers(f"/tmp/.X11-unix/X{number}") or _answers(f"\0/tmp/.X11-unix/X{number}")  # noqa: S108  # X's own
    import socket

    try:
        socket.create_connection((host, X_PORT + number), PATIENCE).close()
    except (OSError, UnicodeError):
        return False
    return True


def _answers(path: str) -> bool:
    import socket  # where there always is a display, the window starts faster without

    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(path)
        except OSError:
            return False
    return True
