"""StreamExtract: streams taken out of a media file, each into a file of its own."""

from callback_lens.blocks.model import Output, Row, Table, View
from callback_lens.blocks.outputs import read_outputs
from callback_lens.errors import Message
from callback_lens.payload.jobs import Job

TAG = "StreamExtract"
COLUMNS = (
    Message("Stream"),
    Message("Requested key"),
    Message("Written"),
    Message("MD5"),
    Message("COS address"),
)


def view(job: Job) -> View:
    """For each stream: its number in the source, the key asked for, whether it was written, its MD5."""
    outputs = read_outputs(job)
    table = Table("streams", Message("Streams"), COLUMNS, tuple(map(_row, outputs)))
    return View(outputs, blocks=(table,), covered=("Operation.Output", "Operation.MediaResult"))


def _row(output: Output) -> Row:
    index = None if output.index is None else str(output.index)
    key = output.object.key if output.requested else Message("{key} (not requested)", {"key": output.object.key})
    written = Message("yes") if output.produced else Message("no")
    return Row((index, key, written, output.md5, output.object.cos_uri), output.path)
