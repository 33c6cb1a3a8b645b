"""The files of a job: what ``Operation.Output`` asks for against what the results list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from callback_lens.blocks.model import Output, Row, Table
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node
from callback_lens.payload.numbers import parse_int
from callback_lens.payload.objects import CosObject, same_key

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
# Nodes of an <Tag>Result that name a file the job wrote.
RESULT_ROLES = {"ObjectName": "output", "DetailObjectName": "detail"}
TEMPLATE_PLACE = re.compile(r"\\\$\\\{[^{}]*\\\}")


def read_outputs(job: Job) -> tuple[Output, ...]:
    """The job's files: requested ones in the order of the request, then those nobody asked for.

    Produced files of a template request (``${Number}``) stand in its place. The real key is ObjectPrefix followed
    by ObjectName; Md5Info names the real key (documented samples).
    """
    operation = job.node.first("Operation")
    if operation is None:
        return ()
    produced = [*_produced(operation), *_result_files(operation)]
    outputs: list[Output] = []
    for request in _requested(operation):
        files = [file for file in produced if _answers(file, request)]
        produced = [file for file in produced if file not in files]
        outputs += [_joined(request, file) for file in files] or [request]
    return (*outputs, *produced)


def _requested(operation: Node) -> Iterator[Output]:
    for node in operation.all("Output"):
        bucket, region = node.text_at("Bucket"), node.text_at("Region")
        separated = node.first("AuObject") is not None
        for name, role in REQUEST_ROLES.items():
            for key in node.all(name):
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
    sums = [(info.text_at("ObjectName"), info.text_at("Md5")) for info in node.all("Md5Info")]
    for name in node.all("ObjectName"):
        key = prefix + (name.text or "")
        md5 = next((md5 for named, md5 in sums if same_key(named, key)), None)
        yield Output(CosObject(bucket, region, key), role, name.path, md5=md5, produced=True)


def _result_files(operation: Node) -> Iterator[Output]:
    bucket, region = operation.text_at("Output.Bucket"), operation.text_at("Output.Region")
    for result in operation.items():
        if result.name.endswith("Result") and result.name != "MediaResult":
            for name, role in RESULT_ROLES.items():
                for node in result.named(name):
                    yield Output(CosObject(bucket, region, node.text), role, node.path, produced=True)


def _answers(file: Output, request: Output) -> bool:
    if request.role == "sprite" and file.role != "sprite":
        return False
    if not request.object.is_template:
        return same_key(file.object.key, request.object.key)
    pattern = TEMPLATE_PLACE.sub(".*", re.escape((request.object.key or "").removeprefix("/")))
    return re.fullmatch(pattern, (file.object.key or "").removeprefix("/"), re.DOTALL) is not None


def _joined(request: Output, file: Output) -> Output:
    role = request.role if file.role == "output" else file.role
    return replace(file, role=role, index=request.index, requested=True)


def outputs_block(outputs: Sequence[Output]) -> Table:
    """A table of the files: role, key, whether the payload lists it as written, MD5, ``cos://`` address."""
    columns = (Message("Role"), Message("Key"), Message("Written"), Message("MD5"), Message("COS address"))
    return Table("outputs", Message("Output files"), columns, tuple(map(_row, outputs)))


def _row(output: Output) -> Row:
    written = Message("yes") if output.produced else Message("not listed")
    return Row((ROLES[output.role], output.object.key, written, output.md5, output.object.cos_uri), output.path)


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
    elif others_listed:
        message = Message("{key} was asked for, but is not among the files written", {"key": key})
        yield Finding(Severity.WARNING, "output-missing", message, output.path, expected=key)


def _without_md5(listed: list[Output]) -> Iterator[Finding]:
    if any(output.md5 for output in listed):
        for output in listed:
            if output.md5 is None:
                message = Message("{key} has no MD5, others of this job have one", {"key": output.object.key})
                yield Finding(Severity.INFO, "md5-missing", message, output.path)
