"""What the list says of an entry or a capture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from callback_lens.errors import Message
from callback_lens.payload.units import byte_size, duration
from callback_lens.payload.unpack import visible
from callback_lens.ui.entries import Entry
from callback_lens.ui.states import look_of, state_words

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.export.language import Language
    from callback_lens.payload.jobs import Job
    from callback_lens.payload.times import Timestamp
    from callback_lens.store.model import Capture
    from callback_lens.tags import Summary

TRIGGERS = {"api": Message("API"), "workflow": Message("workflow")}
UNREADABLE = Message("unreadable")
NO_STATE = Message("no state")
REFUSED = Message("refused")
INCOMPLETE = Message("incomplete")
NOT_YET_READ = Message("being read")
NOT_READ = ("unreadable", "error")
Text = str | Message


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list, of an entry or of a capture; "" where it says nothing.

    ``more`` counts the jobs beyond the first; ``written_state`` is the state as the payload has it, ``look`` its icon
    and the meaning of its colour. Of a capture: ``remarks`` say what is special about it, ``lag_ms`` how long after its
    job ended it arrived, negative where the clocks differ.
    """

    entry: Entry | None
    time: "Timestamp | None"
    tag: str
    more: int
    state: Text
    written_state: str
    look: tuple[str, str]
    object: str
    job_id: str
    trigger: Text
    duration_ms: int | None
    size: int | None
    capture: "Capture | None" = None
    remarks: str = ""
    request: str = ""
    answer: str = ""
    lag_ms: int | None = None

    def has(self, text: str, say: Callable[[Text], str]) -> bool:
        """Whether ``text``, in any case, is in what the row says or in the name of its file."""
        words = (say(self.state), self.written_state, say(self.trigger))
        said = (self.tag, self.object, self.job_id, self.entry.name if self.entry else "", *words)
        return text.casefold() in "\n".join(said).casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """``text`` is what a cell says, ``key`` what the column is sorted by; ``widest`` a text it has room for."""

    id: str
    title: Message
    text: Callable[[Row], Text]
    key: Callable[[Row], object]
    widest: str
    is_number: bool = False


COLUMNS = (
    Column(
        "time",
        Message("Time"),
        lambda row: _short_time(row.time, bool(row.capture)),
        lambda row: _moment(row.time),
        "2025-04-18 09:12",
    ),
    Column(
        "tag",
        Message("Tag"),
        lambda row: row.tag + (f" (+{row.more})" if row.more else "") or name_of(row),
        lambda row: row.tag.casefold(),
        "SpeechRecognition",
    ),
    Column("state", Message("State"), lambda row: row.state, lambda row: str(row.state), "⊗    unreadable"),
    Column("remarks", Message("Remarks"), lambda row: row.remarks, lambda row: row.remarks, "delivery 2 of 3 · pinned"),
    Column(
        "object",
        Message("Object"),
        lambda row: row.object,
        lambda row: row.object.casefold(),
        "recordings/2025/call-0412.mp3",
    ),
    Column(
        "job-id", Message("Job id"), lambda row: row.job_id, lambda row: row.job_id, "s58ccb634149211ed84ce36cd66f2"
    ),
    Column("trigger", Message("Trigger"), lambda row: row.trigger, lambda row: str(row.trigger), "workflow "),
    Column(
        "duration",
        Message("Duration"),
        lambda row: "" if row.duration_ms is None else duration(row.duration_ms),
        lambda row: row.duration_ms or 0,
        "12:34.567",
        is_number=True,
    ),
    Column(
        "size",
        Message("Size"),
        lambda row: "" if row.size is None else byte_size(row.size),
        lambda row: row.size or 0,
        "1023 KiB",
        is_number=True,
    ),
    Column("request", Message("Request"), lambda row: row.request, lambda row: row.request, "POST /callback?token=***"),
    Column("answer", Message("Answer"), lambda row: row.answer, lambda row: row.answer, "Answer", is_number=True),
    Column(
        "lag",
        Message("Lag"),
        lambda row: "" if row.lag_ms is None else duration(row.lag_ms),
        lambda row: row.lag_ms or 0,
        "-12.345 s",
        is_number=True,
    ),
)


def name_of(row: Row) -> str:
    """What a row is called that has no tag: its file, or the request."""
    return file_name(row.entry) if row.entry else row.request


def row_of(entry: Entry) -> Row:
    """The row of ``entry``."""
    summary = entry.summary
    if summary is None:
        size = len(entry.given.content) if entry.given else None
        return Row(entry, None, "", 0, UNREADABLE, "", NOT_READ, file_name(entry), "", "", None, size)
    if summary.envelope.jobs:
        return _of_job(entry, summary, summary.envelope.jobs[0])
    return _of_workflow(entry, summary)


def row_of_capture(capture: "Capture", language: "Language") -> Row:
    """The row of ``capture``; its token masked if the language hides secrets."""
    from callback_lens.capture.describing import clock_time, remarks, shown_target
    from callback_lens.payload.times import Timestamp
    from callback_lens.store.model import Facts, moment

    facts = capture.facts or Facts()
    arrived = Timestamp(clock_time(capture.arrived), moment(capture.arrived).astimezone())
    return Row(
        None,
        arrived,
        visible(facts.tag or facts.event or ""),
        0,
        *_capture_state(capture),
        visible(facts.object or ""),
        visible(facts.job_id or ""),
        TRIGGERS["workflow"] if facts.family == "workflow" else "",
        _milliseconds(facts.started, facts.ended),
        capture.size,
        capture,
        visible(" · ".join(remarks(capture, language))),
        visible(f"{capture.method} {shown_target(capture, language)}"),
        str(capture.status or "–"),
        _milliseconds(facts.ended, arrived.moment.isoformat()) if arrived.moment else None,
    )


def _capture_state(capture: "Capture") -> tuple[Text, str, tuple[str, str]]:
    """What a state is called, how it is written, how it looks: that of the request comes before the job's."""
    if capture.refused or not capture.is_complete:
        return REFUSED if capture.refused else INCOMPLETE, "", ("warning", "warning")
    if capture.facts is None:
        return NOT_YET_READ, "", ("waiting", "muted")
    return _state(capture.facts.state) if capture.facts.is_understood else (UNREADABLE, "", NOT_READ)


def _milliseconds(start: str | None, end: str | None) -> int | None:
    """Between two ISO 8601 times of the index."""
    between = datetime.fromisoformat(end) - datetime.fromisoformat(start) if start and end else None
    return None if between is None else round(between.total_seconds() * 1000)


def _of_job(entry: Entry, summary: "Summary", job: "Job") -> Row:
    name = (job.input.object.key or job.input.url) if job.input else None
    return Row(
        entry,
        job.ended or job.started or job.created,
        visible(job.tag or ""),
        len(summary.envelope.jobs) - 1,
        *_state(job.state),
        visible(name or file_name(entry)),
        visible(job.job_id or ""),
        TRIGGERS[job.trigger],
        job.run_ms,
        _size(entry, summary),
    )


def _of_workflow(entry: Entry, summary: "Summary") -> Row:
    from callback_lens.payload.times import milliseconds_between

    run = summary.envelope.workflow_run
    ended = max((task.ended for task in run.tasks if task.ended), key=_moment, default=None) if run else None
    return Row(
        entry,
        ended or (run.created if run else None),
        visible(summary.envelope.event or ""),
        0,
        *_state(run.state if run else None),
        visible((run.object.key if run else None) or file_name(entry)),
        visible((run.run_id if run else None) or ""),
        TRIGGERS["workflow"] if run else "",
        milliseconds_between(run.created, ended) if run else None,
        _size(entry, summary),
    )


def file_name(entry: Entry) -> str:
    """The name of the entry's file without its folder; its name in an archive where it is in one."""
    member = entry.given.member if entry.given else None
    return visible(PurePath(member or entry.name).name or entry.name)


def _size(entry: Entry, summary: "Summary") -> int | None:
    """The bytes of the payload; in a file with several, its characters."""
    whole = entry.given.content if entry.given else b""
    is_alone = len(summary.document.text) * 4 >= len(whole)
    return len(whole) if is_alone else len(summary.document.text)


def _state(state: str | None) -> tuple[Text, str, tuple[str, str]]:
    """What a state is called, how it is written, how it looks."""
    written = visible(state or "")
    return state_words(written) if state else NO_STATE, written, look_of(state)


def _short_time(time: "Timestamp | None", is_arrival: bool) -> str:
    """To the minute, an arrival of today to the second: the rest is in the tooltip."""
    if time is None or time.moment is None:
        return visible(time.raw) if time else ""
    today = datetime.now(time.moment.tzinfo)
    if is_arrival and time.moment.date() == today.date():
        return f"{time.moment:%H:%M:%S}"
    is_this_year = is_arrival and time.moment.year == today.year
    return f"{time.moment:%m-%d %H:%M}" if is_this_year else f"{time.moment:%Y-%m-%d %H:%M}"


def _moment(time: "Timestamp | None") -> float:
    return time.moment.timestamp() if time and time.moment else 0.0
