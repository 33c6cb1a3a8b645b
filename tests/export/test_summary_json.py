import json
from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.errors import Message, Position, UserError
from callback_lens.export.summary_json import error_json, summary_json
from callback_lens.i18n import words_in
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.resources import resource
from callback_lens.tags import summarize

MakeDocument = Callable[[Any], Document]
PLACE = {"Bucket": "lens-1250000000", "Region": "ap-guangzhou"}


def job_json(document: MakeDocument, **nodes: Any) -> dict[str, Any]:
    summary = summarize(document({"EventName": "TaskFinish", "JobsDetail": {"JobId": "j1"} | nodes}))
    (job,) = summary_json(summary, str)["jobs"]
    return dict(job)


def test_the_envelope(document: MakeDocument) -> None:
    read = document({"EventName": "TaskFinish", "RequestId": "r1", "JobsDetail": [{"JobId": "j1"}, {"JobId": "j2"}]})
    shown = summary_json(summarize(read), str)
    assert shown["source"] == {
        "file": "payload",
        "member": None,
        "index": 0,
        "format": read.source.format,
        "encoding": "utf-8",
    }
    assert (shown["family"], shown["event"], shown["request_id"]) == ("job", "TaskFinish", "r1")
    assert [job["path"] for job in shown["jobs"]] == ["JobsDetail[0]", "JobsDetail[1]"]
    assert (shown["workflow_run"], shown["findings"]) == (None, [])


def test_what_is_absent_is_null(document: MakeDocument) -> None:
    job = job_json(document)
    empty = {"outputs": [], "settings": {}, "findings": []}
    known = {"path": "JobsDetail[0]", "job_id": "j1", "trigger": "api"}
    assert {key: value for key, value in job.items() if key != "blocks" and value is not None} == empty | known


def test_times(document: MakeDocument) -> None:
    times = {"CreationTime": "2025-04-18T09:00:00+0800", "StartTime": "2025-04-18 09:00:01.5+08:00", "EndTime": "-"}
    job = job_json(document, **times)
    assert (job["created"], job["created_raw"]) == ("2025-04-18T09:00:00+08:00", "2025-04-18T09:00:00+0800")
    assert job["started"] == "2025-04-18T09:00:01.500000+08:00"
    assert (job["ended"], job["ended_raw"]) == (None, "-")
    assert (job["queue_ms"], job["run_ms"]) == (1500, None)


def test_times_before_and_behind_each_other(document: MakeDocument) -> None:
    times = {"CreationTime": "2025-04-18T09:00:05+0800", "StartTime": "2025-04-18T09:00:00+0800"}
    assert job_json(document, **times)["queue_ms"] == -5000


def test_an_input(document: MakeDocument) -> None:
    given = {"BucketId": "b-1", "Region": "r", "Object": "a b.mp4", "CosHeaders": {"Key": "Size", "Value": "7"}}
    assert job_json(document, Input=given)["input"] == {
        "bucket": "b-1",
        "region": "r",
        "key": "a b.mp4",
        "url": "https://b-1.cos.r.myqcloud.com/a%20b.mp4",
        "headers": [{"key": "Size", "value": "7"}],
    }
    assert job_json(document, Input={"Url": "https://example.com/a"})["input"]["url"] == "https://example.com/a"


def test_workflow_and_template(document: MakeDocument) -> None:
    workflow = {"RunId": "i1", "WorkflowId": "w1", "WorkflowName": "night", "Name": "Concat_1"}
    job = job_json(document, Workflow=workflow, Operation={"TemplateName": "hd"})
    assert job["workflow"] == {"run_id": "i1", "workflow_id": "w1", "workflow_name": "night", "node": "Concat_1"}
    assert (job["trigger"], job["template"]) == ("workflow", {"id": None, "name": "hd"})


def test_outputs_and_findings(document: MakeDocument) -> None:
    streams = [{"Index": "0", "Output": "/a"}, {"Index": "1", "Output": "b"}]
    md5 = {"ObjectName": "a", "Md5": "00ff"}
    file = PLACE | {"ObjectName": "a", "Md5Info": md5}
    operation = {"Output": PLACE | {"StreamExtract": streams}, "MediaResult": {"OutputFile": file}}
    job = job_json(document, Tag="StreamExtract", State="Success", Operation=operation)
    place = {"bucket": "lens-1250000000", "region": "ap-guangzhou"}
    url = "https://lens-1250000000.cos.ap-guangzhou.myqcloud.com/"
    stream = {"role": "stream", "requested": True}
    assert job["outputs"] == [
        place | stream | {"key": "a", "url": f"{url}a", "md5": "00ff", "index": 0, "produced": True},
        place | stream | {"key": "b", "url": f"{url}b", "md5": None, "index": 1, "produced": False},
    ]
    assert job["findings"] == [
        {
            "severity": "warning",
            "code": "output-missing",
            "message": "b was asked for, but is not among the files written",
            "path": "JobsDetail[0].Operation.Output.StreamExtract[1]",
            "expected": "b",
            "found": None,
        }
    ]


def test_secrets_are_not_masked(document: MakeDocument) -> None:
    job = job_json(document, Tag="DocProcess", Operation={"DocProcess": {"DocPassword": "sesame"}})
    assert job["settings"] == {"DocPassword": "sesame"}


def test_a_transcript(document: MakeDocument) -> None:
    words = [
        {"Word": "你好", "OffsetStartMs": "20", "OffsetEndMs": "200", "VoiceType": "0"},
        {"Word": "。", "OffsetStartMs": "20", "OffsetEndMs": "200", "VoiceType": "1"},
        {"Word": "?", "OffsetStartMs": "now", "VoiceType": "7"},
        {"Word": "er"},
    ]
    detail = {"StartMs": "100", "EndMs": "400", "FinalSentence": "你好。", "SpeakerId": "1", "SpeechSpeed": "2.4"}
    result = {"AudioTime": "19.7124", "ResultDetail": [detail | {"Words": words}, {"FinalSentence": "x"}]}
    job = job_json(document, Tag="SpeechRecognition", Operation={"SpeechRecognitionResult": result})
    assert job["transcript"] == {
        "audio_ms": 19712.4,
        "speakers": ["1"],
        "word_count": 4,
        "sentences": [
            {
                "start_ms": 100,
                "end_ms": 400,
                "text": "你好。",
                "speaker": "1",
                "speed": 2.4,
                "words": [
                    {"start_ms": 120, "end_ms": 300, "text": "你好", "kind": "word", "voice_type": 0},
                    {"start_ms": 120, "end_ms": 300, "text": "。", "kind": "punctuation", "voice_type": 1},
                    {"start_ms": None, "end_ms": None, "text": "?", "kind": "other", "voice_type": 7},
                    {"start_ms": None, "end_ms": None, "text": "er", "kind": "word", "voice_type": None},
                ],
            },
            {"start_ms": None, "end_ms": None, "text": "x", "speaker": None, "speed": None, "words": []},
        ],
    }
    assert json.dumps(job), "plain numbers, none of numpy's"


def test_a_verdict() -> None:
    review = {"Result": 1, "Suggestion": None, "Label": "Porn", "SubLabel": "x", "Score": 99.5}
    payload = json.dumps({"EventName": "ReviewImage", "JobsDetail": {"JobId": "s1"} | review}).encode()
    (document,) = read_documents(Input("a", None, payload, None), Limits())
    assert isinstance(document, Document)
    (job,) = summary_json(summarize(document), str)["jobs"]
    assert job["verdict"] == {"result": 1, "suggestion": None, "label": "Porn", "sub_label": "x", "score": 99.5}


def test_a_workflow_run_without_jobs(document: MakeDocument) -> None:
    tasks = {"Type": "Concat", "Name": "Concat_1", "State": "Success", "JobId": "j1", "StartTime": "-"}
    run = {"RunId": "i1", "WorkflowName": "night", "BucketId": "b", "Object": "k", "State": "Success", "Tasks": tasks}
    shown = summary_json(summarize(document({"EventName": "WorkflowFinish", "WorkflowExecution": run})), str)
    assert shown["jobs"] == []
    assert shown["workflow_run"] == {
        "run_id": "i1",
        "workflow_id": None,
        "name": "night",
        "state": "Success",
        "bucket": "b",
        "key": "k",
        "created": None,
        "tasks": [
            {
                "type": "Concat",
                "name": "Concat_1",
                "state": "Success",
                "job_id": "j1",
                "created": None,
                "started": None,
                "ended": None,
            }
        ],
    }


def test_an_api_response_has_no_workflow_run(document: MakeDocument) -> None:
    shown = summary_json(summarize(document({"RequestId": "r1", "WorkflowExecution": {"RunId": "i1"}})), str)
    assert (shown["family"], shown["workflow_run"]) == ("api-response", None)


@pytest.mark.parametrize("has_position", [True, False])
def test_an_error(has_position: bool) -> None:
    position = Position(3, 7) if has_position else None
    hint = Message("look at {what}", {"what": "it"}) if has_position else None
    shown = error_json(UserError(Message("broken"), hint, position, "s.zip!a.xml"), str)
    assert shown["source"]["file"] == "s.zip!a.xml"
    assert shown["error"] == {
        "line": 3 if has_position else None,
        "column": 7 if has_position else None,
        "message": "broken",
        "hint": "look at it" if has_position else None,
    }


def test_messages_are_in_the_language_asked_for(document: MakeDocument) -> None:
    words = words_in("zh", resource("i18n"))
    summary = summarize(document({"EventName": "TaskFinish", "JobsDetail": {"Tag": "Concat", "State": "Failed"}}))
    (job,) = summary_json(summary, words)["jobs"]
    (finding,) = job["findings"]
    assert finding["message"] == words(Message("the job failed: {code}: {message}", {"code": "-", "message": "-"}))
    assert finding["message"] != "the job failed: -: -"
    assert [block["title"] for block in job["blocks"]] == [words(Message("Job"))] != ["Job"]
