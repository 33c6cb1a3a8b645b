"""``show --json`` of every documented payload against a second reading of it, made from the documented facts alone."""

import csv
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import xmltodict

FAMILIES = {"simple": "moderation-simple", "detail": "moderation-detail"}
ENDED = ("Success", "Failed")
# Nodes that a job of any Tag may have under Operation, or that are no Tag's rules.
SHARED = {"Output", "MediaResult", "MediaInfo", "Input", "UserData", "JobLevel", "TemplateId", "TemplateName"}
RESULT_LINE = re.compile(r"\s*\[(\d+):([\d.]+),(\d+):([\d.]+)(?:,(\d+))?\]\s*(.*)")


# --- the second reading -----------------------------------------------------------------------------------------------


def many(node: Any) -> list[Any]:
    """One or several, empty or absent: a list of what is there."""
    return [item for item in (node if isinstance(node, list) else [node]) if item not in (None, "", {}, [])]


def at(node: Any, path: str) -> list[Any]:
    """All that stands at ``path``, names joined by dots."""
    nodes = many(node)
    for name in path.split("."):
        nodes = [item for node in nodes if isinstance(node, dict) for item in many(node.get(name))]
    return nodes


def text(node: Any, path: str) -> str | None:
    """The first scalar at ``path`` as a text without whitespace around it."""
    return next((str(item).strip() for item in at(node, path) if not isinstance(item, dict)), None)


def iso(raw: str | None) -> str | None:
    return None if raw in (None, "-") else datetime.fromisoformat(str(raw)).isoformat()


def span(start: str | None, end: str | None) -> int | None:
    """Milliseconds from one time to the other, as written."""
    if start in (None, "-") or end in (None, "-"):
        return None
    return int((datetime.fromisoformat(str(end)) - datetime.fromisoformat(str(start))).total_seconds() * 1000)


def number(raw: str | None) -> float | None:
    return None if raw is None else float(raw)


def payload_of(file: Path) -> Any:
    """The content of a payload without ``Response``; some JSON ones have it too."""
    content = file.read_text("utf-8-sig")
    data = xmltodict.parse(content) if file.suffix == ".xml" else json.loads(content)
    return data.get("Response", data)


def tag_of(payload: Any, job: Any) -> str | None:
    event = payload.get("EventName") or ""
    if event.startswith("Review"):
        return event
    return text(job, "Tag") or text(job, "Operation.Tag") or tag_by_result(job)


def tag_by_result(job: Any) -> str | None:
    names = [name for operation in at(job, "Operation") for name in operation if name not in SHARED]
    return next((name for name in names if f"{name}Result" in names), None)


def given(job: Any) -> dict[str, Any] | None:
    node = next(iter(at(job, "Input") or at(job, "Operation.Input")), job)
    if node is job and not (text(job, "Object") or text(job, "Url")):
        return None
    bucket, region, key = text(node, "BucketId"), text(node, "Region"), text(node, "Object")
    return {"bucket": bucket, "region": region, "key": key, "headers": headers(node)}


def headers(node: Any) -> list[dict[str, str]]:
    pairs = [
        (item.get("Key"), item.get("Value")) if "Key" in item else pair
        for item in at(node, "CosHeaders")
        for pair in ([None] if "Key" in item else item.items())
    ]
    return [{"key": key, "value": value or ""} for key, value in pairs]


def named(node: Any, *names: str) -> dict[str, str | None]:
    """A key for each name: ``run_id`` for ``RunId``."""
    return {re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower(): text(node, name) for name in names}


def files_written(operation: Any) -> list[tuple[str | None, str | None, str, str | None]]:
    """Bucket, region, real key and MD5 of each."""
    found = []
    for file in at(operation, "MediaResult.OutputFile"):
        for node in (file, *at(file, "SpriteOutputFile")):
            bucket = text(node, "Bucket") or text(file, "Bucket")
            region = text(node, "Region") or text(file, "Region")
            sums = {text(info, "ObjectName"): text(info, "Md5") for info in at(node, "Md5Info")}
            for name in at(node, "ObjectName"):
                key = (text(node, "ObjectPrefix") or "") + name
                found.append((bucket, region, key, sums.get(key)))
    for result in (name for name in operation if name.endswith("Result") and name != "MediaResult"):
        for path in (f"{result}.ObjectName", f"{result}.DetailObjectName"):
            bucket, region = text(operation, "Output.Bucket"), text(operation, "Output.Region")
            found += [(bucket, region, key, None) for key in at(operation, path)]
    return found


def keys_requested(operation: Any) -> list[str]:
    names = ("Object", "SpriteObject", "AuObject", "BassObject", "DrumObject", "StreamExtract.Output")
    return [key for name in names for key in at(operation, f"Output.{name}")]


def flat(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each scalar below a node by the names on the way."""
    if isinstance(node, dict):
        for child_name, child in node.items():
            yield from flat(child, f"{name}.{child_name}" if name else child_name)
    elif isinstance(node, list):
        for item in node:
            yield from flat(item, name)
    elif node not in (None, ""):
        yield name, str(node)


def verdict_of(job: Any) -> dict[str, Any] | None:
    if not any(text(job, name) for name in ("Result", "Suggestion", "Label")):
        return None
    return {
        "result": number(text(job, "Result")),
        "suggestion": number(text(job, "Suggestion")),
        "label": text(job, "Label"),
        "sub_label": text(job, "SubLabel"),
        "score": number(text(job, "Score")),
    }


def sentences_of(result: Any) -> list[dict[str, Any]]:
    """Sentences with times in the audio: of ResultDetail, or of the lines of Result where there is none."""
    details = [
        {
            "start_ms": int(detail["StartMs"]),
            "end_ms": int(detail["EndMs"]),
            "text": detail["FinalSentence"],
            "speaker": text(detail, "SpeakerId"),
            "speed": number(text(detail, "SpeechSpeed")),
            "words": [word_of(word, int(detail["StartMs"])) for word in many(detail.get("Words"))],
        }
        for detail in at(result, "ResultDetail")
    ]
    lines = [line for node in at(result, "Result") for line in str(node).splitlines() if line.strip()]
    return details or [sentence_of(line) for line in lines]


def word_of(word: Any, sentence_start: int) -> dict[str, Any]:
    return {
        "start_ms": sentence_start + int(word["OffsetStartMs"]),
        "end_ms": sentence_start + int(word["OffsetEndMs"]),
        "text": word["Word"],
        "kind": {"0": "word", "1": "punctuation"}.get(word["VoiceType"], "other"),
        "voice_type": int(word["VoiceType"]),
    }


def sentence_of(line: str) -> dict[str, Any]:
    match = RESULT_LINE.fullmatch(line)
    assert match, line
    start, end = (round(int(match[at]) * 60_000 + float(match[at + 1]) * 1000) for at in (1, 3))
    return {"start_ms": start, "end_ms": end, "text": match[6], "speaker": match[5], "speed": None, "words": []}


# --- both readings ----------------------------------------------------------------------------------------------------


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


# --- one job in two forms ---------------------------------------------------------------------------------------------


def same_form(node: Any) -> Any:
    """A node without what differs between XML and JSON: empty nodes, lists of one, numbers that are no texts."""
    if isinstance(node, dict):
        children = {name: same_form(child) for name, child in node.items()}
        return {name: child for name, child in children.items() if child not in (None, "", {}, [])}
    if isinstance(node, list):
        items = [same_form(item) for item in node]
        return items[0] if len(items) == 1 else items
    return node if node is None or isinstance(node, str) else str(node)


def test_forms_of_one_job_are_equal(jobs: list[tuple[str, Any, Any]]) -> None:
    forms = defaultdict(list)
    for name, job, node in jobs:
        forms[json.dumps(same_form(node), sort_keys=True), job["tag"], job["path"]].append((name, job))
    pairs = [pair for same in forms.values() for pair in combinations(same, 2)]
    for (name, job), (other_name, other) in pairs:
        assert in_any_order(job) == in_any_order(other), (name, other_name)
    both = [pair for pair in pairs if {Path(name).suffix for name, _ in pair} == {".xml", ".json"}]
    assert len(both) >= 10, "most pairs of the corpus are a page in XML and its sister in JSON"


def in_any_order(job: Any) -> Any:
    """A job without the order of its fields: the order of nodes is not the same in the two forms."""
    return json.loads(json.dumps(job, sort_keys=True), object_hook=with_fields_sorted)


def with_fields_sorted(value: dict[str, Any]) -> dict[str, Any]:
    fields = sorted(value.get("fields", []), key=repr)
    return value | {"fields": fields} if fields else value


@pytest.mark.parametrize("written_as", [".json", ".xml"])
def test_any_job_written_in_the_other_form_is_the_same_job(
    written_as: str, payloads: dict[str, Any], shown: dict[str, Any], show: Callable[..., list[Any]], tmp_path: Path
) -> None:
    """The rules of Tencent's JSON: no Response, empty nodes left out, what stands alone is a list or not."""
    names = [name for name, item in shown.items() if item["jobs"] and not name.endswith(written_as)]
    names = [name for name in names if not shown[name]["family"].startswith("moderation")]  # JSON alone
    files = [tmp_path / f"{name}{written_as}" for name in names]
    for position, (name, file) in enumerate(zip(names, files, strict=True)):
        payload = same_form(payloads[name])
        payload["JobsDetail"] = (many if position % 2 else same_form)(payload["JobsDetail"])
        content = json.dumps(payload) if written_as == ".json" else xmltodict.unparse({"Response": payload})
        file.write_text(content, "utf-8")
    assert len(names) > 20
    for name, item in zip(names, show(*files), strict=True):
        assert in_any_order(item["jobs"]) == in_any_order(shown[name]["jobs"]), name
        assert item["family"] == shown[name]["family"], name
