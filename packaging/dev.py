"""Runs, tests, checks, measures and builds Callback Lens from a fresh checkout, with nothing but Python and pip."""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"Callback Lens needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")

import argparse
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import environment
import system_packages

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = Path("resources", "samples", "SpeechRecognition", "api-success.xml")
PICTURE = Path("build", "window.png")
SOURCES = ("app", "packaging", "tests")
COVERED_BY_OWN_TESTS = ("payload", "transcript", "blocks", "tags")


def run(arguments: list[str]) -> int:
    """Run callback-lens ARGS; without ARGS, open the window on the shipped speech sample."""
    system_packages.ensure_system_packages()
    if arguments:
        return call("callback-lens", *arguments, folder=None)
    return call("callback-lens", "open", str(SAMPLE)) or (draw_window() if lacks_display() else 0)


def draw_window() -> int:
    """Save a picture of the window, for whoever has no display to see it on."""
    (ROOT / PICTURE).parent.mkdir(exist_ok=True)
    failed = call("callback-lens", "render", str(SAMPLE), "-o", str(PICTURE), "--force")
    if not failed:
        print(f"\nThe window as it would look: {ROOT / PICTURE}")
    return failed


def test(arguments: list[str]) -> int:
    """Check, run all tests, try the wheel; with ARGS, only pytest ARGS."""
    system_packages.ensure_system_packages()
    draw_off_screen()
    if arguments:
        return call("python", "-m", "pytest", *arguments)
    return summary({"check": check(), "tests": measured_tests(), "wheel": try_wheel()})


def bench(arguments: list[str]) -> int:
    """Measure, with the ARGS of tests/benchmarks/run.py."""
    return call("python", "tests/benchmarks/run.py", *arguments)


def check() -> int:
    """Lint, formatting, types, import contracts and translations."""
    return summary(
        {
            "ruff check": call("python", "-m", "ruff", "check", *SOURCES),
            "ruff format": call("python", "-m", "ruff", "format", "--check", *SOURCES),
            "mypy": call("python", "-m", "mypy"),
            "import contracts": call("lint-imports", "--no-logo"),
            "translations": call("python", "packaging/catalogues.py", "check"),
        }
    )


def translations() -> int:
    """Extract the messages, update the translation, compile it."""
    return call("python", "packaging/catalogues.py", "update")


def build() -> int:
    """Build the wheel into dist/."""
    return build_wheel(ROOT / "dist")


WITH_ARGUMENTS = {"run": run, "test": test, "bench": bench}
WITHOUT_ARGUMENTS = {"check": check, "translations": translations, "build": build}


def measured_tests() -> int:
    """All tests in one run; then how much of each reading package its own tests reach."""
    tests = call("python", "-m", "coverage", "run", "-m", "pytest")
    return tests or max(own_coverage(package) for package in COVERED_BY_OWN_TESTS)


def own_coverage(package: str) -> int:
    """Report what tests/<package> leave out of callback_lens/<package>; not zero below 95 %."""
    print(f"\nCoverage of {package} by its own tests:", flush=True)
    scope = [f"--include=app/callback_lens/{package}/*", f"--contexts=^$,^{package}$"]
    return call("python", "-m", "coverage", "report", "--fail-under=95", *scope)


def try_wheel() -> int:
    """Install the wheel where nothing of the checkout is, and let it test itself."""
    with tempfile.TemporaryDirectory() as folder:
        if build_wheel(Path(folder)):
            return 1
        fresh = Path(folder, "environment")
        environment.create(fresh)
        environment.install(fresh, *map(str, Path(folder).glob("*.whl")))
        return execute(environment.program(fresh, "callback-lens"), "--profile", folder, "self-test", folder=folder)


def build_wheel(folder: Path) -> int:
    """Build the wheel into ``folder``."""
    return call("python", "-m", "build", "--wheel", "--outdir", str(folder))


def call(program: str, *arguments: str, folder: Path | None = ROOT) -> int:
    """Run a program of the project's environment, which is made first where needed; gives its exit code."""
    return execute(environment.program(environment.ensure_environment(ROOT), program), *arguments, folder=folder)


def execute(program: Path, *arguments: str, folder: Path | str | None) -> int:
    """Run ``program`` in ``folder`` (None: where we are); a signal that ended it becomes 128 + its number, as in sh."""
    code = subprocess.run([program, *arguments], cwd=folder, check=False).returncode
    return code if code >= 0 else 128 - code


def draw_off_screen() -> None:
    """Where there is no display, have Qt draw without one in what we run from here."""
    if lacks_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def lacks_display() -> bool:
    """Whether there is nowhere to open a window: no display server is named, and no other platform of Qt's."""
    servers = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(map(os.environ.get, servers))


def summary(steps: Mapping[str, int]) -> int:
    """Say how each step ended; gives 0 if all went well."""
    print("\n" + "\n".join(f"{'FAILED' if code else 'ok':6}  {step}" for step, code in steps.items()), flush=True)
    return 1 if any(steps.values()) else 0


def main(arguments: list[str]) -> int:
    """Run one of the commands; what follows its name is for the command itself."""
    commands = {**WITH_ARGUMENTS, **WITHOUT_ARGUMENTS}
    lines = [f"  {name:13} {function.__doc__}" for name, function in commands.items()]
    parser = argparse.ArgumentParser(
        prog="dev.py",
        usage="%(prog)s COMMAND [ARGS ...]",
        description=__doc__,
        epilog="\n".join(["commands:", *lines]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=commands, help=argparse.SUPPRESS)
    command = parser.parse_args(arguments[:1]).command
    if command in WITH_ARGUMENTS:
        return WITH_ARGUMENTS[command](arguments[1:])
    if arguments[1:]:
        parser.error(f"{command} takes no ARGS")
    return WITHOUT_ARGUMENTS[command]()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
