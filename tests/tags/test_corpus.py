"""``show --json`` of every documented payload against a second reading of it, made from the documented facts alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from second_reading import (
    at,
    files_written,
    flat,
    given,
    iso,
    keys_requested,
    named,
    sentences_of,
    span,
    tag_of,
    text,
    verdict_of,
)

FAMILIES = {"simple": "moderation-simple", "detail": "moderation-detail"}


def test_every_file_is_one_payload(files: list[Path], shown: dict[str, Any]) -> None:
    assert len(files) > 90
    assert sorted(shown) == [file.name for file in files]
    for file in files:
        source = {"file": str(file), "member": None, "index": 0, "format": file.suffix[1:], "encoding": "utf-8"}
        assert shown[file.name]["source"] == source


def test_families_are_what_the_collectors_say(shown: dict[str, Any], index: dict[str, dict[str, str]]) -> None:
    assert sorted(index) == sorted(shown)
    for name, row in index.items():
        api = "api-response" if row["event"] == "(API response)" else None
        run = "workflow" if row["event"] == "WorkflowFinish" else None
        assert shown[name]["family"] == (api or FAMILIES.get(row["trigger"]) or run or "job"), name


def test_events_and_requests(shown: dict[str, Any], payloads: dict[str, Any]) -> None:
    for name, payload in payloads.items():
        simple = text(payload, "data.event")
        assert shown[name]["event"] == (payload.get("EventName") or simple), name
        assert shown[name]["request_id"] == payload.get("RequestId"), name


def test_envelopes(jobs: list[tuple[str, Any, Any]], payloads: dict[str, Any]) -> None:
    for name, job, node in jobs:
        expected = {
            "job_id": text(node, "JobId"),
            "tag": tag_of(payloads[name], node),
            "sub_tag": text(node, "SubTag"),
            "state": text(node, "State"),
            "code": text(node, "Code"),
            "message": text(node, "Message"),
            "trigger": "workflow" if at(node, "Workflow") else "api",
            "queue_id": text(node, "QueueId"),
            "user_data": text(node, "Operation.UserData"),
        }
        assert {key: job[key] for key in expected} == expected, name


def test_tags_of_callbacks_are_what_the_collectors_say(shown: dict[str, Any], index: dict[str, dict[str, str]]) -> None:
    for name, row in index.items():
        tags = {job["tag"] for job in shown[name]["jobs"]}
        has_event = row["event"] != "(none)" or row["trigger"] != "simple"
        if row["event"] not in ("(API response)", "WorkflowFinish"):
            assert tags == {row["tag"] if has_event else None}, name


def test_times(jobs: list[tuple[str, Any, Any]]) -> None:
    for name, job, node in jobs:
        created, started, ended = (text(node, time) for time in ("CreationTime", "StartTime", "EndTime"))
        assert (job["created_raw"], job["started_raw"], job["ended_raw"]) == (created, started, ended), name
        assert (job["created"], job["started"], job["ended"]) == (iso(created), iso(started), iso(ended)), name
        assert (job["queue_ms"], job["run_ms"]) == (span(created, started), span(started, ended)), name
    assert sum(job["run_ms"] is not None for _, job, _ in jobs) > 50


def test_inputs(jobs: list[tuple[str, Any, Any]]) -> None:
    for name, job, node in jobs:
        expected = given(node)
        shown = job["input"] and {key: value for key, value in job["input"].items() if key != "url"}
        assert shown == expected, name
    assert sum(bool(job["input"] and job["input"]["headers"]) for _, job, _ in jobs) > 20


def test_workflows_and_templates(jobs: list[tuple[str, Any, Any]]) -> None:
    for name, job, node in jobs:
        workflow = named(at(node, "Workflow"), "RunId", "WorkflowId", "WorkflowName")
        workflow["node"] = text(node, "Workflow.Name")
        assert job["workflow"] == (workflow if at(node, "Workflow") else None), name
        template = {"id": text(node, "Operation.TemplateId"), "name": text(node, "Operation.TemplateName")}
        assert job["template"] == (template if any(template.values()) else None), name
    assert sum(job["template"] is not None for _, job, _ in jobs) > 20


def test_files_written(jobs: list[tuple[str, Any, Any]]) -> None:
    for name, job, node in jobs:
        expected = [file for operation in at(node, "Operation") for file in files_written(operation)]
        shown = [
            (output["bucket"], output["region"], output["key"], output["md5"])
            for output in job["outputs"]
            if output["produced"]
        ]
        assert sorted(map(repr, shown)) == sorted(map(repr, expected)), name
    assert sum(bool(output["md5"]) for _, job, _ in jobs for output in job["outputs"]) > 40


def test_files_requested_but_not_written(jobs: list[tuple[str, Any, Any]]) -> None:
    missing = 0
    for name, job, node in jobs:
        written = {
            key.removeprefix("/") for operation in at(node, "Operation") for _, _, key, _ in files_written(operation)
        }
        requested = [key for operation in at(node, "Operation") for key in keys_requested(operation)]
        plain = {key for key in requested if "${" not in key and key.removeprefix("/") not in written}
        shown = {output["key"] for output in job["outputs"] if output["requested"] and not output["produced"]}
        assert {key for key in shown if "${" not in key} == plain, name
        assert {key for key in shown if "${" in key} <= set(requested), name
        findings = {finding["expected"] for finding in job["findings"] if finding["code"] == "output-missing"}
        assert findings == (plain if job["state"] == "Success" and written else set()), name
        missing += len(findings)
    assert missing >= 4, "the documented StreamExtract jobs ask for three streams and list two"


def test_stream_extract_pairs_index_with_key(jobs: list[tuple[str, Any, Any]]) -> None:
    expected = 0
    for name, job, node in jobs:
        wanted = [(int(stream["Index"]), stream["Output"]) for stream in at(node, "Operation.Output.StreamExtract")]
        shown = [(output["index"], output["key"]) for output in job["outputs"] if output["role"] == "stream"]
        assert shown == wanted, name
        expected += len(wanted)
    assert expected == 12


def test_settings(jobs: list[tuple[str, Any, Any]]) -> None:
    for name, job, node in jobs:
        rules = at(node, f"Operation.{job['tag']}") + at(node, f"Operation.{job['tag']}Config")
        rules = [] if job["tag"] == "MediaInfo" else rules  # there it is what the job found out
        expected = dict(pair for rule in rules for pair in flat(rule))
        shown = {re.sub(r"\[\d+\]", "", key): value for key, value in job["settings"].items()}
        assert shown == expected, name
    assert sum(bool(job["settings"]) for _, job, _ in jobs) > 10


def test_verdicts(jobs: list[tuple[str, Any, Any]]) -> None:
    for name, job, node in jobs:
        assert job["verdict"] == verdict_of(node), name
    assert sum(job["verdict"] is not None for _, job, _ in jobs) >= 8


def test_transcripts(jobs: list[tuple[str, Any, Any]]) -> None:
    words = 0
    for name, job, node in jobs:
        results = at(node, "Operation.SpeechRecognitionResult")
        assert (job["transcript"] is not None) == bool(results), name
        for result in results:
            sentences = sentences_of(result)
            transcript = job["transcript"]
            assert transcript["sentences"] == sentences, name
            assert transcript["audio_ms"] == pytest.approx(float(result["AudioTime"]) * 1000, abs=1e-6), name
            assert transcript["word_count"] == sum(len(sentence["words"]) for sentence in sentences), name
            speakers = {sentence["speaker"] for sentence in sentences}
            assert set(transcript["speakers"]) == speakers - {None}, name
            words += transcript["word_count"]
    assert words > 100


def test_workflow_runs(shown: dict[str, Any], payloads: dict[str, Any]) -> None:
    runs = 0
    for name, payload in payloads.items():
        if payload.get("EventName") != "WorkflowFinish":
            assert shown[name]["workflow_run"] is None, name
            continue
        (node,) = at(payload, "WorkflowExecution")
        run = named(node, "RunId", "WorkflowId", "State")
        run |= {"name": text(node, "WorkflowName"), "bucket": text(node, "BucketId"), "key": text(node, "Object")}
        tasks = [
            named(task, "Type", "Name", "State", "JobId")
            | {
                "created": iso(text(task, "CreateTime") or text(task, "Createtime")),
                "started": iso(text(task, "StartTime")),
                "ended": iso(text(task, "EndTime")),
            }
            for task in at(node, "Tasks")
        ]
        assert shown[name]["jobs"] == [], name
        assert shown[name]["workflow_run"] == run | {"created": iso(text(node, "CreateTime")), "tasks": tasks}, name
        runs += bool(tasks)
    assert runs >= 3


def test_simple_moderation(shown: dict[str, Any], payloads: dict[str, Any]) -> None:
    simple = {name: payload for name, payload in payloads.items() if "data" in payload}
    assert len(simple) >= 5
    for name, payload in simple.items():
        data = payload["data"]
        (job,) = shown[name]["jobs"]
        assert job["job_id"] == data.get("trace_id"), name
        assert job["tag"] == data.get("event"), name
        assert (job["code"], job["message"]) == (str(payload["code"]), payload["message"]), name
        assert job["verdict"]["result"] == data.get("result"), name
        assert job["input"]["url"] == data.get("url"), name
        headers = [{"key": key, "value": value} for key, value in data.get("cos_headers", {}).items()]
        assert job["input"]["headers"] == headers, name


def test_no_tag_module_failed(shown: dict[str, Any]) -> None:
    codes = {finding["code"] for item in shown.values() for job in item["jobs"] for finding in job["findings"]}
    assert "output-missing" in codes
    assert "tag-module-failed" not in codes
