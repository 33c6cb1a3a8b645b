"""What each node means: the shipped notes are sound in both languages, and the right one is found."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from callback_lens.payload.field_notes import FieldNote, FieldNotes, load_field_notes

FIELDS = Path(__file__).parents[2] / "resources" / "fields"
FILES = {file.name: json.loads(file.read_text("utf-8")) for file in sorted(FIELDS.glob("*.json"))}
ENTRIES = [
    pytest.param(key, value, id=f"{name}:{key}") for name, entries in FILES.items() for key, value in entries.items()
]
UNITS = {"bytes", "seconds", "milliseconds", "kbps", "bitrate", "hertz", "frames-per-second", "pixels", "degrees"}
UNITS |= {"percent", "characters-per-second", "count"}
COVERED = ("StreamExtract", "SmartCover", "SpeechRecognition", "WorkflowFinish", "WorkflowExecution")

NAME = r"[A-Za-z][A-Za-z0-9_]*"
HAN = "[\u4e00-\u9fff]"
CLUMSY_CHINESE = re.compile(f"{HAN} ?[,.;:!?()]|[,.;:!?()] ?{HAN}|{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}|{HAN} {HAN}")
WIDE = "[，。；：、！？（）“”]"


@pytest.fixture(scope="module")
def shipped() -> FieldNotes:
    return load_field_notes(FIELDS)


def entry(term: str, unit: str | None = None) -> dict[str, Any]:
    languages = {language: {"term": f"{term}-{language}", "note": "."} for language in ("en", "zh")}
    return languages if unit is None else {**languages, "unit": unit}


@pytest.fixture
def notes() -> FieldNotes:
    entries = {"Object": "key", "Input.Object": "source", "Operation.Input.Object": "text source", "Input": "input"}
    return FieldNotes({key: entry(term) for key, term in entries.items()} | {"Size": entry("size", "bytes")})


def term(notes: FieldNotes, path: str) -> str | None:
    found = notes.note(path, "en")
    return found.term.removesuffix("-en") if found else None


@pytest.mark.parametrize(("key", "value"), ENTRIES)
def test_an_entry_is_whole_in_both_languages(key: str, value: dict[str, Any]) -> None:
    assert re.fullmatch(rf"{NAME}(\.{NAME})*", key)
    assert value.keys() - {"unit"} == {"en", "zh"}
    assert value.get("unit", "count") in UNITS
    for language in ("en", "zh"):
        assert value[language].keys() == {"term", "note"}
        assert all(text and text == text.strip() for text in value[language].values())


@pytest.mark.parametrize(("key", "value"), ENTRIES)
def test_a_language_is_written_by_its_own_rules(key: str, value: dict[str, Any]) -> None:
    english, chinese = value["en"], value["zh"]
    assert re.fullmatch(r"[A-Z].*[^.]", english["term"])
    assert re.fullmatch(r"[A-Za-z0-9].*\.", english["note"])
    assert not re.search(f"{HAN}|{WIDE}", english["term"] + english["note"])
    assert chinese["note"].endswith("。")
    assert not chinese["term"].endswith("。")
    for text in chinese.values():
        assert re.search(HAN, text)
        assert not CLUMSY_CHINESE.search(text)
        assert not re.search(f" {WIDE}|{WIDE} ", text)


def test_no_key_stands_in_two_files() -> None:
    keys = list(chain.from_iterable(FILES.values()))
    assert keys
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("Object", "key"),
        ("JobsDetail[0].Operation.Output.Object", "key"),
        ("JobsDetail[0].Input.Object", "source"),
        ("JobsDetail.Input[3].Object", "source"),
        ("JobsDetail[0].Operation[0].Input.Object", "text source"),
        ("JobsDetail[0].Input", "input"),
        ("Input.Other.Object", "key"),
        ("JobsDetail[0].Input.Object.Name", None),
        ("JobsDetail[0].Input.@Object", None),
        ("JobsDetail[0].MyObject", None),
        ("JobsDetail[0].object", None),
        ('JobsDetail[0].Input["a [b]"]', None),
        ('JobsDetail[0].Input["a.Object"]', None),
        ("", None),
    ],
)
def test_the_longest_end_of_the_path_counts(notes: FieldNotes, path: str, found: str | None) -> None:
    assert term(notes, path) == found


def test_a_note_is_in_the_language_asked_for(notes: FieldNotes) -> None:
    assert notes.note("Input", "zh") == FieldNote("input-zh", ".")
    assert notes.note("Input", "en") == FieldNote("input-en", ".")


def test_a_unit_is_found_by_the_same_rule(notes: FieldNotes) -> None:
    assert notes.unit("JobsDetail[0].Format.Size") == "bytes"
    assert notes.unit("JobsDetail[0].Input") is None
    assert notes.unit("JobsDetail[0].Nothing") is None


def test_without_entries_nothing_is_found() -> None:
    assert FieldNotes({}).note("JobsDetail[0].State", "en") is None


def test_a_folder_is_read_whole_and_only_its_json_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"A": entry("a")}), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"B": entry("b", "count")}), "utf-8")
    (tmp_path / "README.txt").write_text("not JSON", "utf-8")
    notes = load_field_notes(tmp_path)
    assert (term(notes, "A"), term(notes, "B"), notes.unit("B")) == ("a", "b", "count")


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("JobsDetail[0].Operation.MediaInfo.Format.Size", "bytes"),
        ("JobsDetail[0].Operation.MediaInfo.Stream.Video[0].Bitrate", "bitrate"),
        ("JobsDetail[0].Operation.MediaInfo.Stream.Audio[1].SampleRate", "hertz"),
        ("JobsDetail[0].Operation.SmartCover.Width", "pixels"),
        ("JobsDetail[0].Operation.SpeechRecognitionResult.AudioTime", "seconds"),
        ("JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[0].Words[7].OffsetStartMs", "milliseconds"),
        ("JobsDetail[0].StartTime", None),
        ("JobsDetail[0].Operation.Transcode.Video.Bitrate", None),
    ],
)
def test_units_of_shipped_notes(shipped: FieldNotes, path: str, unit: str | None) -> None:
    assert shipped.unit(path) == unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JobsDetail[0].StartTime", "JobsDetail[0].Operation.MediaInfo.Format.StartTime"),
        ("JobsDetail[0].Input.Object", "JobsDetail[0].Operation.Output.Object"),
        ("JobsDetail[0].Workflow[0].Name", "WorkflowExecution.Name"),
        ("JobsDetail[0].Result", "JobsDetail[0].Operation.SpeechRecognitionResult.Result"),
        ("JobsDetail[0].Operation.MediaResult.OutputFile.ObjectName", "JobsDetail[0].Operation.X.Md5Info.ObjectName"),
        ("JobsDetail[0].State", "WorkflowExecution.State"),
    ],
)
def test_one_name_means_different_things_in_different_places(shipped: FieldNotes, one: str, other: str) -> None:
    for language in ("en", "zh"):
        here, there = shipped.note(one, language), shipped.note(other, language)
        assert here is not None
        assert there is not None
        assert here != there


def xml_paths(element: ET.Element, parent: str = "") -> Iterator[str]:
    for child in element:
        path = f"{parent}.{child.tag}".lstrip(".")
        yield path
        yield from xml_paths(child, path)


def json_paths(value: Any, parent: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            path = f"{parent}.{name}".lstrip(".")
            yield path
            yield from json_paths(child, path)
    elif isinstance(value, list):
        for item in value:
            yield from json_paths(item, parent)


def paths(file: Path) -> Iterator[str]:
    if file.suffix == ".json":
        return json_paths(json.loads(file.read_bytes()))
    return xml_paths(ET.fromstring(file.read_bytes()))  # noqa: S314 - a documented sample, no foreign input


def test_every_node_of_the_documented_payloads_is_explained(shipped: FieldNotes, corpus: Path) -> None:
    files = [file for file in corpus.iterdir() if file.name.startswith(COVERED) and file.suffix in {".xml", ".json"}]
    assert {file.suffix for file in files} == {".xml", ".json"}
    nodes = {path for file in files for path in paths(file)}
    unexplained = {path for path in nodes for language in ("en", "zh") if shipped.note(path, language) is None}
    assert nodes
    assert not unexplained
