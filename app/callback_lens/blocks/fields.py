"""Blocks of plain fields that any job has: itself, its input, its workflow, its settings, and all the rest."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from callback_lens.blocks.model import Field, Fields
from callback_lens.errors import Message
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node

JOB_NODES = (
    "JobId",
    "Tag",
    "SubTag",
    "State",
    "Code",
    "Message",
    "Progress",
    "CreationTime",
    "StartTime",
    "EndTime",
    "QueueId",
    "QueueType",
    "Operation.JobLevel",
    "Operation.UserData",
    "Operation.TemplateId",
    "Operation.TemplateName",
    *("event", "trace_id"),  # in lower case: the Simple form of moderation
)
VERDICT_NODES = (
    *("Label", "Category", "SubLabel", "Score", "Result", "Suggestion", "ForbidState", "DataId"),
    *("result", "forbidden_status", "data_id"),
)
INPUT_NODES = (
    *("Input", "Operation.Input", "Url", "Object", "BucketId", "Region", "CosHeaders"),
    *("url", "cos_headers"),
)
EVENT = "EventName"
WORKFLOW_NODES = ("Workflow",)
COMMON_NODES = frozenset((*JOB_NODES, *VERDICT_NODES, *INPUT_NODES, *WORKFLOW_NODES))


def common_blocks(job: Job) -> Iterator[Fields]:
    """The fields that belong to no Tag; a block without a field is left out."""
    for id_, title, paths in (
        ("verdict", Message("Verdict"), VERDICT_NODES),
        ("job", Message("Job"), JOB_NODES),
        ("input", Message("Input"), INPUT_NODES),
        ("workflow", Message("Workflow"), WORKFLOW_NODES),
    ):
        fields = tuple(field for path in paths for node in job.node.all(path) for field in fields_below(node))
        if fields:
            yield Fields(id_, title, fields)


def settings_block(job: Job) -> Fields | None:
    """The rules of the job, which CI echoes under ``Operation.<Tag>`` or ``<Tag>Config``; names are relative."""
    nodes = [node for path in settings_nodes(job) for node in job.node.all(path)]
    fields = tuple(field for node in nodes for field in named_below(node, fields_below(node)))
    return Fields("settings", Message("Settings"), fields) if fields else None


def settings_nodes(job: Job) -> tuple[str, ...]:
    """Where below the job its rules are echoed; what a MediaInfo job has under its Tag is its result."""
    return () if job.tag == "MediaInfo" else (f"Operation.{job.tag}", f"Operation.{job.tag}Config")


def rest_block(job: Job, covered: Iterable[str]) -> Fields | None:
    """Every scalar of the job that stands neither at a ``covered`` path nor in a block of ``common_blocks``.

    Names are relative to the job.
    """
    fields = tuple(named_below(job.node, fields_below(job.node, COMMON_NODES.union(covered))))
    return Fields("rest", Message("Other nodes"), fields) if fields else None


def beside_block(payload: Node, reported: Iterable[Node]) -> Fields | None:
    """Every scalar of a payload beside its event and the nodes that are ``reported`` as jobs or a workflow run."""
    covered = {EVENT, *(node.name for node in reported)}
    fields = tuple(named_below(payload, fields_below(payload, covered)))
    return Fields("payload", Message("Payload"), fields) if fields else None


def named_below(top: Node, fields: Iterable[Field]) -> Iterator[Field]:
    """The fields, each named by its path below ``top``."""
    for field in fields:
        name = field.path.removeprefix(top.path).removeprefix(".")
        yield replace(field, name=name or field.name)


def fields_below(node: Node, covered: Collection[str] = (), path: str = "") -> Iterator[Field]:
    """The fields of ``node`` and of everything below it, without the nodes at ``covered`` paths (names only)."""
    if node.text is not None:
        yield Field(node.name, node.text, node.path)
        return
    key, value = node.first("Key"), node.first("Value")
    if key is not None and value is not None:  # a header: its name is what names it
        yield Field(key.text or "", value.text or "", value.path)
        return
    for item in node.items():
        below = f"{path}.{item.name}" if path else item.name
        if below not in covered:
            yield from fields_below(item, covered, below)
