"""The files of a job: what ``Operation.Output`` asks for against what the results list."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from callback_lens.blocks.model import Output, Row, Table
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node
from callback_lens.payload.numbers import parse_int
from callback_lens.payload.objects import PLACEHOLDER, CosObject, bare_key

# Nodes of Operation.Output that hold a key, and the role of that file (Tencent's documentation).
REQUEST_ROLES = {
    "AuObject": "voice",
    "Object": "output",
    "SpriteObject": "sprite",
    "BassObject": "bass",
    "DrumObject": "drum",
}
BACKGROUND = "background"
ROLES = {
    "output": Message("output"),
    "stream": Message("stream"),
    "sprite": Message("sprite sheet"),
    "voice": Message("voice"),
    BACKGROUND: Message("background"),
    "bass": Message("bass"),
    "drum": Message("drums"),
    "detail": Message("details"),
}
FILE_NODES = ("Bucket", "Region", "ObjectPrefix", "ObjectName", "Md5Info.ObjectName", "Md5Info.Md5")
# What the table of the files tells, as paths below the job.
OUTPUT_NODES = (
    *(f"Operation.Output.{name}" for name in ("Bucket", "Region", *REQUEST_ROLES)),
    *(f"Operation.Output.StreamExtract.{name}" for name in ("Index", "Output", "Object")),
    *(f"Operation.MediaResult.OutputFile.{name}" for name in FILE_NODES),
    *(f"Operation.MediaResult.OutputFile.SpriteOutputFile.{name}" for name in FILE_NODES),
)
# Nodes of an <Tag>Result that name a file the job wrote.
RESULT_ROLES = {"ObjectName": "output", "DetailObjectName": "detail"}
TEMPLATE_PLACE = re.compile(r"\$\{[^{}]*\}")
# Every file is held against every template; documented jobs have two at most.
MOST_TEMPLATES = 100


def read_outputs(job: Job) -> tuple[Output, ...]:
    """The job's files: requested ones in the order of the request, then those nobody asked for.

    Produced files of a template request (``${Number}``) stand in its place. The real key is ObjectPrefix followed
    by ObjectName; Md5Info names the real key (documented samples).
    """
    operation = job.node.first("Operation")
    if operation is None:
        return ()
    requests = list(_requested(operation))
    answers: dict[int | None, list[Output]] = defaultdict(list)
    request_of = _finder(requests)
    for file in (*_produced(operation), *_result_files(operation)):
        answers[request_of(file)].append(file)
    outputs: list[Output] = []
    for place, request in enumerate(requests):
        outputs += [_joined(request, file) for file in answers[place]] or [request]
    return (*outputs, *answers[None])


def _finder(requests: Sequence[Output]) -> Callable[[Output], int | None]:
    """Which of ``requests`` a file answers: the one for its key, else the first template that it fits."""
    plain: dict[tuple[bool, str], int] = {}
    templates: list[tuple[bool, str, int]] = []
    for place, request in enumerate(requests):
        is_sprite, key = _answerable(request)
        if not request.object.is_template:
            plain.setdefault((is_sprite, key), place)
        elif len(templates) < MOST_TEMPLATES:
            templates.append((is_sprite, key, place))

    def request_of(file: Output) -> int | None:
        is_sprite, key = _answerable(file)
        fitting = (place for sprites, template, place in templates if sprites is is_sprite and _fits(key, template))
        place = plain.get((is_sprite, key))
        return next(fitting, None) if place is None else place

    return request_of


def _answerable(output: Output) -> tuple[bool, str]:
    """What a request and the file that answers it have in common."""
    return output.role == "sprite", bare_key(output.object.key or "")


def _fits(key: str, template: str) -> bool:
    """Whether ``key`` is ``template`` with a text in each place; a regular expression would try all ways to do that."""
    first, *parts = TEMPLATE_PLACE.split(template)
    if not parts:
        return key == template
    *middle, last = parts
    at, end = len(first), len(key) - len(last)
    for part in middle:
        found = key.find(part, at, max(end, 0))
        at = found + len(part) if found >= 0 else len(key) + 1
    return at <= end and key.startswith(first) and key.endswith(last)


def _requested(operation: Node) -> Iterator[Output]:
    for node in operation.all("Output"):
        bucket, region = node.text_at("Bucket"), node.text_at("Region")
        separated = node.first("AuObject") is not None
        for name, role in REQUEST_ROLES.items():
            for key in (key for key in node.all(name) if key.text):
                real_role = BACKGROUND if role == "output" and separated else role
                yield Output(CosObject(bucket, region, key.text), real_role, key.path, requested=True)
        for stream in node.all("StreamExtract"):
            wanted = stream.text_at("Output") or stream.text_at("Object")
            index = parse_int(stream.text_at("Index"))
            yield Output(CosObject(bucket, region, wanted), "stream", stream.path, index=index, requested=True)


def _produced(operation: Node) -> Iterator[Output]:
    for file in operation.all("MediaResult.OutputFile"):
        yield from _files(file, file, "output")
        for sprite in file.all("SpriteOutputFile"):
            yield from _files(sprite, file, "sprite")


def _files(node: Node, file: Node, role: str) -> Iterator[Output]:
    bucket = node.text_at("Bucket") or file.text_at("Bucket")
    region = node.text_at("Region") or file.text_at("Region")
    prefix = node.text_at("ObjectPrefix") or ""
    sums = {bare_key(info.text_at("ObjectName") or ""): info.text_at("Md5") for info in node.all("Md5Info")}
    for name in node.all("ObjectName"):
        if name.text:
            key = prefix + name.text
            md5 = sums.get(bare_key(key))
            yield Output(CosObject(bucket, region, key), role, name.path, md5=md5, produced=True)


def _result_files(operation: Node) -> Iterator[Output]:
    bucket, region = operation.text_at("Output.Bucket"), operation.text_at("Output.Region")
    for result in operation.items():
        if result.name.endswith("Result") and result.name != "MediaResult":
            for name, role in RESULT_ROLES.items():
                for node in (node for node in result.named(name) if node.text):
                    yield Output(CosObject(bucket, region, node.text), role, node.path, produced=True)


def _joined(request: Output, file: Output) -> Output:
    role = request.role if file.role == "output" else file.role
    return replace(file, role=role, index=request.index, requested=True)


def shown_nodes(job: Job) -> tuple[str, ...]:
    """The ``OUTPUT_NODES`` a table of the job's files tells in full: it has the files made from a template instead."""
    return tuple(path for path in OUTPUT_NODES if not any(PLACEHOLDER in text for text in job.node.texts_at(path)))


def outputs_block(outputs: Sequence[Output]) -> Table:
    """A table of the files: role, key, whether the payload lists it as written, MD5, where it is."""
    columns = (
        Message("Role"),
        Message("Key"),
        Message("Written"),
        Message("MD5"),
        Message("Region"),
        Message("COS address"),
    )
    return Table("outputs", Message("Output files"), columns, tuple(map(_row, outputs)))


def _row(output: Output) -> Row:
    cos, written = output.object, Message("yes") if output.produced else Message("not listed")
    return Row((ROLES[output.role], cos.key, written, output.md5, cos.region, cos.cos_uri), output.path, cos)


def check_outputs(outputs: Sequence[Output], job: Job) -> Iterator[Finding]:
    """What does not add up between request and result of a job that succeeded."""
    if not job.is_success:
        return
    listed = [output for output in outputs if output.produced]
    wanted = [output for output in outputs if output.requested]
    for output in outputs:
        if output.requested and not output.produced:
            yield from _missing(output, bool(listed))
        elif wanted and not output.requested and output.role != "detail":
            message = Message("{key} was written, but nobody asked for it", {"key": output.object.key})
            yield Finding(Severity.INFO, "output-unrequested", message, output.path, found=output.object.key)
    yield from _without_md5(listed)


def _missing(output: Output, others_listed: bool) -> Iterator[Finding]:
    key = output.object.key
    if output.object.is_template:
        message = Message("the key {key} is a template: the payload does not list the files made from it", {"key": key})
        yield Finding(Severity.INFO, "key-is-template", message, output.path, found=key)
    elif others_listed and key:
        message = Message("{key} was asked for, but is not among the files written", {"key": key})
        yield Finding(Severity.WARNING, "output-missing", message, output.path, expected=key)


def _without_md5(listed: list[Output]) -> Iterator[Finding]:
    if any(output.md5 for output in listed):
        for output in listed:
            if output.md5 is None:
                message = Message("{key} has no MD5, others of this job have one", {"key": output.object.key})
                yield Finding(Severity.INFO, "md5-missing", message, output.path)
