"""One listener for a profile: the lock file says which, the system's lock on it whether that still runs."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from callback_lens.errors import Message, UserError

FILE = "listener.lock"
LOCKED_AT = 1 << 30  # Windows keeps others from reading the bytes that are locked
TRIES = 1000  # within a millisecond: who only looks whether a listener runs has the lock for some microseconds


@dataclass(frozen=True, slots=True)
class Running:
    """A listener that runs: its process, and the address it listens at, None as long as it starts."""

    pid: int
    url: str | None


class ProfileLock:
    """The lock file of a profile, held."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def announce(self, url: str | None) -> None:
        """Say in the file at which address the listener listens."""
        content = json.dumps(asdict(Running(os.getpid(), url))).encode()
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, content)


@contextmanager
def locked_profile(folder: Path) -> Iterator[ProfileLock]:
    """Hold the lock of ``folder``. Raises UserError where another listener has it, and says which."""
    descriptor = _open(folder)
    try:
        if not any(_try_lock(descriptor) for _ in range(TRIES)):
            raise _already_running(folder)
        lock = ProfileLock(descriptor)
        lock.announce(None)
        yield lock
    finally:
        os.close(descriptor)


def running_listener(folder: Path) -> Running | None:
    """The listener that runs on the profile ``folder``; None where there is none."""
    if not (folder / FILE).exists():
        return None
    descriptor = _open(folder)
    try:
        return None if _try_lock(descriptor, is_shared=True) else _announced(folder)
    finally:
        os.close(descriptor)


def _open(folder: Path) -> int:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror}
        raise UserError(Message("{folder} cannot be written: {reason}", values)) from error


def _announced(folder: Path) -> Running:
    with suppress(OSError, ValueError, TypeError):
        return Running(**json.loads((folder / FILE).read_text("utf-8")))
    return Running(0, None)  # it is just writing it


def _already_running(folder: Path) -> UserError:
    running = _announced(folder)
    hint = Message("stop it first, or choose another folder with --profile")
    if running.url is None:
        return UserError(Message("a listener of this profile is just starting"), hint)
    values = {"url": running.url, "pid": running.pid}
    return UserError(Message("a listener of this profile runs already at {url} (process {pid})", values), hint)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int, is_shared: bool = False) -> bool:  # noqa: ARG001 - there is no shared lock
        os.lseek(descriptor, LOCKED_AT, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int, is_shared: bool = False) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
