"""``show --json``, schema 1, to the last key and type: scripts depend on it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
RunCli = Callable[..., "subprocess.CompletedProcess[str]"]

# A dict is an object of exactly these keys, a list holds items of one kind, a tuple or type what a scalar may be.
NONE = type(None)
TEXT, NUMBER, WHOLE = (str, NONE), (int, float, NONE), (int, NONE)


class Iso:
    """An ISO 8601 time with offset, or null."""


class Optional:
    """What ``kind`` describes, or null."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind


SOURCE = {"file": str, "member": TEXT, "index": int, "format": str, "encoding": str}
FINDING = {"severity": str, "code": str, "message": str, "path": str, "expected": TEXT, "found": TEXT}
TASK = {"type": TEXT, "name": TEXT, "state": TEXT, "job_id": TEXT, "created": Iso, "started": Iso, "ended": Iso}
WORKFLOW_RUN = {
    "run_id": TEXT,
    "workflow_id": TEXT,
    "name": TEXT,
    "state": TEXT,
    "bucket": TEXT,
    "key": TEXT,
    "created": Iso,
    "tasks": [TASK],
}
OBJECT = {"bucket": TEXT, "region": TEXT, "key": TEXT, "url": TEXT}
WORD = {"start_ms": WHOLE, "end_ms": WHOLE, "text": str, "kind": str, "voice_type": WHOLE}
SENTENCE = {"start_ms": WHOLE, "end_ms": WHOLE, "text": str, "speaker": TEXT, "speed": NUMBER, "words": [WORD]}
JOB = {
    "path": str,
    "job_id": TEXT,
    "tag": TEXT,
    "sub_tag": TEXT,
    "state": TEXT,
    "code": TEXT,
    "message": TEXT,
    "trigger": str,
    "created": Iso,
    "started": Iso,
    "ended": Iso,
    "created_raw": TEXT,
    "started_raw": TEXT,
    "ended_raw": TEXT,
    "queue_ms": WHOLE,
    "run_ms": WHOLE,
    "input": Optional({**OBJECT, "headers": [{"key": str, "value": str}]}),
    "workflow": Optional({"run_id": TEXT, "workflow_id": TEXT, "workflow_name": TEXT, "node": TEXT}),
    "template": Optional({"id": TEXT, "name": TEXT}),
    "queue_id": TEXT,
    "user_data": TEXT,
    "outputs": [{**OBJECT, "md5": TEXT, "role": str, "index": WHOLE, "requested": bool, "produced": bool}],
    "settings": dict,
    "verdict": Optional({"result": NUMBER, "suggestion": NUMBER, "label": TEXT, "sub_label": TEXT, "score": NUMBER}),
    "transcript": Optional({"audio_ms": NUMBER, "speakers": [str], "word_count": int, "sentences": [SENTENCE]}),
    "blocks": list,
    "findings": [FINDING],
}
PAYLOAD = {
    "schema": int,
    "source": SOURCE,
    "family": str,
    "event": TEXT,
    "request_id": TEXT,
    "workflow_run": Optional(WORKFLOW_RUN),
    "jobs": [JOB],
    "findings": [FINDING],
}
FAULT = {
    "schema": int,
    "source": {"file": str, "member": TEXT, "index": NONE, "format": NONE, "encoding": NONE},
    "error": {"line": WHOLE, "column": WHOLE, "message": str, "hint": TEXT},
}
WORDS = {
    "family": {"job", "workflow", "moderation-detail", "moderation-simple", "api-response", "unknown"},
    "format": {"xml", "json"},
    "trigger": {"api", "workflow"},
    "severity": {"error", "warning", "info"},
}
WORD_KINDS = {"word", "punctuation", "other"}
BLOCK_KINDS = {"fields", "table", "text", "gallery", "media", "transcript", "notice"}


def misfits(value: Any, kind: Any, place: str = "$") -> list[str]:
    """Where ``value`` is not of ``kind``."""
    if isinstance(kind, Optional):
        return [] if value is None else misfits(value, kind.kind, place)
    if kind is Iso:
        is_time = value is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", value)
        return [] if is_time else [f"{place}: {value!r}"]
    if isinstance(kind, list):
        return [fault for index, item in enumerate(value) for fault in misfits(item, kind[0], f"{place}[{index}]")]
    if isinstance(kind, dict):
        faults = [f"{place}: keys {value.keys() ^ kind.keys()}"] if value.keys() != kind.keys() else []
        return faults + [fault for key in kind for fault in misfits(value.get(key), kind[key], f"{place}.{key}")]
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return [] if type(value) in kinds else [f"{place}: {value!r}"]


def assert_schema_1(items: list[Any]) -> None:
    for item in items:
        file = item["source"]["file"]
        assert item["schema"] == 1
        assert misfits(item, FAULT if "error" in item else PAYLOAD) == [], file
        if "error" not in item:
            assert_words(item)


def assert_words(item: Any) -> None:
    assert (item["family"], item["source"]["format"]) in {
        (family, form) for family in WORDS["family"] for form in WORDS["format"]
    }
    assert (item["workflow_run"] is not None) == (item["family"] == "workflow")
    assert not (item["workflow_run"] and item["jobs"])
    for job in item["jobs"]:
        assert job["trigger"] in WORDS["trigger"]
        assert {finding["severity"] for finding in job["findings"]} <= WORDS["severity"]
        assert all(type(name) is type(value) is str for name, value in job["settings"].items())
        assert {block["kind"] for block in job["blocks"]} <= BLOCK_KINDS
        assert all(block["id"] and block["title"] for block in job["blocks"])
        sentences = job["transcript"]["sentences"] if job["transcript"] else []
        assert {word["kind"] for sentence in sentences for word in sentence["words"]} <= WORD_KINDS


def shown(run_cli: RunCli, *arguments: str | Path) -> list[Any]:
    done = run_cli("show", "--json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return list(json.loads(done.stdout))


def test_every_sample(run_cli: RunCli) -> None:
    items = shown(run_cli, SAMPLES)
    assert len(items) == sum(file.is_file() for file in SAMPLES.rglob("*"))
    assert_schema_1(items)
    assert any(job["transcript"] for item in items for job in item["jobs"])


def test_every_documented_payload(run_cli: RunCli, corpus: Path) -> None:
    items = shown(run_cli, *(file for file in corpus.iterdir() if file.suffix in (".xml", ".json")))
    assert len(items) > 90
    assert_schema_1(items)
    assert {item["family"] for item in items} == WORDS["family"] - {"unknown"}


def test_what_is_no_callback_has_every_key_too(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[1, {"a": null}, "b"]')
    (tmp_path / "c.json").write_text('{"EventName": "TaskFinish", "JobsDetail": {"JobId": "j"}}')
    items = shown(run_cli, tmp_path / "a.json", tmp_path / "c.json")
    assert_schema_1(items)
    assert [item["family"] for item in items] == ["unknown", "job"]


def test_what_cannot_be_read(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<Response>\n  <a></b>\n</Response>")
    done = run_cli("show", "--json", tmp_path / "broken.xml", tmp_path / "none.xml")
    items = json.loads(done.stdout)
    assert done.returncode == 2
    assert_schema_1(items)
    assert [item["error"]["line"] for item in items] == [2, None]
    assert items[0]["error"]["message"] == "this closing tag does not match the tag that is open"
    assert items[1]["error"]["message"] == "no such file or folder"


@pytest.mark.parametrize(
    ("value", "kind", "fault"),
    [
        ({"a": 1}, {"a": int, "b": int}, "$: keys {'b'}"),
        ({"a": True}, {"a": int}, "$.a: True"),
        (["x", 2], [str], "$[1]: 2"),
        ("2025-04-18T14:20:02+0800", Iso, "$: '2025-04-18T14:20:02+0800'"),
    ],
)
def test_the_pin_itself_notices(value: Any, kind: Any, fault: str) -> None:
    assert misfits(value, kind)[0] == fault
