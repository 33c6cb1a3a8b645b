"""A job as every Tag reports it: identity, outcome, times, input, workflow, template."""

from collections.abc import Iterator
from dataclasses import dataclass

from callback_lens.payload.nodes import Node
from callback_lens.payload.objects import CosObject
from callback_lens.payload.times import Timestamp, milliseconds_between, parse_time

RESULT = "Result"
# Nodes under Operation that end in Result and belong to every Tag.
SHARED_RESULTS = frozenset(("MediaResult", "Result"))
# A scene's hit flag, from best to worst: normal, suspected, violating.
HIT_FLAGS = "021"


@dataclass(frozen=True, slots=True)
class JobInput:
    """What the job was given: an object or an address, and the headers of the upload that started a workflow."""

    object: CosObject
    url: str | None
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class JobWorkflow:
    """The workflow a job ran in; ``node`` is the name of its step there."""

    run_id: str | None
    workflow_id: str | None
    workflow_name: str | None
    node: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """The preset a job used."""

    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a moderation decided: ``result`` and ``suggestion`` 0 normal, 1 violating, 2 suspected (as written)."""

    result: str | None
    suggestion: str | None
    label: str | None
    sub_label: str | None
    score: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """One job of a payload. Texts are as written; None where the payload has nothing."""

    node: Node
    job_id: str | None
    tag: str | None
    sub_tag: str | None
    state: str | None
    code: str | None
    message: str | None
    created: Timestamp | None
    started: Timestamp | None
    ended: Timestamp | None
    input: JobInput | None
    workflow: JobWorkflow | None
    template: Template | None
    queue_id: str | None
    user_data: str | None
    verdict: Verdict | None

    @property
    def path(self) -> str:
        """Where the job stands in the payload."""
        return self.node.path

    @property
    def trigger(self) -> str:
        """``workflow`` for a job that a workflow started, otherwise ``api``."""
        return "workflow" if self.workflow else "api"

    @property
    def queue_ms(self) -> int | None:
        """Time between submission and start, ms."""
        return milliseconds_between(self.created, self.started)

    @property
    def run_ms(self) -> int | None:
        """Time between start and end, ms."""
        return milliseconds_between(self.started, self.ended)

    @property
    def is_failed(self) -> bool:
        """True where the job itself failed (steps inside a successful job may have failed too)."""
        return (self.state or "").lower() == "failed"

    @property
    def is_success(self) -> bool:
        """True where the payload says so."""
        return (self.state or "").lower() == "success"


def read_job(node: Node) -> Job:
    """The job in a ``JobsDetail`` node, XML or JSON."""
    text = node.text_at
    operation = node.first("Operation")
    return Job(
        node=node,
        job_id=text("JobId"),
        tag=text("Tag") or text("Operation.Tag") or _tag_of_operation(operation),
        sub_tag=text("SubTag"),
        state=text("State"),
        code=text("Code"),
        message=text("Message"),
        created=parse_time(text("CreationTime")),
        started=parse_time(text("StartTime")),
        ended=parse_time(text("EndTime")),
        input=_input(node),
        workflow=_workflow(node.first("Workflow")),
        template=_template(operation),
        queue_id=text("QueueId"),
        user_data=operation.text_at("UserData") if operation else None,
        verdict=_verdict(node),
    )


def _tag_of_operation(operation: Node | None) -> str | None:
    """The Tag where the payload leaves it out (WordsGeneralize samples do): from a node called ``<Tag>Result``."""
    names = [item.name for item in operation.items() if not item.is_empty] if operation else []
    tags = [name.removesuffix(RESULT) for name in names if name.endswith(RESULT) and name not in SHARED_RESULTS]
    return next((tag for tag in tags if tag in names), tags[0] if tags else None)


def _input(job: Node) -> JobInput | None:
    node = job.first("Input") or job.first("Operation.Input") or job  # moderation has its object at the job
    if node is job and not (job.first("Object") or job.first("Url")):
        return None
    bucket = node.text_at("BucketId") or node.text_at("Bucket")
    cos_object = CosObject(bucket, node.text_at("Region"), node.text_at("Object"))
    return JobInput(cos_object, node.text_at("Url") or cos_object.url, tuple(cos_headers(node)))


def cos_headers(node: Node) -> Iterator[tuple[str, str]]:
    """The headers in ``CosHeaders``: a list of Key and Value (jobs) or a map (moderation)."""
    for headers in node.all("CosHeaders"):
        key = headers.text_at("Key")
        if key is not None:
            yield key, headers.text_at("Value") or ""
        else:
            yield from _header_map(headers)


def _header_map(headers: Node) -> Iterator[tuple[str, str]]:
    return ((item.name, item.text or "") for item in headers.items() if not item.is_empty)


def _workflow(node: Node | None) -> JobWorkflow | None:
    if node is None:
        return None
    text = node.text_at
    return JobWorkflow(text("RunId"), text("WorkflowId"), text("WorkflowName"), text("Name"))


def _template(operation: Node | None) -> Template | None:
    if operation is None:
        return None
    template = Template(operation.text_at("TemplateId"), operation.text_at("TemplateName"))
    return template if template.id or template.name else None


def _verdict(job: Node) -> Verdict | None:
    text = job.text_at
    verdict = Verdict(text("Result"), text("Suggestion"), text("Label"), text("SubLabel"), text("Score"))
    return verdict if verdict.result or verdict.suggestion or verdict.label else None


def read_simple_job(payload: Node, data: Node) -> Job:
    """The job of a moderation callback in its Simple form (lower-case names, the JobId is ``trace_id``)."""
    text = data.text_at
    return Job(
        node=data,
        job_id=text("trace_id"),
        tag=text("event"),
        sub_tag=None,
        state=None,
        code=payload.text_at("code"),
        message=payload.text_at("message"),
        created=None,
        started=None,
        ended=None,
        input=_simple_input(data),
        workflow=None,
        template=None,
        queue_id=None,
        user_data=text("data_id"),
        verdict=_simple_verdict(data),
    )


def _simple_input(data: Node) -> JobInput | None:
    url = data.text_at("url")
    headers = data.first("cos_headers")
    pairs = tuple(_header_map(headers)) if headers else ()
    return JobInput(CosObject(None, None, None), url, pairs) if url or pairs else None


def _simple_verdict(data: Node) -> Verdict | None:
    """The verdict; label and score are those of the scene that was hit worst."""
    scenes = [item for item in data.items() if item.name.endswith("_info")]
    worst = max(scenes, key=lambda scene: HIT_FLAGS.find(scene.text_at("hit_flag") or " "), default=data)
    verdict = Verdict(data.text_at("result"), None, worst.text_at("label"), None, worst.text_at("score"))
    return verdict if verdict.result or verdict.label else None
