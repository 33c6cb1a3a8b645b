"""A job as every Tag reports it, read from all the places where payloads have its parts."""

from typing import Any

import pytest
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.jobs import Job, JobInput, JobWorkflow, Template, Verdict, read_job, read_simple_job
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node
from callback_lens.payload.objects import CosObject
from callback_lens.payload.reader import read_documents


def payload_of(text: str) -> Node:
    [document] = read_documents(Input("file", None, text.encode(), None), Limits())
    assert isinstance(document, Document), document
    return document.payload


def xml_job(content: str) -> Job:
    node = payload_of(f"<Response><JobsDetail>{content}<X>x</X></JobsDetail></Response>").first("JobsDetail")
    assert node is not None
    return read_job(node)


def json_job(content: str) -> Job:
    node = payload_of(f'{{"JobsDetail": {content}}}').first("JobsDetail")
    assert node is not None
    return read_job(node)


def simple_job(text: str) -> Job:
    payload = payload_of(text)
    data = payload.first("data")
    assert data is not None
    return read_simple_job(payload, data)


FULL = """
<Code> Success </Code><Message>done</Message><JobId>j1</JobId><Tag>SuperResolution</Tag>
<SubTag>DigitalWatermark</SubTag><State>Success</State><CreationTime>2024-06-01T10:00:00+0800</CreationTime><StartTime>2024-06-01T10:00:01+0800</StartTime>
<EndTime>2024-06-01T10:01:01+0800</EndTime><QueueId>p1</QueueId>
<Input><BucketId>demo-125</BucketId><Object>in/a b.mp4</Object><Region>ap-x</Region>
  <CosHeaders><Key>Size</Key><Value>7</Value></CosHeaders><CosHeaders><Key>EventName</Key><Value/></CosHeaders></Input>
<Operation><TemplateId>t1</TemplateId><TemplateName>HD</TemplateName><UserData>{"id": 5}</UserData></Operation>
<Workflow><RunId>i1</RunId><WorkflowId>w1</WorkflowId><WorkflowName>night</WorkflowName><Name>SR_1</Name></Workflow>
"""


def test_every_part_of_a_job() -> None:
    job = xml_job(FULL)
    assert (job.path, job.job_id, job.tag, job.sub_tag) == (
        "JobsDetail[0]",
        "j1",
        "SuperResolution",
        "DigitalWatermark",
    )
    assert (job.state, job.code, job.message, job.queue_id) == ("Success", "Success", "done", "p1")
    assert (job.trigger, job.queue_ms, job.run_ms) == ("workflow", 1000, 60_000)
    assert job.input == JobInput(
        CosObject("demo-125", "ap-x", "in/a b.mp4"),
        "https://demo-125.cos.ap-x.myqcloud.com/in/a%20b.mp4",
        (("Size", "7"), ("EventName", "")),
    )
    assert job.workflow == JobWorkflow("i1", "w1", "night", "SR_1")
    assert job.template == Template("t1", "HD")
    assert job.user_data == '{"id": 5}'
    assert job.verdict is None
    assert (job.is_success, job.is_failed) == (True, False)


def test_what_a_job_has_not_is_none() -> None:
    job = xml_job("<Message/><Input><Object> </Object></Input><Operation><UserData/></Operation><Workflow/>")
    parts = (job.job_id, job.tag, job.sub_tag, job.state, job.code, job.message, job.queue_id, job.user_data)
    assert parts == (None,) * 8
    assert (job.created, job.started, job.ended, job.queue_ms, job.run_ms) == (None,) * 5
    assert (job.input, job.workflow, job.template, job.verdict) == (None,) * 4
    assert job.trigger == "api"
    assert not job.is_success
    assert not job.is_failed


@pytest.mark.parametrize(
    ("state", "is_success", "is_failed"),
    [
        ("Success", True, False),
        ("SUCCESS", True, False),
        ("Failed", False, True),
        ("failed", False, True),
        ("Running", False, False),
        ("Unsuccess", False, False),
    ],
)
def test_how_a_job_ended(state: str, is_success: bool, is_failed: bool) -> None:
    job = xml_job(f"<State>{state}</State>")
    assert (job.is_success, job.is_failed) == (is_success, is_failed)


def test_times_that_are_not_yet_known() -> None:
    job = xml_job(
        "<CreationTime>2024-06-01T10:00:00+0800</CreationTime><StartTime>-</StartTime><EndTime>soon</EndTime>"
    )
    assert job.started is not None
    assert job.ended is not None
    assert (job.started.is_bad, job.ended.is_bad) == (False, True)
    assert (job.queue_ms, job.run_ms) == (None, None)


def test_times_the_wrong_way_round_make_negative_lengths() -> None:
    job = xml_job("<CreationTime>2024-06-01T10:00:01+0800</CreationTime><StartTime>2024-06-01T02:00:00Z</StartTime>")
    assert job.queue_ms == -1000


@pytest.mark.parametrize(
    ("operation", "tag"),
    [
        ("<Tag>Concat</Tag>", "Concat"),
        ("<WordsGeneralizeResult><x>1</x></WordsGeneralizeResult>", "WordsGeneralize"),
        ("<BResult>1</BResult><A>1</A><AResult>1</AResult>", "A"),
        ("<BResult>1</BResult><CResult>1</CResult>", "B"),
        ("<BResult/><CResult>1</CResult>", "C"),
        ("<MediaResult><x>1</x></MediaResult>", None),
        ("<Result>1</Result>", None),
        ("<Output>1</Output>", None),
        ("", None),
    ],
)
def test_a_tag_that_is_left_out_is_derived_from_the_operation(operation: str, tag: str | None) -> None:
    assert xml_job(f"<Operation>{operation}</Operation>").tag == tag
    assert xml_job(f"<Tag>Given</Tag><Operation>{operation}</Operation>").tag == "Given"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"Input": {"Bucket": "b", "Object": "k"}}', JobInput(CosObject("b", None, "k"), None, ())),
        ('{"Input": {"Url": "http://x/a.mp4"}}', JobInput(CosObject(None, None, None), "http://x/a.mp4", ())),
        (
            '{"Operation": {"Input": {"CosHeaders": [{"Key": "a", "Value": "1"}, {"Key": "b"}]}}}',
            JobInput(CosObject(None, None, None), None, (("a", "1"), ("b", ""))),
        ),
        (
            '{"Object": "k", "BucketId": "b", "Region": "r", "CosHeaders": {"x-cos-meta-id": "7", "x-cos-meta-e": ""}}',
            JobInput(
                CosObject("b", "r", "k"),
                "https://b.cos.r.myqcloud.com/k",
                (("x-cos-meta-id", "7"),),
            ),
        ),
        ('{"Url": "http://x"}', JobInput(CosObject(None, None, None), "http://x", ())),
        ('{"BucketId": "b", "Region": "r"}', None),
    ],
)
def test_inputs_of_every_family(content: str, expected: JobInput | None) -> None:
    assert json_job(content).input == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"Result": 1, "Label": "Porn", "SubLabel": "x", "Score": 99}', Verdict("1", None, "Porn", "x", "99")),
        ('{"Suggestion": 0, "Label": "Normal"}', Verdict(None, "0", "Normal", None, None)),
        ('{"Score": 5, "SubLabel": "x"}', None),
        ('{"Result": ""}', None),
    ],
)
def test_verdicts(content: str, expected: Verdict | None) -> None:
    assert json_job(content[:-1] + ', "x": 1}').verdict == expected


def test_a_template_needs_an_id_or_a_name() -> None:
    assert json_job('{"Operation": {"TemplateName": "HD"}}').template == Template(None, "HD")
    assert json_job('{"Operation": {"JobLevel": 0}}').template is None


SIMPLE = """{"code": 0, "message": "success", "data": {"event": "ReviewImage", "trace_id": "t1", "url": "http://x/a.jpg",
"result": 1, "forbidden_status": 0, "data_id": "mine", "cos_headers": {"x-cos-meta-a": "1"},
"porn_info": {"hit_flag": %s, "label": "porn", "score": 80},
"ads_info": {"hit_flag": %s, "label": "ads", "score": 90}}}"""


def test_the_simple_form_of_a_moderation() -> None:
    job = simple_job(SIMPLE % (1, 0))
    assert (job.job_id, job.tag, job.code, job.message) == ("t1", "ReviewImage", "0", "success")
    assert (job.path, job.state, job.user_data, job.trigger) == ("data", None, "mine", "api")
    assert job.input == JobInput(CosObject(None, None, None), "http://x/a.jpg", (("x-cos-meta-a", "1"),))
    assert job.verdict == Verdict("1", None, "porn", None, "80")


@pytest.mark.parametrize(
    ("porn", "ads", "label"),
    [(0, 0, "porn"), (1, 2, "porn"), (2, 1, "ads"), (0, 2, "ads"), (1, 1, "porn"), ("null", 0, "ads")],
)
def test_the_scene_that_was_hit_worst_decides(porn: Any, ads: Any, label: str) -> None:
    verdict = simple_job(SIMPLE % (porn, ads)).verdict
    assert verdict is not None
    assert verdict.label == label


def test_the_consoles_probe() -> None:
    job = simple_job(
        '{"code": 0, "message": "Test request when setting callback url", "data": {"trace_id": "test_trace_id"}}'
    )
    assert job.job_id == "test_trace_id"
    assert job.input is None
    assert job.verdict is None
