"""The card on top: which job, how it ended, how long it took, what it was about."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.export.summary_text import FAMILIES
from callback_lens.payload.envelope import WorkflowRun
from callback_lens.payload.jobs import Job
from callback_lens.payload.objects import CosObject
from callback_lens.payload.times import Timestamp, milliseconds_between
from callback_lens.payload.units import duration
from callback_lens.tags import Summary
from callback_lens.ui.session import Session
from callback_lens.ui.states import look_of, state_words
from callback_lens.ui.theme import GAP, ROOMY, TIGHT, mono_font
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.card import Card
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.flow_layout import FlowLayout
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.menus import show_menu
from callback_lens.ui.widgets.object_menu import copy_text, object_choices

TITLE_SCALE = 1.5
STATE_SCALE = 1.1
SMALL_SCALE = 0.9
STATE_ICON = 20

Fact: TypeAlias = tuple[Message, Message | str]


class Heading(Card):
    """What a payload reports: ``job`` is one of its jobs, None for a workflow run and for what has no job."""

    def __init__(self, session: Session, summary: Summary, job: Job | None, parent: QWidget | None = None) -> None:
        run = summary.envelope.workflow_run
        state = job.state if job else run.state if run else None
        icon, meaning = look_of(state)
        super().__init__(session, parent, edge=meaning if meaning == "error" else "border")
        self._summary = summary
        self._job = job
        self.column.setContentsMargins(ROOMY, ROOMY, ROOMY, ROOMY)
        self.column.setSpacing(GAP + TIGHT)
        self.column.addLayout(self._title_line(state, icon, meaning))
        if job is not None and job.is_failed and (job.code or job.message):
            text = ": ".join(filter(None, (job.code, job.message)))
            self.column.addWidget(Label(session, text, self, "error", wraps=True, selectable=True))
        facts = list(self._facts())
        if facts:
            self.column.addLayout(self._fact_line(facts))
        self.column.addLayout(self._lines())

    def _title_line(self, state: str | None, icon: str, meaning: str) -> QHBoxLayout:
        title = ElidedLabel(self.session, self._title(), self)
        title.setFont(_scaled(title.font(), TITLE_SCALE, QFont.Weight.DemiBold))
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(title, 1)
        if state is not None:
            line.addWidget(IconLabel(self.session, icon, meaning, STATE_ICON, self))
            words = ElidedLabel(self.session, state_words(state), self, meaning, tip=state)
            words.setFont(_scaled(words.font(), STATE_SCALE, QFont.Weight.DemiBold))
            line.addWidget(words)
        return line

    def _title(self) -> str:
        envelope, run = self._summary.envelope, self._summary.envelope.workflow_run
        if self._job is not None:
            return " / ".join(filter(None, (self._job.tag, self._job.sub_tag))) or envelope.event or self._job.path
        return (run.name if run else None) or envelope.event or self.session.say(FAMILIES[envelope.family])

    def _facts(self) -> Iterator[Fact]:
        envelope = self._summary.envelope
        if self._job is not None:
            yield from _job_facts(self._job)
        elif envelope.workflow_run is not None:
            yield from _run_facts(envelope.workflow_run)
        yield Message("Family"), FAMILIES[envelope.family]

    def _fact_line(self, facts: list[Fact]) -> FlowLayout:
        line = FlowLayout(ROOMY)
        for caption, value in facts:
            fact = QWidget(self)
            column = QVBoxLayout(fact)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(self._caption(caption))
            column.addWidget(ElidedLabel(self.session, value, fact))
            line.addWidget(fact)
        return line

    def _lines(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(ROOMY)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        run = self._summary.envelope.workflow_run
        job_id = self._job.job_id if self._job else run.run_id if run else None
        if job_id:
            copy = Button(self.session, Message("Copy the ID"), "copy", self, shows_words=False)
            copy.clicked.connect(lambda: copy_text(job_id))
            self._add_line(grid, Message("Job ID") if self._job else Message("Run ID"), job_id, copy)
        cos_object = self._job.input.object if self._job and self._job.input else run.object if run else None
        if cos_object is not None and cos_object.key:
            self._add_line(grid, Message("Input"), cos_object.key, self._object_button(cos_object))
        source = self._summary.document.source
        name = " › ".join(filter(None, (PurePath(source.file).name, source.member)))
        self._add_line(grid, Message("File"), f"{name}  ·  {source.format.upper()}, {source.encoding}", None)
        return grid

    def _add_line(self, grid: QGridLayout, caption: Message, text: str, button: Button | None) -> None:
        row = grid.rowCount()
        value = ElidedLabel(self.session, text, self)
        value.setFont(mono_font() if button else value.font())
        grid.addWidget(self._caption(caption), row, 0)
        line = QHBoxLayout()
        line.setSpacing(TIGHT)
        line.addWidget(value)
        if button is not None:
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch(1)
        grid.addLayout(line, row, 1)

    def _object_button(self, cos_object: CosObject) -> Button:
        button = Button(self.session, Message("What to do with this object"), "more", self, shows_words=False)

        def pop_up() -> None:
            at = button.mapToGlobal(button.rect().bottomLeft())
            show_menu(self.session, object_choices(cos_object), at, button)

        button.clicked.connect(pop_up)
        return button

    def _caption(self, words: Message) -> Label:
        caption = Label(self.session, words, self, "muted")
        caption.setFont(_scaled(caption.font(), SMALL_SCALE))
        return caption


def _job_facts(job: Job) -> Iterator[Fact]:
    if job.queue_ms is not None:
        yield Message("Queued"), duration(job.queue_ms)
    if job.run_ms is not None:
        yield Message("Ran"), duration(job.run_ms)
    yield Message("Started by"), Message("a workflow") if job.workflow else Message("the API")
    yield from _end(job.ended)


def _run_facts(run: WorkflowRun) -> Iterator[Fact]:
    """A run says when it was created; it ended with the last of its steps."""
    ended = max((task.ended for task in run.tasks if task.ended), key=_moment, default=None)
    lasted = milliseconds_between(run.created, ended)
    if lasted is not None:
        yield Message("Took"), duration(lasted)
    yield Message("Steps"), str(len(run.tasks))
    yield from _end(ended)


def _end(ended: Timestamp | None) -> Iterator[Fact]:
    if ended is not None and ended.moment is not None:
        yield Message("Ended"), ended.raw.replace("T", " ")


def _moment(time: Timestamp) -> float:
    return time.moment.timestamp() if time.moment else 0


def _scaled(font: QFont, scale: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * scale)
    other.setWeight(weight)
    return other
