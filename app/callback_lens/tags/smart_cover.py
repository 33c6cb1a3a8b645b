"""SmartCover: the best frames of a video as pictures."""

from dataclasses import replace

from callback_lens.blocks.model import Gallery, Picture, View
from callback_lens.blocks.outputs import OUTPUT_NODES, read_outputs
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.numbers import parse_int

TAG = "SmartCover"
COVER = "cover"


def view(job: Job) -> View:
    """The covers in order, at the aspect ratio asked for, and their number against Count."""
    outputs = read_outputs(job)
    written = [output for output in outputs if output.produced]
    covers = [replace(output, role=COVER, index=index) for index, output in enumerate(written)]
    gallery = Gallery(
        "covers",
        Message("Covers"),
        tuple(Picture(cover.object, index, cover.path) for index, cover in enumerate(covers)),
        parse_int(job.node.text_at("Operation.SmartCover.Width")),
        parse_int(job.node.text_at("Operation.SmartCover.Height")),
        job.node.text_at("Operation.Output.Object"),
    )
    not_written = [replace(output, role=COVER) for output in outputs if not output.produced]
    return View(
        (*covers, *not_written),
        blocks=(gallery,),
        findings=_count_findings(job, len(covers)),
        covered=OUTPUT_NODES,
    )


def _count_findings(job: Job, written: int) -> tuple[Finding, ...]:
    count = job.node.first("Operation.SmartCover.Count")
    if count is None or count.text is None or not job.is_success:
        return ()
    if parse_int(count.text) is None:
        message = Message("{text} is not a number of covers", {"text": count.text})
        return (Finding(Severity.WARNING, "bad-number", message, count.path, found=count.text),)
    if parse_int(count.text) == written:
        return ()
    message = Message("covers asked for: {count}, written: {written}", {"count": count.text, "written": written})
    return (Finding(Severity.WARNING, "count-mismatch", message, count.path, count.text, str(written)),)
