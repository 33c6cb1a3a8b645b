"""What kind of callback a payload is, and the jobs or the workflow run it reports."""

from dataclasses import dataclass, replace
from enum import StrEnum

from callback_lens.payload.jobs import Job, read_job, read_simple_job
from callback_lens.payload.nodes import Node
from callback_lens.payload.objects import CosObject
from callback_lens.payload.times import Timestamp, parse_time

JOB_EVENT = "TaskFinish"
MODERATION_EVENT = "Review"
# Nodes of which the Simple form of a moderation callback has at least one under data.
SIMPLE_NODES = ("trace_id", "event", "result", "forbidden_status")
# Root nodes that API responses have and callbacks have not.
RESPONSE_ONLY = ("RequestId", "NextToken", "NonExistJobIds", "WorkflowExecutionList")
ENDED = frozenset(("success", "failed"))


class Family(StrEnum):
    """The kinds of payload, told apart by root nodes (four by Tencent's documentation, and what users paste too)."""

    JOB = "job"
    WORKFLOW = "workflow"
    MODERATION_DETAIL = "moderation-detail"
    MODERATION_SIMPLE = "moderation-simple"
    API_RESPONSE = "api-response"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Task:
    """One step of a workflow run."""

    node: Node
    type: str | None
    name: str | None
    state: str | None
    job_id: str | None
    created: Timestamp | None
    started: Timestamp | None
    ended: Timestamp | None


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """One run of a workflow, with its steps in the order of the payload."""

    node: Node
    run_id: str | None
    workflow_id: str | None
    name: str | None
    state: str | None
    object: CosObject
    created: Timestamp | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a payload reports; ``workflow_run`` is None and ``jobs`` has something, or the other way round."""

    family: Family
    event: str | None
    request_id: str | None
    workflow_run: WorkflowRun | None
    jobs: tuple[Job, ...]


def read_envelope(payload: Node) -> Envelope:
    """The envelope of a payload of any family; an unknown one has neither jobs nor a workflow run."""
    event = payload.text_at("EventName")
    jobs = tuple(read_job(node) for node in payload.all("JobsDetail"))
    family = _family(payload, event, jobs)
    run = payload.first("WorkflowExecution") if family in (Family.WORKFLOW, Family.API_RESPONSE) else None
    if family is Family.MODERATION_SIMPLE:
        data = payload.first("data")
        jobs = (read_simple_job(payload, data),) if data else ()
        event = jobs[0].tag if jobs else None
    elif family is Family.MODERATION_DETAIL:
        jobs = tuple(replace(job, tag=event) for job in jobs)
    elif family is Family.WORKFLOW:
        jobs = ()
    return Envelope(family, event, payload.text_at("RequestId"), _run(run) if run else None, jobs)


def _family(payload: Node, event: str | None, jobs: tuple[Job, ...]) -> Family:
    has_run = payload.first("WorkflowExecution") is not None
    if event is not None:
        moderation = event.startswith(MODERATION_EVENT) and jobs
        return Family.MODERATION_DETAIL if moderation else _by_content(has_run and event != JOB_EVENT, jobs)
    if payload.text_at("code") is not None and any(payload.first(f"data.{name}") for name in SIMPLE_NODES):
        return Family.MODERATION_SIMPLE
    if any(payload.first(name) for name in RESPONSE_ONLY) or _is_answer(jobs):
        return Family.API_RESPONSE
    return _by_content(has_run, jobs)


def _by_content(has_run: bool, jobs: tuple[Job, ...]) -> Family:
    return Family.WORKFLOW if has_run else Family.JOB if jobs else Family.UNKNOWN


def _is_answer(jobs: tuple[Job, ...]) -> bool:
    """Whether jobs without an EventName come from the API: callbacks report one job, and that has ended."""
    return len(jobs) > 1 or any(job.state and job.state.lower() not in ENDED for job in jobs)


def _run(node: Node) -> WorkflowRun:
    text = node.text_at
    return WorkflowRun(
        node=node,
        run_id=text("RunId"),
        workflow_id=text("WorkflowId"),
        name=text("WorkflowName"),
        state=text("State"),
        object=CosObject(text("BucketId"), text("Region"), text("Object")),
        created=parse_time(text("CreateTime")),
        tasks=tuple(_task(task) for task in node.all("Tasks")),
    )


def _task(node: Node) -> Task:
    text = node.text_at
    return Task(
        node=node,
        type=text("Type"),
        name=text("Name"),
        state=text("State"),
        job_id=text("JobId"),
        created=parse_time(text("CreateTime") or text("Createtime") or text("CreationTime")),
        started=parse_time(text("StartTime")),
        ended=parse_time(text("EndTime")),
    )
