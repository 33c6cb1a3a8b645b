"""``show``: what happened, as text for a person; findings first, then the blocks."""

from collections.abc import Iterator, Mapping, Sequence

from callback_lens.blocks.model import (
    Block,
    Field,
    Fields,
    Gallery,
    Media,
    Notice,
    Row,
    Stream,
    Table,
    Text,
    TranscriptBlock,
)
from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.export.layout import columns, glance, one_line
from callback_lens.export.transcript_text import transcript_lines
from callback_lens.payload.envelope import Family
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.masking import masked
from callback_lens.payload.units import duration, readable
from callback_lens.tags import Summary

FAMILIES = {
    Family.JOB: Message("job callback"),
    Family.WORKFLOW: Message("workflow callback"),
    Family.MODERATION_DETAIL: Message("moderation callback (Detail)"),
    Family.MODERATION_SIMPLE: Message("moderation callback (Simple)"),
    Family.API_RESPONSE: Message("API response, not a callback"),
    Family.UNKNOWN: Message("not a CI callback"),
}
SEVERITIES = {
    Severity.ERROR: Message("error"),
    Severity.WARNING: Message("warning"),
    Severity.INFO: Message("info"),
}
# What a moderation's Result and Suggestion mean, by Tencent's documentation.
VERDICTS = {"0": Message("normal"), "1": Message("violating"), "2": Message("suspected")}
EMPTY = "-"
SEPARATOR = " · "


def summary_text(summary: Summary, language: Language) -> Iterator[str]:
    """The lines about one payload."""
    yield _title(summary, language)
    yield from _finding_lines(summary.findings, language)
    for block in summary.blocks:
        yield from block_lines(block, language)
    for job, view in zip(summary.envelope.jobs, summary.views, strict=True):
        yield ""
        yield _job_title(job, language)
        yield from _finding_lines(view.findings, language)
        for block in view.blocks:
            yield from block_lines(block, language)


def _title(summary: Summary, language: Language) -> str:
    source, event = summary.document.source, summary.envelope.event
    name = one_line(source.file if source.member is None else f"{source.file}!{source.member}")
    place = f"{name} [{source.index}]" if source.index else name
    family = language.words(FAMILIES[summary.envelope.family])
    parts = (place, family, glance(event or ""), f"{source.format.upper()}, {source.encoding}")
    return SEPARATOR.join(filter(None, parts))


def _job_title(job: Job, language: Language) -> str:
    parts = [glance(part) for part in (job.tag, job.state, _verdict(job, language), job.job_id) if part]
    if job.queue_ms is not None:
        parts.append(language.words(Message("queued {time}", {"time": duration(job.queue_ms)})))
    if job.run_ms is not None:
        parts.append(language.words(Message("ran {time}", {"time": duration(job.run_ms)})))
    return SEPARATOR.join(parts or [job.path])


def _verdict(job: Job, language: Language) -> str | None:
    verdict = job.verdict and VERDICTS.get(job.verdict.result or job.verdict.suggestion or "")
    return language.words(verdict) if verdict else None


def _finding_lines(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    for finding in findings:
        message = glance(_masked("", language.words(finding.message), language))
        line = Message("{severity}: {message}", {"severity": SEVERITIES[finding.severity], "message": message})
        yield f"  {language.words(line)} [{finding.code}]"
        if finding.path:
            yield f"    {glance(finding.path)}"


def block_lines(block: Block, language: Language) -> Iterator[str]:
    """The lines of one block: an empty one, its title, its content."""
    yield ""
    yield language.words(block.title)
    match block:
        case Fields():
            yield from _fields(block.fields, language)
        case Table():
            titles = [language.words(column) for column in block.columns]
            yield from columns([titles, *(_cells(row, language) for row in block.rows)])
        case Text():
            yield from (f"  {one_line(line)}" for line in block.text.splitlines())
        case Gallery():
            yield from _gallery(block, language)
        case Media():
            yield from _media(block, language)
        case TranscriptBlock():
            yield from transcript_lines(block, language.words)
        case Notice():
            yield f"  {one_line(language.words(block.message))}"


def _fields(fields: Sequence[Field], language: Language) -> list[str]:
    return columns([(*_label(field, language), _value(field, language)) for field in fields])


def _label(field: Field, language: Language) -> tuple[str, ...]:
    """The node's name, and beside it in other languages than its own what it is called there."""
    name = glance(field.name)
    if language.name == "en":
        return (name,)
    note = language.notes.note(field.path, language.name)
    is_header = not field.path.endswith(field.name)  # its name is not a node's, but stands in the payload
    return (name, note.term if note and not is_header else "")


def _value(field: Field, language: Language) -> str:
    node = field.path.rpartition(".")[2].partition("[")[0]
    text = glance(_masked(node, field.text, language))
    said = readable(field.text, field.unit or language.notes.unit(field.path))
    return f"{said} ({text})" if said else text


def _masked(name: str, text: str, language: Language) -> str:
    return masked(name, text) if language.hides_secrets else text


def _cells(row: Row, language: Language) -> list[str]:
    return [
        EMPTY if cell is None else glance(language.words(cell) if isinstance(cell, Message) else cell)
        for cell in row.cells
    ]


def _gallery(gallery: Gallery, language: Language) -> Iterator[str]:
    """What was asked for, then a line for each picture."""
    asked = []
    if gallery.width and gallery.height:
        asked.append((language.words(Message("Width × height")), f"{gallery.width} × {gallery.height}"))
    if gallery.template:
        asked.append((language.words(Message("Requested key")), glance(gallery.template)))
    yield from columns(asked)
    objects = [(str(picture.index), picture.object) for picture in gallery.pictures]
    cells = [(number, cos.key or EMPTY, cos.region or EMPTY, cos.cos_uri or EMPTY) for number, cos in objects]
    yield from columns([list(map(glance, row)) for row in cells])


def _stream_title(stream: Stream, fields: Mapping[str, Field]) -> str:
    title = glance(f"{stream.type} {stream.index or ''}".strip())
    if "Width" not in fields or "Height" not in fields:
        return title
    return f"{title}: {glance(fields['Width'].text)} × {glance(fields['Height'].text)}"


def _media(media: Media, language: Language) -> Iterator[str]:
    """The container's fields, then a table: a column for each stream, a line for each field any of them has."""
    if media.format:
        yield from _fields(media.format, language)
    if not media.streams:
        return
    by_name = [{field.name: field for field in stream.fields} for stream in media.streams]
    titles = [_stream_title(stream, fields) for stream, fields in zip(media.streams, by_name, strict=True)]
    first = {field.name: field for fields in reversed(by_name) for field in fields.values()}
    names = dict.fromkeys(name for fields in by_name for name in fields)
    rows = [["", *([""] if language.name != "en" else []), *titles]]
    for name in names:
        row = [_value(fields[name], language) if name in fields else EMPTY for fields in by_name]
        rows.append([*_label(first[name], language), *row])
    yield from columns(rows)
