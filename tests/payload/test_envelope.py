"""What kind of callback a payload is, told by its root nodes; the same from XML and JSON."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any
from xml.sax.saxutils import escape

import pytest
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import Envelope, Family, read_envelope
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node
from callback_lens.payload.reader import read_documents
from hypothesis import given, settings
from hypothesis import strategies as st


def payload_of(text: str) -> Node:
    [document] = read_documents(Input("file", None, text.encode(), None), Limits())
    assert isinstance(document, Document), document
    return document.payload


def envelope_of(text: str) -> Envelope:
    return read_envelope(payload_of(text))


JOB = "<JobsDetail><JobId>j1</JobId><State>Success</State></JobsDetail>"
RUNNING = "<JobsDetail><JobId>j2</JobId><State>Running</State></JobsDetail>"
RUN = "<WorkflowExecution><RunId>i1</RunId></WorkflowExecution>"


@pytest.mark.parametrize(
    ("text", "family", "event", "jobs"),
    [
        (f"<Response><EventName>TaskFinish</EventName>{JOB}</Response>", Family.JOB, "TaskFinish", 1),
        (f"<Response><EventName>TaskFinish</EventName>{JOB}{RUNNING}</Response>", Family.JOB, "TaskFinish", 2),
        (f"<EventName>TaskFinish</EventName>{JOB}", Family.JOB, "TaskFinish", 1),
        (f"<Response>{JOB}</Response>", Family.JOB, None, 1),
        ("<Response><JobsDetail><State>Failed</State></JobsDetail></Response>", Family.JOB, None, 1),
        ('{"Response": {"EventName": "TaskFinish", "JobsDetail": {"JobId": "j"}}}', Family.JOB, "TaskFinish", 1),
        (f"<Response><EventName>WorkflowFinish</EventName>{RUN}</Response>", Family.WORKFLOW, "WorkflowFinish", 0),
        (f"<Response>{RUN}</Response>", Family.WORKFLOW, None, 0),
        ('{"EventName": "ReviewText", "JobsDetail": {"JobId": "j"}}', Family.MODERATION_DETAIL, "ReviewText", 1),
        ('{"EventName": "ReviewText"}', Family.UNKNOWN, "ReviewText", 0),
        ('{"code": 0, "data": {"event": "ReviewAudio"}}', Family.MODERATION_SIMPLE, "ReviewAudio", 1),
        ('{"code": 0, "data": {"trace_id": "t"}}', Family.MODERATION_SIMPLE, None, 1),
        ('{"code": 0, "data": {}}', Family.UNKNOWN, None, 0),
        ('{"data": {"event": "x"}}', Family.UNKNOWN, None, 0),
        (f"<Response>{JOB}{JOB}</Response>", Family.API_RESPONSE, None, 2),
        (f"<Response>{RUNNING}</Response>", Family.API_RESPONSE, None, 1),
        (f"<Response>{JOB}<RequestId>r</RequestId></Response>", Family.API_RESPONSE, None, 1),
        (f"<Response>{JOB}<NextToken>5</NextToken></Response>", Family.API_RESPONSE, None, 1),
        (f"<Response>{JOB}<NonExistJobIds>j9</NonExistJobIds></Response>", Family.API_RESPONSE, None, 1),
        (f"<Response><RequestId>r</RequestId>{RUN}</Response>", Family.API_RESPONSE, None, 0),
        ("<Response><EventName>TaskFinish</EventName><JobsDetail/></Response>", Family.UNKNOWN, "TaskFinish", 0),
        ("<other/>", Family.UNKNOWN, None, 0),
        ("[1, 2]", Family.UNKNOWN, None, 0),
        ("null", Family.UNKNOWN, None, 0),
    ],
)
def test_families(text: str, family: Family, event: str | None, jobs: int) -> None:
    envelope = envelope_of(text)
    assert (envelope.family, envelope.event, len(envelope.jobs)) == (family, event, jobs)


def test_the_tag_of_a_moderation_is_its_event() -> None:
    envelope = envelope_of('{"EventName": "ReviewVideo", "JobsDetail": {"JobId": "j", "Tag": "x"}}')
    assert [job.tag for job in envelope.jobs] == ["ReviewVideo"]


def test_a_request_id_is_kept() -> None:
    assert envelope_of(f"<Response>{JOB}<RequestId> r1 </RequestId></Response>").request_id == "r1"


WORKFLOW = """<Response><EventName>WorkflowFinish</EventName><WorkflowExecution>
<RunId>i1</RunId><WorkflowId>w1</WorkflowId><WorkflowName>night</WorkflowName><State>Failed</State>
<BucketId>demo-125</BucketId><Object>a.mp4</Object><CreateTime>2022-08-09 14:54:17+0800</CreateTime>
<Tasks><Type>Transcode</Type><Name>Transcode_1</Name><State>Success</State><JobId>j1</JobId>
  <CreateTime>2022-08-09 14:54:18+0800</CreateTime><StartTime>2022-08-09 14:54:19+0800</StartTime>
  <EndTime>-</EndTime></Tasks>
<Tasks><Type>Snapshot</Type><Createtime>2022-08-09 14:54:20+0800</Createtime></Tasks>
</WorkflowExecution></Response>"""


def test_a_workflow_run_and_its_tasks() -> None:
    run = envelope_of(WORKFLOW).workflow_run
    assert run is not None
    assert (run.run_id, run.workflow_id, run.name, run.state) == ("i1", "w1", "night", "Failed")
    assert (run.object.bucket, run.object.region, run.object.key) == ("demo-125", None, "a.mp4")
    assert run.created is not None
    assert run.created.iso == "2022-08-09T14:54:17+08:00"
    first, second = run.tasks
    assert (first.type, first.name, first.state, first.job_id) == ("Transcode", "Transcode_1", "Success", "j1")
    assert [time and time.raw for time in (first.created, first.started, first.ended)] == [
        "2022-08-09 14:54:18+0800",
        "2022-08-09 14:54:19+0800",
        "-",
    ]
    assert (second.name, second.state, second.job_id, second.started) == (None, None, None, None)
    assert second.created is not None
    assert [task.node.path for task in run.tasks] == ["WorkflowExecution.Tasks[0]", "WorkflowExecution.Tasks[1]"]


# One job in XML and in every form of JSON


TEXTS = st.sampled_from(
    ["x", "Success", "2024-06-01T10:00:00+0800", "-", "0", " a ", "中文", "<&>", '"\\', "a/b.mp4"]
) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)


def structs(optional: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=optional)


HEADERS = structs({"Key": TEXTS, "Value": TEXTS})
INPUT = structs({"BucketId": TEXTS, "Bucket": TEXTS, "Object": TEXTS, "Region": TEXTS, "Url": TEXTS}) | structs(
    {"Object": TEXTS, "CosHeaders": st.lists(HEADERS, max_size=3)}
)
OUTPUT_FILE = structs(
    {"ObjectName": st.lists(TEXTS, max_size=3), "Md5Info": st.lists(structs({"ObjectName": TEXTS}), max_size=2)}
)
OPERATION = structs(
    {
        "Tag": TEXTS,
        "TemplateId": TEXTS,
        "TemplateName": TEXTS,
        "UserData": TEXTS,
        "Input": INPUT,
        "MediaResult": structs({"OutputFile": OUTPUT_FILE}),
        "VideoTagResult": structs({"StreamData": TEXTS}),
        "SpeechRecognitionResult": structs(
            {"ResultDetail": st.lists(structs({"Words": st.lists(structs({"Word": TEXTS}))}))}
        ),
    }
)
JOBS = structs(
    {
        **dict.fromkeys(["JobId", "Tag", "SubTag", "State", "Code", "Message", "QueueId"], TEXTS),
        **dict.fromkeys(["CreationTime", "StartTime", "EndTime", "Result", "Suggestion", "Label", "Score"], TEXTS),
        "Input": INPUT,
        "Operation": OPERATION,
        "Workflow": structs(dict.fromkeys(["RunId", "WorkflowId", "WorkflowName", "Name"], TEXTS)),
    }
)
TASKS = structs(dict.fromkeys(["Type", "Name", "State", "JobId", "CreateTime", "StartTime", "EndTime"], TEXTS))
PAYLOADS = structs(
    {
        "EventName": st.sampled_from(["TaskFinish", "WorkflowFinish", "ReviewImage", ""]),
        "JobsDetail": st.lists(JOBS, max_size=2),
        "WorkflowExecution": structs({"RunId": TEXTS, "State": TEXTS, "Tasks": st.lists(TASKS, max_size=2)}),
        "RequestId": TEXTS,
    }
)


def without_empty(value: Any) -> Any:
    """``value`` as CI's JSON has it: what is empty left out. None where nothing is left."""
    if isinstance(value, dict):
        return {name: kept for name, item in value.items() if (kept := without_empty(item)) is not None} or None
    if isinstance(value, list):
        return [kept for item in value if (kept := without_empty(item)) is not None] or None
    return value if value.strip() else None


def xml_text(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(xml_text(name, item) for item in value)
    content = escape(value) if isinstance(value, str) else "".join(xml_text(*item) for item in value.items())
    return f"<{name}>{content}</{name}>" if content else f"<{name}/>"


def in_form(value: Any, choose: st.DataObject) -> Any:
    """``value`` with each list of one as a list or as what is in it."""
    if isinstance(value, dict):
        return {name: in_form(item, choose) for name, item in value.items()}
    if isinstance(value, list):
        items = [in_form(item, choose) for item in value]
        return items[0] if len(items) == 1 and choose.draw(st.booleans()) else items
    return value


def said(value: Any) -> Any:
    """A value of an envelope with each node replaced by its path."""
    if isinstance(value, Node):
        return value.path
    if isinstance(value, tuple):
        return [said(item) for item in value]
    if is_dataclass(value):
        return {field.name: said(getattr(value, field.name)) for field in fields(value)}
    return value


def texts_by_path(node: Node) -> list[tuple[str, str]]:
    own = [(node.path, node.text)] if node.text is not None else []
    return own + [pair for item in node.items() for pair in texts_by_path(item)]


def without_empty_among_many(value: Any) -> Any:
    """``value`` without empty items in lists: where XML has them, JSON leaves no trace of their places."""
    if isinstance(value, dict):
        return {name: without_empty_among_many(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_empty_among_many(item) for item in value if without_empty(item) is not None]
    return value


@settings(max_examples=300)
@given(PAYLOADS, st.data())
def test_xml_and_every_form_of_json_give_one_envelope(generated: dict[str, Any], data: st.DataObject) -> None:
    content = without_empty_among_many(generated)
    xml = payload_of(xml_text("Response", content))
    bare = in_form(without_empty(content) or {}, data)
    wrapped = {"Response": bare} if data.draw(st.booleans()) and bare else bare
    read_json = payload_of(json.dumps(wrapped, ensure_ascii=data.draw(st.booleans())))
    assert said(read_envelope(xml)) == said(read_envelope(read_json))
    assert sorted(texts_by_path(xml)) == sorted(texts_by_path(read_json))


def test_documented_payloads_read_as_their_index_says(corpus: Any) -> None:
    families = {
        "(API response)": {Family.API_RESPONSE},
        "(none)": {Family.MODERATION_SIMPLE, Family.JOB},
        "TaskFinish": {Family.JOB},
        "WorkflowFinish": {Family.WORKFLOW},
    }
    checked = 0
    for line in (corpus / "INDEX.tsv").read_text("utf-8").splitlines()[1:]:
        name, tag, event = line.split("\t")[:3]
        envelope = envelope_of((corpus / name).read_text("utf-8"))
        expected = {Family.MODERATION_SIMPLE if "-simple" in name else Family.MODERATION_DETAIL}
        assert envelope.family in families.get(event, expected), name
        assert envelope.event == (None if event.startswith("(") else event), name
        if envelope.family in (Family.JOB, Family.MODERATION_DETAIL):
            assert [job.tag for job in envelope.jobs] == [tag], name
        checked += 1
    assert checked > 50


def test_the_event_decides_where_both_a_job_and_a_workflow_run_stand(document: Callable[[Any], Document]) -> None:
    both = {"JobsDetail": {"JobId": "j1", "Tag": "Concat"}, "WorkflowExecution": {"RunId": "i1"}}
    job = read_envelope(document({"EventName": "TaskFinish", **both}).payload)
    run = read_envelope(document({"EventName": "WorkflowFinish", **both}).payload)
    assert (job.family, job.workflow_run, [one.job_id for one in job.jobs]) == (Family.JOB, None, ["j1"])
    assert (run.family, run.workflow_run and run.workflow_run.run_id, run.jobs) == (Family.WORKFLOW, "i1", ())


def test_a_code_and_data_alone_are_no_moderation(document: Callable[[Any], Document]) -> None:
    assert read_envelope(document({"code": "0", "data": {"items": "1"}}).payload).family is Family.UNKNOWN
