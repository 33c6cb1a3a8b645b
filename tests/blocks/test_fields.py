import json
from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.blocks.fields import (
    beside_block,
    common_blocks,
    fields_below,
    rest_block,
    settings_block,
    settings_nodes,
)
from callback_lens.blocks.model import Fields
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import read_envelope
from callback_lens.payload.inputs import Input
from callback_lens.payload.jobs import Job
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents

MakeJob = Callable[..., Job]
MakeDocument = Callable[[Any], Document]


def pairs(block: Fields | None) -> list[tuple[str, str]] | None:
    return block and [(field.name, field.text) for field in block.fields]


def common(job: Job) -> dict[str, list[tuple[str, str]] | None]:
    return {block.id: pairs(block) for block in common_blocks(job)}


def only_job(payload: Any) -> Job:
    """The job of a payload that only JSON can write."""
    (document,) = read_documents(Input("payload", None, json.dumps(payload).encode(), None), Limits())
    assert isinstance(document, Document)
    return read_envelope(document.payload).jobs[0]


def test_a_job_in_the_order_people_ask(job: MakeJob) -> None:
    nodes = {"EndTime": "c", "QueueId": "q", "State": "Success", "JobId": "j1", "Tag": "Concat", "StartTime": "-"}
    operation = {"UserData": "mine", "JobLevel": "1", "TemplateId": "t1", "Concat": {"Index": "0"}}
    assert common(job(**nodes, Operation=operation)) == {
        "job": [
            ("JobId", "j1"),
            ("Tag", "Concat"),
            ("State", "Success"),
            ("StartTime", "-"),
            ("EndTime", "c"),
            ("QueueId", "q"),
            ("JobLevel", "1"),
            ("UserData", "mine"),
            ("TemplateId", "t1"),
        ]
    }


def test_input_workflow_and_headers(job: MakeJob) -> None:
    headers = [{"Key": "Content-Type", "Value": "video/mp4"}, {"Key": "Size", "Value": None}]
    made = job(
        JobId="j1",
        Input={"BucketId": "b", "Object": "in.mp4", "CosHeaders": headers},
        Workflow={"RunId": "i1", "Name": "Concat_1"},
    )
    assert common(made) == {
        "job": [("JobId", "j1")],
        "input": [("BucketId", "b"), ("Object", "in.mp4"), ("Content-Type", "video/mp4"), ("Key", "Size")],
        "workflow": [("RunId", "i1"), ("Name", "Concat_1")],
    }
    fields = next(block for block in common_blocks(made) if block.id == "input").fields
    assert [field.path for field in fields][2:] == [
        "JobsDetail[0].Input.CosHeaders[0].Value",
        "JobsDetail[0].Input.CosHeaders[1].Key",
    ]


def test_the_input_may_stand_under_operation(job: MakeJob) -> None:
    made = job(Operation={"Input": {"CosHeaders": {"Key": "EventName", "Value": "cos:ObjectCreated:Put"}}})
    assert common(made) == {"input": [("EventName", "cos:ObjectCreated:Put")]}


def test_a_verdict_comes_first(job: MakeJob) -> None:
    blocks = common(job(JobId="s1", Result="1", Label="Porn", Object="a.jpg", ForbidState="0"))
    assert list(blocks) == ["verdict", "job", "input"]
    assert blocks["verdict"] == [("Label", "Porn"), ("Result", "1"), ("ForbidState", "0")]


def test_simple_moderation_has_the_same_blocks_in_lower_case() -> None:
    data = {"event": "ReviewImage", "trace_id": "s1", "result": 1, "forbidden_status": 0, "data_id": "mine"}
    data |= {"url": "https://example.com/a.jpg", "cos_headers": {"x-cos-meta-id": "7"}, "porn_info": {"hit_flag": 1}}
    job = only_job({"code": 0, "message": "success", "data": data})
    assert common(job) == {
        "verdict": [("result", "1"), ("forbidden_status", "0"), ("data_id", "mine")],
        "job": [("event", "ReviewImage"), ("trace_id", "s1")],
        "input": [("url", "https://example.com/a.jpg"), ("x-cos-meta-id", "7")],
    }
    assert pairs(rest_block(job, ())) == [("porn_info.hit_flag", "1")]


@pytest.mark.parametrize("name", ["SmartCover", "SmartCoverConfig"])
def test_settings_are_named_as_below_their_node(job: MakeJob, name: str) -> None:
    operation = {name: {"Count": "3", "Deep": {"er": "x"}, "R": ["1", "2"]}}
    settings = settings_block(job(Tag="SmartCover", Operation=operation))
    assert pairs(settings) == [("Count", "3"), ("Deep.er", "x"), ("R[0]", "1"), ("R[1]", "2")]
    assert settings is not None
    assert settings.fields[1].path == f"JobsDetail[0].Operation.{name}.Deep.er"


def test_a_setting_without_a_name_below_its_node_keeps_its_own(job: MakeJob) -> None:
    assert pairs(settings_block(job(Tag="DNA", Operation={"DNA": "on"}))) == [("DNA", "on")]


def test_what_a_media_info_job_found_out_is_no_setting(job: MakeJob) -> None:
    made = job(Tag="MediaInfo", Operation={"MediaInfo": {"Format": {"Size": "1"}}})
    assert (settings_nodes(made), settings_block(made)) == ((), None)


@pytest.mark.parametrize("operation", [None, {"SmartCover": None}, {"Concat": {"Index": "0"}}])
def test_a_job_without_settings(job: MakeJob, operation: Any) -> None:
    assert settings_block(job(Tag="SmartCover", Operation=operation)) is None


def test_the_rest_is_what_no_other_block_shows(job: MakeJob) -> None:
    operation = {
        "UserData": "x",
        "Output": {"Object": "o", "New": "n"},
        "NewResult": {"List": [{"A": "1"}, {"A": "2"}]},
    }
    made = job(JobId="j1", Input={"Object": "i"}, Extra="e", Operation=operation)
    assert pairs(rest_block(made, ("Operation.Output.Object",))) == [
        ("Extra", "e"),
        ("Operation.Output.New", "n"),
        ("Operation.NewResult.List[0].A", "1"),
        ("Operation.NewResult.List[1].A", "2"),
    ]
    assert rest_block(made, ("Extra", "Operation.Output", "Operation.NewResult")) is None


def test_whitespace_is_no_field(job: MakeJob) -> None:
    assert rest_block(job(JobId="j1", Extra="  ", Empty=None), ()) is None


def test_what_stands_beside_the_jobs(document: MakeDocument) -> None:
    payload = {
        "EventName": "TaskFinish",
        "RequestId": "r1",
        "JobsDetail": {"JobId": "j1"},
        "NonExistJobIds": ["a", "b"],
    }
    node = document(payload).payload
    expected = [("RequestId", "r1"), ("NonExistJobIds[0]", "a"), ("NonExistJobIds[1]", "b")]
    assert pairs(beside_block(node, node.all("JobsDetail"))) == expected


def test_mostly_nothing_stands_beside_the_jobs(document: MakeDocument) -> None:
    node = document({"EventName": "TaskFinish", "JobsDetail": {"JobId": "j1"}}).payload
    assert beside_block(node, node.all("JobsDetail")) is None


def test_names_that_are_no_plain_ones() -> None:
    odd = only_job({"JobsDetail": {"a b": "1", "c": {"d.e": "2"}, "": "3"}})
    assert pairs(rest_block(odd, ())) == [('["a b"]', "1"), ('c["d.e"]', "2"), ('[""]', "3")]


def test_deep_nesting_is_no_matter(job: MakeJob) -> None:
    nested: Any = "bottom"
    for _ in range(150):
        nested = {"n": nested}
    assert [field.text for field in fields_below(job(Operation=nested).node)] == ["bottom"]
