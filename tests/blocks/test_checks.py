import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from callback_lens.blocks.checks import bounded, check_job, check_workflow
from callback_lens.errors import Message
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import read_envelope
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.inputs import Input
from callback_lens.payload.jobs import Job
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents

MakeJob = Callable[..., Job]
MakeDocument = Callable[[Any], Document]
EARLY, LATE = "2025-04-18T09:00:00+0800", "2025-04-18T09:00:01+0800"


def found(job: Job) -> list[tuple[str, str, str]]:
    return [(finding.code, str(finding.message), finding.path) for finding in check_job(job)]


def in_operation(job: MakeJob, operation: Any) -> list[tuple[str, str, str | None]]:
    """The findings about steps inside a job: message, path below Operation, what was found."""
    findings = list(check_job(job(State="Success", Operation=operation)))
    assert {finding.code for finding in findings} <= {"embedded-failure"}
    assert {finding.severity for finding in findings} <= {Severity.WARNING}
    above = "JobsDetail[0].Operation."
    return [(str(finding.message), finding.path.removeprefix(above), finding.found) for finding in findings]


def test_a_job_that_succeeded_has_nothing_wrong(job: MakeJob) -> None:
    assert found(job(State="Success", Code="Success", Message="", CreationTime=EARLY, EndTime=LATE)) == []


@pytest.mark.parametrize("state", ["Failed", "failed"])
def test_a_failed_job(job: MakeJob, state: str) -> None:
    (finding,) = check_job(job(State=state, Code="1103", Message="no such object"))
    assert finding.severity is Severity.ERROR
    assert (finding.code, finding.path) == ("job-failed", "JobsDetail[0]")
    assert str(finding.message) == "the job failed: 1103: no such object"


def test_a_failed_job_that_does_not_say_why(job: MakeJob) -> None:
    assert found(job(State="Failed")) == [("job-failed", "the job failed: -: -", "JobsDetail[0]")]


def test_a_state_decides_over_the_code(job: MakeJob) -> None:
    assert found(job(State="Success", Code="1103", Message="done")) == []


def test_a_job_without_state_is_judged_by_its_code(job: MakeJob) -> None:
    assert found(job(Code="Success")) == []
    assert [code for code, _, _ in found(job(Code="InvalidArgument", Message="x"))] == ["job-failed"]


@pytest.mark.parametrize(("code", "codes"), [(0, []), (-65010, ["job-failed"])])
def test_simple_moderation_has_no_state(code: int, codes: list[str]) -> None:
    payload = {"code": code, "message": "download failed", "data": {"event": "ReviewImage", "trace_id": "s1"}}
    (document,) = read_documents(Input("simple", None, json.dumps(payload).encode(), None), Limits())
    assert isinstance(document, Document)
    (job,) = read_envelope(document.payload).jobs
    assert [finding.code for finding in check_job(job)] == codes


@pytest.mark.parametrize(
    ("operation", "message", "path", "said"),
    [
        (
            {"DigitalWatermark": {"State": "Failed", "IgnoreError": "false"}},
            "DigitalWatermark inside the job reports State Failed",
            "DigitalWatermark.State",
            "Failed",
        ),
        (
            {"DocProcessResult": {"FailPageCount": "3"}},
            "DocProcessResult inside the job reports FailPageCount 3",
            "DocProcessResult.FailPageCount",
            "3",
        ),
        (
            {"VideoTagResult": {"StreamData": {"SubErrCode": "-12", "SubErrMsg": "decode"}}},
            "StreamData inside the job reports SubErrCode -12",
            "VideoTagResult.StreamData.SubErrCode",
            "-12",
        ),
        (
            {"FileCompressResult": {"ErrorCount": "1"}},
            "FileCompressResult inside the job reports ErrorCount 1",
            "FileCompressResult.ErrorCount",
            "1",
        ),
        (
            {"ImageInspectResult": {"ProcessResult": {"AutoProcessResult": {"Code": "AccessDenied"}}}},
            "AutoProcessResult inside the job reports Code AccessDenied",
            "ImageInspectResult.ProcessResult.AutoProcessResult.Code",
            "AccessDenied",
        ),
        (
            {"DigitalWatermark": [{"State": "Success"}, {"State": "Failed"}]},
            "DigitalWatermark inside the job reports State Failed",
            "DigitalWatermark[1].State",
            "Failed",
        ),
    ],
)
def test_a_failed_step_inside_a_job(job: MakeJob, operation: Any, message: str, path: str, said: str) -> None:
    assert in_operation(job, operation) == [(message, path, said)]


@pytest.mark.parametrize(
    "operation",
    [
        {"DigitalWatermark": {"State": "Success"}},
        {"DocProcessResult": {"FailPageCount": "0", "SuccPageCount": "9"}},
        {"VideoTagResult": {"StreamData": {"SubErrCode": "0", "SubErrMsg": "ok"}}},
        {"VideoTagResult": {"StreamData": {"SubErrCode": "none"}}},
        {"ImageInspectResult": {"Code": "Success", "State": "Success"}},
        {"ImageInspectResult": {"Code": "200"}},
        {"Translation": {"Code": "en"}},
        {"SpeechRecognitionResult": {"ResultDetail": {"State": "Failed"}, "FlashResult": {"State": "Failed"}}},
    ],
)
def test_what_is_no_failed_step(job: MakeJob, operation: Any) -> None:
    assert in_operation(job, operation) == []


def test_failed_steps_without_end_are_counted_not_listed(job: MakeJob) -> None:
    steps = [{"State": "Failed"}] * 1000
    findings = list(bounded(check_job(job(State="Success", Operation={"Step": steps}))))
    assert len(findings) == 21
    assert str(findings[-1].message) == "1000 findings like this, of which 20 are listed"
    assert (findings[-1].code, findings[-1].path, findings[-1].found) == ("embedded-failure", "", None)


def test_each_code_is_bounded_alone() -> None:
    findings = [Finding(Severity.INFO, code, Message("x"), "p", "1", "2") for code in "ab" * 25 + "c" * 20]
    kept = list(bounded(findings))
    assert [finding.code for finding in kept] == list("ab" * 20 + "c" * 20 + "ab")
    assert kept[:40] == findings[:40]
    assert (kept[-1].severity, kept[-1].expected, kept[-1].found) == (Severity.INFO, None, None)


def test_times_in_order(job: MakeJob) -> None:
    assert found(job(CreationTime=EARLY, StartTime=EARLY, EndTime=LATE)) == []
    assert found(job(CreationTime=EARLY, StartTime="-", EndTime="-")) == []
    assert found(job(EndTime=EARLY)) == []


@pytest.mark.parametrize(
    "times",
    [
        {"CreationTime": LATE, "StartTime": EARLY},
        {"StartTime": LATE, "EndTime": EARLY},
        {"CreationTime": LATE, "StartTime": "-", "EndTime": EARLY},
        {"CreationTime": LATE, "StartTime": "soon", "EndTime": EARLY},
    ],
)
def test_times_out_of_order(job: MakeJob, times: dict[str, str]) -> None:
    order = [finding for finding in check_job(job(**times)) if finding.code == "time-order"]
    assert [(finding.expected, finding.found, finding.path) for finding in order] == [(LATE, EARLY, "JobsDetail[0]")]
    assert str(order[0].message) == f"{EARLY} should not be earlier than {LATE}: created, started, ended"


def test_a_moment_is_compared_not_its_text(job: MakeJob) -> None:
    assert found(job(CreationTime="2025-04-18T09:00:00+0800", StartTime="2025-04-18T01:00:00Z")) == []
    assert found(job(CreationTime="2025-04-18T09:00:00+0800", EndTime="2025-04-18T08:59:00+07:00")) == []


@pytest.mark.parametrize("text", ["yesterday", "2025-02-30T00:00:00+0800", "2025-04-18T09:00:00"])
def test_what_is_no_time(job: MakeJob, text: str) -> None:
    (finding,) = check_job(job(CreationTime=text))
    assert (finding.code, str(finding.message), finding.found) == ("bad-time", f"{text} is not a time", text)


def run_of(document: MakeDocument, **nodes: Any) -> list[tuple[str, str, str]]:
    run = read_envelope(document({"EventName": "WorkflowFinish", "WorkflowExecution": nodes}).payload).workflow_run
    assert run is not None
    return [(finding.code, str(finding.message), finding.path) for finding in check_workflow(run)]


def test_a_run_that_succeeded_has_nothing_wrong(document: MakeDocument) -> None:
    times = {"CreateTime": "2025-04-18 09:00:00+0800", "StartTime": "2025-04-18 09:00:00+0800"}
    tasks = [{"Type": "Snapshot", "State": "Success", **times}, {"Type": "Concat", "State": "Success"}]
    assert run_of(document, State="Success", CreateTime="2025-04-18 09:00:00+0800", Tasks=tasks) == []


def test_a_failed_run_and_its_failed_step(document: MakeDocument) -> None:
    tasks = [{"State": "Success"}, {"Type": "Snapshot", "State": "Failed", "JobId": "j1"}]
    assert run_of(document, State="Failed", Tasks=tasks) == [
        ("job-failed", "the workflow run failed", "WorkflowExecution"),
        ("embedded-failure", "the step Snapshot failed (job j1)", "WorkflowExecution.Tasks[1]"),
    ]


def test_a_failed_step_that_says_nothing_more(document: MakeDocument) -> None:
    found = run_of(document, State="Success", Tasks={"State": "Failed"})
    assert found == [("embedded-failure", "the step - failed (job -)", "WorkflowExecution.Tasks[0]")]


def test_a_failed_object_of_a_step(document: MakeDocument) -> None:
    objects = [{"ObjectName": "a", "Code": "Success"}, {"ObjectName": "b", "Code": "InternalError"}]
    found = run_of(document, State="Success", Tasks={"ResultInfo": {"ObjectInfo": objects}})
    message = "ObjectInfo inside the job reports Code InternalError"
    path = "WorkflowExecution.Tasks[0].ResultInfo.ObjectInfo[1].Code"
    assert found == [("embedded-failure", message, path)]


def test_times_of_a_run_and_its_steps(document: MakeDocument) -> None:
    tasks = {"CreateTime": LATE, "StartTime": EARLY}
    assert [(code, path) for code, _, path in run_of(document, CreateTime="now", Tasks=tasks)] == [
        ("bad-time", "WorkflowExecution"),
        ("time-order", "WorkflowExecution.Tasks[0]"),
    ]


def test_the_documented_codes_mean_success(corpus: Path) -> None:
    """No documented job that says Success is reported as failed."""
    documents = [
        result
        for file in corpus.iterdir()
        if file.suffix in (".xml", ".json")
        for result in read_documents(Input(file.name, None, file.read_bytes(), None), Limits())
        if isinstance(result, Document)
    ]
    jobs = [job for document in documents for job in read_envelope(document.payload).jobs]
    assert len(jobs) > 90
    assert [job.job_id for job in jobs if any(finding.code == "job-failed" for finding in check_job(job))] == []
