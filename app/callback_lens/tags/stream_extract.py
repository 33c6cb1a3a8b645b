"""StreamExtract: streams taken out of a media file, each into a file of its own."""

from collections.abc import Iterator

from callback_lens.blocks.checks import bounded
from callback_lens.blocks.model import Output, Row, Table, View
from callback_lens.blocks.outputs import read_outputs, shown_nodes
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.numbers import parse_int

TAG = "StreamExtract"
COLUMNS = (
    Message("Stream"),
    Message("Requested key"),
    Message("Written"),
    Message("MD5"),
    Message("Region"),
    Message("COS address"),
)


def view(job: Job) -> View:
    """For each stream: its number in the source, the key asked for, whether it was written, its MD5 and where it is."""
    outputs = read_outputs(job)
    table = Table("streams", Message("Streams"), COLUMNS, tuple(map(_row, outputs)))
    return View(
        outputs,
        blocks=(table,) if outputs else (),
        findings=tuple(bounded(_bad_numbers(job))),
        covered=shown_nodes(job),
    )


def _row(output: Output) -> Row:
    cos, index = output.object, None if output.index is None else str(output.index)
    key = cos.key if output.requested else Message("{key} (not requested)", {"key": cos.key})
    written = Message("yes") if output.produced else Message("no")
    return Row((index, key, written, output.md5, cos.region, cos.cos_uri), output.path, cos)


def _bad_numbers(job: Job) -> Iterator[Finding]:
    for index in job.node.all("Operation.Output.StreamExtract.Index"):
        if parse_int(index.text) is None:
            message = Message("{text} is not a stream number", {"text": index.text})
            yield Finding(Severity.WARNING, "bad-number", message, index.path, found=index.text)
