"""One module per job Tag: from a job to its blocks and findings."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from types import ModuleType

from callback_lens.blocks.checks import bounded, check_job, check_workflow
from callback_lens.blocks.fields import beside_block, common_blocks, rest_block, settings_block, settings_nodes
from callback_lens.blocks.media import MEDIA_NODES, check_media, read_media
from callback_lens.blocks.model import Block, Notice, Output, View
from callback_lens.blocks.outputs import OUTPUT_NODES, check_outputs, outputs_block, read_outputs, shown_nodes
from callback_lens.blocks.workflow import workflow_blocks
from callback_lens.errors import Message
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import Envelope, read_envelope
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.tags import smart_cover, speech_recognition, stream_extract
from callback_lens.transcript import TOLERANCE_MS

TAG_MODULES: tuple[ModuleType, ...] = (stream_extract, smart_cover, speech_recognition)
MODERATION = "Review"
# Tags of Tencent's documentation and SDKs; those without a module of their own get the generic view.
DOCUMENTED_TAGS = frozenset(
    (
        *("Animation", "Concat", "DNA", "DigitalWatermark", "DocProcess", "ExtractDigitalWatermark", "FileCompress"),
        *("FileHashCode", "FileUncompress", "FillConcat", "GeneratePlayList", "ImageInspect", "ImageOCR", "MediaInfo"),
        *("NoiseReduction", "PicProcess", "PosterProduction", "QualityEstimate", "SDRtoHDR", "Segment"),
        *("SegmentVideoBody", "SmartCover", "Snapshot", "SoundHound", "SpeechRecognition", "SplitVideoParts"),
        *("StreamExtract", "SuperResolution", "Transcode", "Translation", "Tts", "VideoEnhance", "VideoMontage"),
        *("VideoProcess", "VideoSynthesis", "VideoTag", "VideoTargetRec", "VocalScore", "VoiceSeparate", "Watermark"),
        "WordsGeneralize",
    )
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A payload understood: ``views`` belong to the envelope's jobs, ``blocks`` and ``findings`` to all of it."""

    document: Document
    envelope: Envelope
    views: tuple[View, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]


def summarize(document: Document, tolerance_ms: int = TOLERANCE_MS) -> Summary:
    """What ``document`` says. Nothing in a payload makes this raise.

    Times of a transcript may differ by ``tolerance_ms`` before they contradict each other.
    """
    envelope = read_envelope(document.payload)
    run = envelope.workflow_run
    beside = beside_block(document.payload, [job.node for job in envelope.jobs] + ([run.node] if run else []))
    return Summary(
        document,
        envelope,
        tuple(view_job(job, tolerance_ms) for job in envelope.jobs),
        (*(workflow_blocks(run) if run else ()), *([beside] if beside else [])),
        tuple(bounded(chain(document.findings, check_workflow(run) if run else ()))),
    )


def view_job(job: Job, tolerance_ms: int = TOLERANCE_MS) -> View:
    """All there is to say about ``job``: by the module of its Tag, or generically.

    A module that raises is contained: the generic view stays, with a notice; the bug goes to the log.
    """
    module = next((module for module in TAG_MODULES if job.tag == module.TAG), None)
    # The one Tag with times in it, so far.
    options = {"tolerance_ms": tolerance_ms} if module is speech_recognition else {}
    special = _contained(partial(module.view, **options), job) if module else View()
    return _contained(lambda job: _whole(job, special), job)


def _contained(view: Callable[[Job], View], job: Job) -> View:
    try:
        return view(job)
    except Exception as error:
        logging.getLogger(__name__).exception("The view of a %r job failed", job.tag)
        values = {"tag": job.tag or "-", "error": f"{type(error).__name__}: {error}"}
        message = Message("this part of Callback Lens failed on a {tag} job; the tree is complete: {error}", values)
        notice = Notice("failed", Message("Not shown"), Severity.ERROR, message)
        return View(blocks=(notice,), findings=(Finding(Severity.ERROR, "tag-module-failed", message, job.path),))


def _whole(job: Job, special: View) -> View:
    outputs = special.outputs or read_outputs(job)
    settings = settings_block(job)
    medias = [read_media(operation) for operation in job.node.all("Operation")]
    covered = (*special.covered, *shown_nodes(job), *MEDIA_NODES, *settings_nodes(job))
    blocks: tuple[Block | None, ...] = (
        *special.blocks,
        settings,
        outputs_block(outputs) if outputs and set(OUTPUT_NODES).isdisjoint(special.covered) else None,
        *medias,
        *common_blocks(job),
        rest_block(job, covered),
    )
    return View(
        outputs,
        {field.name: field.text for field in settings.fields} if settings else {},
        tuple(block for block in blocks if block is not None),
        (*bounded(_common_findings(job, outputs)), *special.findings),
        special.transcript,
    )


def _common_findings(job: Job, outputs: Sequence[Output]) -> Iterator[Finding]:
    """What may be wrong with a job of any Tag."""
    yield from _unknown_tag(job)
    yield from check_job(job)
    yield from check_outputs(outputs, job)
    for operation in job.node.all("Operation"):
        yield from check_media(operation)


def _unknown_tag(job: Job) -> list[Finding]:
    if job.tag is None or job.tag in DOCUMENTED_TAGS or job.tag.startswith(MODERATION):
        return []
    message = Message("{tag} is no Tag that Callback Lens knows: it is shown generically", {"tag": job.tag})
    return [Finding(Severity.INFO, "unknown-tag", message, job.path, found=job.tag)]
