"""Blocks of a workflow run."""

from collections.abc import Iterator

from callback_lens.blocks.fields import fields_below
from callback_lens.blocks.model import Block, Fields, Row, Table
from callback_lens.errors import Message
from callback_lens.payload.envelope import Task, WorkflowRun

STEPS = "Tasks"
STEP_COLUMNS = (
    Message("Type"),
    Message("State"),
    Message("Job ID"),
    Message("Node"),
    Message("Created"),
    Message("Started"),
    Message("Ended"),
)


def workflow_blocks(run: WorkflowRun) -> Iterator[Block]:
    """The run's own fields, and a table of its steps."""
    yield Fields("workflow-run", Message("Workflow run"), tuple(fields_below(run.node, (STEPS,))))
    if run.tasks:
        yield Table("steps", Message("Steps"), STEP_COLUMNS, tuple(map(_row, run.tasks)))


def _row(task: Task) -> Row:
    times = (time.raw if time else None for time in (task.created, task.started, task.ended))
    return Row((task.type, task.state, task.job_id, task.name, *times), task.node.path)
