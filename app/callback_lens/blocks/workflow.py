"""Blocks of a workflow run."""

from collections.abc import Iterator

from callback_lens.blocks.fields import fields_below, named_below
from callback_lens.blocks.model import Block, Fields, Row, State, Table
from callback_lens.errors import Message
from callback_lens.payload.envelope import Task, WorkflowRun

STEPS = "Tasks"
STEP_NODES = ("Type", "State", "JobId", "Name", "CreateTime", "Createtime", "CreationTime", "StartTime", "EndTime")
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
    """The run's own fields, a table of its steps, and what else the payload says of them."""
    yield Fields("workflow-run", Message("Workflow run"), tuple(fields_below(run.node, (STEPS,))))
    if run.tasks:
        yield Table("steps", Message("Steps"), STEP_COLUMNS, tuple(map(_row, run.tasks)))
        rest = (field for task in run.tasks for field in fields_below(task.node, STEP_NODES))
        if fields := tuple(named_below(run.node, rest)):
            yield Fields("steps-rest", Message("More about the steps"), fields)


def _row(task: Task) -> Row:
    times = (time.raw if time else None for time in (task.created, task.started, task.ended))
    state = State(task.state) if task.state else None
    return Row((task.type, state, task.job_id, task.name, *times), task.node.path)
