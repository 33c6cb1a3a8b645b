"""The project's own environment in ``.venv``: made in one go, trusted only when complete."""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

STAMP = "callback-lens-complete"


def ensure_environment(root: Path) -> Path:
    """The ``.venv`` of the checkout at ``root``, made anew unless it is complete and made for what is asked now."""
    environment = root / ".venv"
    wanted = fingerprint(root / "pyproject.toml")
    if not is_complete(environment, wanted):
        with exclusive(root / ".venv.lock"):
            if not is_complete(environment, wanted):  # another dev.py may just have made it
                build(environment, root, wanted)
    return environment


def fingerprint(pyproject: Path) -> str:
    """Changes with whatever decides what has to be installed: Python, system, place, the project's metadata."""
    settings = tomllib.loads(pyproject.read_text("utf-8"))
    decisive = [settings["build-system"], settings["project"], settings.get("tool", {}).get("hatch")]
    where = [sys.version, sys.platform, platform.machine(), str(pyproject.resolve())]
    return hashlib.sha256(json.dumps([where, decisive], sort_keys=True).encode()).hexdigest()


def is_complete(environment: Path, wanted: str) -> bool:
    """Whether the last thing of making it was done, for the same ``wanted`` fingerprint, and its Python is there."""
    stamp = environment / STAMP
    return stamp.is_file() and stamp.read_text("utf-8") == wanted and program(environment, "python").exists()


def build(environment: Path, root: Path, wanted: str) -> None:
    """Make the environment from nothing, so that no remains of an older or interrupted one are in it."""
    say("Preparing the environment in .venv (a minute or so, only when dependencies change) ...")
    remove(environment)
    create(environment)
    install(environment, "--editable", f"{root}[dev]")
    (environment / STAMP).write_text(wanted, "utf-8")


def remove(environment: Path) -> None:
    """Take the stamp first, so that an interrupted removal leaves nothing that looks complete."""
    (environment / STAMP).unlink(missing_ok=True)
    try:
        shutil.rmtree(environment)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SystemExit(f"Cannot replace {environment}: {error}. Is a program from it still running?") from error


def create(environment: Path) -> None:
    """An empty environment with pip, from ``venv``, or from virtualenv where the system's Python lacks venv."""
    if has_venv():
        run([base_python(), "-m", "venv", str(environment)])
    else:
        create_with_virtualenv(environment)


def has_venv() -> bool:
    """Whether this Python can make environments: Debian ships it without ensurepip unless python3-venv is there."""
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def create_with_virtualenv(environment: Path) -> None:
    """Fetch virtualenv into a temporary folder, for pip may not write into a system's own Python."""
    if not importlib.util.find_spec("pip"):
        raise SystemExit(
            "This Python has neither venv nor pip. On Debian and Ubuntu: sudo apt-get install python3-venv"
        )
    with tempfile.TemporaryDirectory() as bootstrap:
        run([base_python(), "-m", "pip", "install", "--quiet", "--target", bootstrap, "virtualenv"])
        run([base_python(), "-m", "virtualenv", "--quiet", str(environment)], PYTHONPATH=bootstrap)


def base_python() -> str:
    """The Python beneath an activated environment, for that environment may be the one to be replaced."""
    return str(getattr(sys, "_base_executable", sys.executable))


def install(environment: Path, *requirements: str) -> None:
    """Install ``requirements`` (pip's words) into ``environment``."""
    run([str(program(environment, "python")), "-m", "pip", "install", "--quiet", *requirements])


def program(environment: Path, name: str) -> Path:
    """Where ``environment`` keeps the command ``name``."""
    return environment / "Scripts" / f"{name}.exe" if os.name == "nt" else environment / "bin" / name


def run(command: list[str], **variables: str) -> None:
    """Run a step of the preparation; what it prints goes to stderr, for stdout belongs to what runs afterwards."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    done = subprocess.run(command, stdout=sys.stderr, env={**os.environ, **quiet, **variables}, check=False)
    if done.returncode:
        raise SystemExit(f"Preparing the environment failed (exit {done.returncode}): {' '.join(command)}")


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the system lets go of it even if this process is killed."""
    with path.open("a+b") as file:
        if not try_lock(file):
            say("Another dev.py is preparing the environment; waiting for it ...")
            wait_for_lock(file)
        yield


if sys.platform == "win32":
    import msvcrt

    def try_lock(file: IO[bytes]) -> bool:
        """Take the lock if it is free."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def wait_for_lock(file: IO[bytes]) -> None:
        """Take the lock; each call of Windows gives up after ten seconds."""
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return
else:
    import fcntl

    def try_lock(file: IO[bytes]) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait_for_lock(file: IO[bytes]) -> None:
        """Take the lock, waiting as long as it takes."""
        fcntl.flock(file, fcntl.LOCK_EX)


def say(text: str) -> None:
    """Tell the developer, on stderr."""
    print(text, file=sys.stderr, flush=True)
