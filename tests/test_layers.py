"""What each package costs who imports it: no Qt below the window, no numpy but where there are words."""

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
WITHOUT_QT = (
    *("errors", "paths", "resources", "log", "i18n", "payload", "transcript", "blocks", "tags", "export"),
    *("store", "listener", "capture", "cli"),
)
HEAVY = (
    *("numpy", "httpx", "zipfile", "gzip", "tomllib", "subprocess", "asyncio", "babel", "xmltodict"),
    *("importlib.metadata", "urllib.request", "ssl"),
)


def loaded(program: str, *arguments: str | Path) -> set[str]:
    """The modules in a fresh interpreter after ``program``."""
    script = f"import sys\n{program}\nprint('modules', *sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def of(package: str, modules: set[str]) -> set[str]:
    return {module for module in modules if module == package or module.startswith(f"{package}.")}


def all_modules(package: str) -> str:
    """A program that imports every module of a package."""
    return f"""
import importlib, pkgutil
package = importlib.import_module("callback_lens.{package}")
for module in pkgutil.walk_packages(getattr(package, "__path__", ()), package.__name__ + "."):
    importlib.import_module(module.name)
"""


@pytest.mark.parametrize("package", WITHOUT_QT)
def test_no_core_package_loads_qt(package: str) -> None:
    modules = loaded(all_modules(package))
    assert f"callback_lens.{package}" in modules
    assert of("PySide6", modules) | of("shiboken6", modules) | of("callback_lens.ui", modules) == set()


@pytest.mark.parametrize("package", [package for package in WITHOUT_QT if package not in ("transcript", "export")])
def test_numpy_is_for_transcripts_alone(package: str) -> None:
    assert of("numpy", loaded(all_modules(package))) == set()


def test_every_package_is_watched() -> None:
    package = Path(__file__).parents[1] / "app" / "callback_lens"
    names = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert names - {"__init__", "__main__", "ui"} == set(WITHOUT_QT)


SHOW = """
from callback_lens.cli import main
assert main(["--profile", sys.argv[1], "show", *sys.argv[2:]]) == 0
"""


@pytest.mark.parametrize("option", [[], ["--json"], ["--lang", "zh"]])
@pytest.mark.parametrize("sample", ["StreamExtract/partial.xml", "SmartCover/workflow-success.json"])
def test_what_a_small_file_does_not_pay_for(tmp_path: Path, sample: str, option: list[str]) -> None:
    modules = loaded(SHOW, tmp_path, SAMPLES / sample, *option)
    assert {name for name in HEAVY if of(name, modules)} == set()


def test_words_need_numpy(tmp_path: Path) -> None:
    assert of("numpy", loaded(SHOW, tmp_path, SAMPLES / "SpeechRecognition" / "api-success.xml"))
    assert not of("numpy", loaded(SHOW, tmp_path, SAMPLES / "SpeechRecognition" / "api-failed.xml"))
