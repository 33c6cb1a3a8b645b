from collections.abc import Callable
from typing import Any

from callback_lens.blocks.model import Block, Fields, State, Table
from callback_lens.blocks.workflow import workflow_blocks
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import read_envelope

MakeDocument = Callable[[Any], Document]


def blocks(document: MakeDocument, **nodes: Any) -> list[Block]:
    payload = document({"EventName": "WorkflowFinish", "WorkflowExecution": nodes}).payload
    run = read_envelope(payload).workflow_run
    assert run is not None
    return list(workflow_blocks(run))


def test_the_run_and_its_steps(document: MakeDocument) -> None:
    tasks = [
        {"Type": "Snapshot", "Name": "Snapshot_1", "State": "Success", "JobId": "j1", "CreateTime": "a"},
        {"Type": "Concat", "StartTime": "-", "EndTime": "c"},
    ]
    headers = {"Key": "Size", "Value": "7"}
    run, steps = blocks(document, RunId="i1", State="Success", CosHeaders=headers, Tasks=tasks)
    assert isinstance(run, Fields)
    assert [(field.name, field.text) for field in run.fields] == [("RunId", "i1"), ("State", "Success"), ("Size", "7")]
    assert isinstance(steps, Table)
    assert [row.cells for row in steps.rows] == [
        ("Snapshot", "Success", "j1", "Snapshot_1", "a", None, None),
        ("Concat", None, None, None, None, "-", "c"),
    ]
    assert [type(row.cells[1]) for row in steps.rows] == [State, type(None)]
    assert [row.path for row in steps.rows] == ["WorkflowExecution.Tasks[0]", "WorkflowExecution.Tasks[1]"]
    assert {len(row.cells) for row in steps.rows} == {len(steps.columns)}


def test_a_run_without_steps(document: MakeDocument) -> None:
    (run,) = blocks(document, RunId="i1")
    assert (run.id, run.kind) == ("workflow-run", "fields")


def test_what_else_is_said_of_steps(document: MakeDocument) -> None:
    objects = [{"ObjectName": "a.jpg"}, {"ObjectName": "b.jpg", "Code": "InternalError"}]
    tasks = [{"Type": "Snapshot", "ResultInfo": {"ObjectInfo": objects}}, {"Type": "Concat", "TemplateId": "t1"}]
    *_, more = blocks(document, RunId="i1", Tasks=tasks)
    assert isinstance(more, Fields)
    assert [(field.name, field.text) for field in more.fields] == [
        ("Tasks[0].ResultInfo.ObjectInfo[0].ObjectName[0]", "a.jpg"),
        ("Tasks[0].ResultInfo.ObjectInfo[1].ObjectName[0]", "b.jpg"),
        ("Tasks[0].ResultInfo.ObjectInfo[1].Code", "InternalError"),
        ("Tasks[1].TemplateId", "t1"),
    ]


def test_the_creation_time_has_several_spellings(document: MakeDocument) -> None:
    spellings = [{name: "a"} for name in ("CreateTime", "Createtime", "CreationTime")]
    _, steps = blocks(document, RunId="i1", Tasks=spellings)
    assert isinstance(steps, Table)
    assert [row.cells[4] for row in steps.rows] == ["a", "a", "a"]
