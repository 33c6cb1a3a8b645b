"""What the Overview shows of a payload: cards, each made when its turn comes."""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from callback_lens.blocks.model import Block, Fields, Gallery, Media, Notice, Table, Text, TranscriptBlock
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding
from callback_lens.tags import Summary
from callback_lens.ui.overview.findings import FindingList
from callback_lens.ui.overview.heading import Heading
from callback_lens.ui.overview.loading import TIMELINE
from callback_lens.ui.panes.fields import FieldsPane
from callback_lens.ui.panes.gallery import GalleryPane
from callback_lens.ui.panes.media import MediaPane
from callback_lens.ui.panes.notice import NoticePane
from callback_lens.ui.panes.table import TablePane
from callback_lens.ui.panes.text import TextPane
from callback_lens.ui.panes.transcript import TranscriptPane
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.card import TitledCard

PANES: dict[type[Any], Callable[..., QWidget]] = {
    Fields: FieldsPane,
    Gallery: GalleryPane,
    Media: MediaPane,
    Notice: NoticePane,
    Table: TablePane,
    Text: TextPane,
    TranscriptBlock: TranscriptPane,
}

Step = Callable[[], QWidget | None]


def cards(summary: Summary, session: Session, selection: Selection, page: QWidget) -> Iterator[Step]:
    """What makes the cards: heading, findings first, then the blocks of the selected job and of the whole payload.

    A step that gives None is one on the way to the next card.
    """
    jobs, index = summary.envelope.jobs, selection.job_index
    job, view = (jobs[index], summary.views[index]) if index < len(jobs) else (None, None)
    yield partial(Heading, session, summary, job, page)
    findings = (*summary.findings, *(view.findings if view else ()))
    if findings:
        yield partial(_findings_card, findings, session, selection, page)
    for block in (*(view.blocks if view else ()), *summary.blocks):
        if isinstance(block, TranscriptBlock):
            yield from (partial(_load, module) for module in TIMELINE)
        yield partial(_block_card, block, session, selection, page)


def _load(module: str) -> None:
    import_module(f"callback_lens.ui.{module}")


def _findings_card(findings: tuple[Finding, ...], session: Session, selection: Selection, page: QWidget) -> QWidget:
    content = FindingList(findings, session, selection)
    title = Message("Findings ({number})", {"number": content.rows.rowCount()})
    return TitledCard(session, title, content, page)


def _block_card(block: Block, session: Session, selection: Selection, page: QWidget) -> QWidget:
    return TitledCard(session, block.title, PANES[type(block)](block, session, selection), page)
