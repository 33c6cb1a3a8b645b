"""Every documented payload, as the program shows it and as a second reading has it."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from second_reading import at, payload_of


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Any]]:
    """What the real command says of several files in one call."""

    def run(*files: Path) -> list[Any]:
        profile = tmp_path_factory.mktemp("profile")
        command = [sys.executable, "-m", "callback_lens", "--profile", profile, "show", "--json", *files]
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        return list(json.loads(done.stdout))

    return run


@pytest.fixture(scope="module")
def files(corpus: Path) -> list[Path]:
    return sorted(file for file in corpus.iterdir() if file.suffix in (".xml", ".json"))


@pytest.fixture(scope="module")
def shown(files: list[Path], show: Callable[..., list[Any]]) -> dict[str, Any]:
    """By file name, what ``show --json`` says."""
    return {Path(item["source"]["file"]).name: item for item in show(*files)}


@pytest.fixture(scope="module")
def payloads(files: list[Path]) -> dict[str, Any]:
    """By file name, the second reading."""
    return {file.name: payload_of(file) for file in files}


@pytest.fixture(scope="module")
def index(corpus: Path) -> dict[str, dict[str, str]]:
    """By file name, what the collectors of the payloads wrote about it."""
    with (corpus / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


@pytest.fixture(scope="module")
def jobs(shown: dict[str, Any], payloads: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """File name, the job as shown, the job's node: for everything but Simple moderation, which has no job node."""
    found = []
    for name, payload in payloads.items():
        nodes = at(payload, "JobsDetail")
        assert len(nodes) == len(shown[name]["jobs"]) or "data" in payload, name
        found += [(name, job, node) for job, node in zip(shown[name]["jobs"], nodes, strict=False)]
    assert len(found) > 90
    return found
