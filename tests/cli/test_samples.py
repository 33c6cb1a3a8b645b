import json
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import xmltodict

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
NAMES = sorted(path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file())


def test_the_list(run_cli: RunCli) -> None:
    done = run_cli("samples")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [*NAMES, "synthetic-speech.xml", "synthetic-speech.json"]


@pytest.mark.parametrize("name", ["SmartCover/workflow-success.json", "StreamExtract/partial.xml"])
def test_a_sample_byte_for_byte(run_cli: RunCli, name: str) -> None:
    done = run_cli("samples", name)
    assert (done.returncode, done.stdout) == (0, (SAMPLES / name).read_bytes().decode())


@pytest.mark.parametrize(
    "name", ["none", "../fields/envelope.json", "SmartCover", "", "SmartCover/../StreamExtract/partial.xml"]
)
def test_what_is_no_sample(run_cli: RunCli, name: str) -> None:
    done = run_cli("samples", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: there is no sample called {name} (callback-lens samples lists them)\n"


def sentences(run_cli: RunCli, *options: str) -> list[dict[str, str]]:
    done = run_cli("samples", "synthetic-speech.json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    details = json.loads(done.stdout)["JobsDetail"][0]["Operation"]["SpeechRecognitionResult"]["ResultDetail"]
    return list(details)


def test_synthetic_speech_of_any_size(run_cli: RunCli) -> None:
    options = ["--sentences", "7", "--words", "5", "--speakers", "3"]
    found = sentences(run_cli, *options)
    assert [detail["WordsNum"] for detail in found] == ["5"] * 7
    assert {detail["SpeakerId"] for detail in found} <= {"0", "1", "2"}
    assert found == sentences(run_cli, *options, "--seed", "0")
    assert found != sentences(run_cli, *options, "--seed", "1")


@pytest.mark.parametrize(("overlap", "expected"), [("0", 0), ("0.5", 5), ("1", 10)])
def test_overlapping_sentences(run_cli: RunCli, overlap: str, expected: int) -> None:
    found = sentences(run_cli, "--sentences", "11", "--overlap", overlap)
    overlaps = [int(after["StartMs"]) < int(before["EndMs"]) for before, after in pairwise(found)]
    assert sum(overlaps) == expected


def test_synthetic_speech_as_xml(run_cli: RunCli) -> None:
    done = run_cli("samples", "synthetic-speech.xml", "--sentences", "2")
    result = xmltodict.parse(done.stdout)["Response"]["JobsDetail"]["Operation"]["SpeechRecognitionResult"]
    assert result["ResultDetail"] == sentences(run_cli, "--sentences", "2")


def test_what_is_printed_can_be_shown(run_cli: RunCli) -> None:
    speech = run_cli("samples", "synthetic-speech.xml", "--sentences", "3", "--words", "4").stdout
    done = run_cli("show", "--json", "-", stdin=speech.encode())
    assert json.loads(done.stdout)[0]["jobs"][0]["transcript"]["word_count"] == 12
