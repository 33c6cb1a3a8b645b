"""What any job or workflow run may have wrong with it: failures, failed steps inside, times out of order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from callback_lens.errors import Message
from callback_lens.payload.envelope import Task, WorkflowRun
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node
from callback_lens.payload.numbers import parse_number
from callback_lens.payload.times import Timestamp

# Long lists in which no step reports a failure: walking 10^5 words would cost more than reading them.
LISTS = frozenset(("ResultDetail", "FlashResult"))
GOOD_CODES = frozenset(("success", "ok", "0", "200"))
FAILURE_COUNTS = frozenset(("SubErrCode", "FailPageCount", "ErrorCount"))
LISTED = 20


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first ``LISTED`` findings of each code, and for a code with more of them one that says how many."""
    last: dict[str, Finding] = {}
    totals: defaultdict[str, int] = defaultdict(int)
    for finding in findings:
        totals[finding.code] += 1
        last[finding.code] = finding
        if totals[finding.code] <= LISTED:
            yield finding
    for code, total in totals.items():
        if total > LISTED:
            message = Message(
                "{total} findings like this, of which {listed} are listed", {"total": total, "listed": LISTED}
            )
            yield replace(last[code], message=message, path="", expected=None, found=None)


def check_job(job: Job) -> Iterator[Finding]:
    """A failed job, failed steps in any job, times that are none or out of order."""
    if job.is_failed or _has_error_code(job):
        values = {"code": job.code or "-", "message": job.message or "-"}
        yield Finding(Severity.ERROR, "job-failed", Message("the job failed: {code}: {message}", values), job.path)
    for operation in job.node.all("Operation"):
        yield from _failed_steps(operation)
    yield from _time_findings(job.path, job.created, job.started, job.ended)


def _has_error_code(job: Job) -> bool:
    """Where no State says how a job ended its Code does: Simple moderation has no State, nor has WordsGeneralize."""
    return job.state is None and job.code is not None and job.code.lower() not in GOOD_CODES


def check_workflow(run: WorkflowRun) -> Iterator[Finding]:
    """A failed run, its failed steps, and times out of order."""
    if (run.state or "").lower() == "failed":
        yield Finding(Severity.ERROR, "job-failed", Message("the workflow run failed"), run.node.path)
    yield from _time_findings(run.node.path, run.created)
    for task in run.tasks:
        yield from _check_task(task)


def _check_task(task: Task) -> Iterator[Finding]:
    if (task.state or "").lower() == "failed":
        values = {"type": task.type or "-", "job": task.job_id or "-"}
        message = Message("the step {type} failed (job {job})", values)
        yield Finding(Severity.ERROR, "embedded-failure", message, task.node.path, found=task.state)
    for info in task.node.all("ResultInfo"):
        yield from _failed_steps(info)
    yield from _time_findings(task.node.path, task.created, task.started, task.ended)


def _time_findings(path: str, *times: Timestamp | None) -> Iterator[Finding]:
    """``-`` and absent times are passed over; the others should follow each other."""
    for time in times:
        if time is not None and time.is_bad:
            message = Message("{text} is not a time", {"text": time.raw})
            yield Finding(Severity.WARNING, "bad-time", message, path, found=time.raw)
    known = [(time.moment, time.raw) for time in times if time is not None and time.moment is not None]
    for (before, before_raw), (after, after_raw) in pairwise(known):
        if after < before:
            values = {"before": before_raw, "after": after_raw}
            message = Message("{after} should not be earlier than {before}: created, started, ended", values)
            yield Finding(Severity.WARNING, "time-order", message, path, before_raw, after_raw)


def _failed_steps(step: Node) -> Iterator[Finding]:
    for item in step.items():
        if item.name in LISTS:
            continue
        if item.text is None:
            yield from _failed_steps(item)
        elif _tells_failure(item.text.lower(), item.name, step.name):
            values = {"step": step.name, "name": item.name, "text": item.text}
            message = Message("{step} inside the job reports {name} {text}", values)
            yield Finding(Severity.WARNING, "embedded-failure", message, item.path, found=item.text)


def _tells_failure(text: str, name: str, step: str) -> bool:
    if name == "State":
        return text == "failed"
    if name in FAILURE_COUNTS:
        return parse_number(text) not in (None, 0)
    return name == "Code" and step.endswith(("Result", "Info")) and text not in GOOD_CODES
