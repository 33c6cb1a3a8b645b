"""The Overview as a user meets it: what it shows of each payload, and how it follows the selection."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from callback_lens.blocks.model import Table
from callback_lens.export.language import language_named
from callback_lens.ui.entries import Entry
from callback_lens.ui.models.finding_model import MESSAGE, PATH
from callback_lens.ui.overview.cards import PANES
from callback_lens.ui.overview.findings import FindingList
from callback_lens.ui.overview.heading import Heading
from callback_lens.ui.overview.job_chooser import JobChooser
from callback_lens.ui.overview.overview import Overview
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import Theme
from callback_lens.ui.widgets.card import Card, TitledCard
from callback_lens.ui.widgets.elided_label import ElidedLabel
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

SAMPLES = (
    "StreamExtract/partial.xml",
    "SmartCover/api-success.json",
    "SpeechRecognition/api-success.xml",
    "SpeechRecognition/api-failed.xml",
    "ReviewImage/detail.json",
    "WorkflowFinish/workflow-success.xml",
)
Open = Callable[[Path | bytes | str], Overview]


@pytest.fixture
def overview(
    qtbot: QtBot, session: Session, selection: Selection, entry: Callable[[Path | bytes | str], Entry]
) -> Open:
    """Opens a payload in a shown Overview and waits until all of it is there."""
    shown = Overview(session, selection)
    qtbot.addWidget(shown)
    shown.resize(760, 900)
    shown.show()

    def open_(source: Path | bytes | str) -> Overview:
        selection.open(entry(source))
        qtbot.waitUntil(lambda: shown.is_built)
        return shown

    return open_


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def titles(shown: Overview) -> list[str]:
    column = shown.widget().layout()
    cards = [column.itemAt(place).widget() for place in range(column.count())]
    return [card.title.text() for card in cards if isinstance(card, TitledCard)]


def jobs(count: int, **nodes: Any) -> bytes:
    details = [{"JobId": f"job{place}", "Tag": "Snapshot", "State": "Success", **nodes} for place in range(count)]
    return json.dumps({"JobsDetail": details}).encode()


def test_without_a_file_it_says_what_to_do(qtbot: QtBot, session: Session, selection: Selection) -> None:
    shown = Overview(session, selection)
    qtbot.addWidget(shown)
    assert "Nothing is open" in texts(shown)
    assert any("Ctrl+O" in text for text in texts(shown))


def test_what_cannot_be_read_is_explained(overview: Open) -> None:
    said = texts(overview(b"<Response><a>1</b></Response>"))
    assert "This could not be read" in said
    assert "Line 1, column 15" in said
    assert any("Raw tab" in text for text in said)


def test_the_heading_names_the_job(overview: Open) -> None:
    said = texts(overview("StreamExtract/partial.xml").findChild(Heading))
    assert {"StreamExtract", "Success", "jf52e619aa25a11f0f462c55fe3381896", "7 s", "the API", "job callback"} <= {
        *said
    }


def test_the_heading_sums_up_a_workflow_run(overview: Open) -> None:
    said = texts(overview("WorkflowFinish/workflow-success.xml").findChild(Heading))
    assert {"Steps", "3", "Ended", "2025-04-19 06:50:29+0800", "workflow callback"} <= {*said}


def test_a_failed_job_says_why(overview: Open) -> None:
    heading = overview("SpeechRecognition/api-failed.xml").findChild(Heading)
    assert "Failed" in texts(heading)
    assert any(text.startswith("ResourceNotSupported: ") for text in texts(heading))


def test_findings_come_first_then_the_blocks(overview: Open) -> None:
    assert titles(overview("StreamExtract/partial.xml"))[:2] == ["Findings (1)", "Streams"]
    assert titles(overview("WorkflowFinish/workflow-success.xml"))[:2] == ["Workflow run", "Steps"]


def test_an_unknown_tag_is_shown_whole(overview: Open) -> None:
    shown = overview(
        b"<Response><JobsDetail><Tag>Holo</Tag><Operation><Depth>3</Depth></Operation></JobsDetail></Response>"
    )
    assert "Holo" in texts(shown.findChild(Heading))
    assert titles(shown) == ["Findings (1)", "Job", "Other nodes"]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_choosing_a_finding_selects_its_node(qtbot: QtBot, selection: Selection, overview: Open, by: str) -> None:
    findings = overview("StreamExtract/partial.xml").findChild(FindingList)
    if by == "mouse":
        center = findings.visualRect(findings.rows.index(0, 1)).center()
        qtbot.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=center)
    else:
        findings.setFocus()
        findings.setCurrentIndex(findings.rows.index(0, 0))
        qtbot.keyClick(findings, Qt.Key.Key_Return)
    assert selection.node is not None
    assert selection.node.path == "JobsDetail[0].Operation.Output.StreamExtract[2]"


def test_the_chooser_shows_another_job(qtbot: QtBot, selection: Selection, overview: Open) -> None:
    shown = overview(jobs(3))
    chooser = shown.findChild(JobChooser)
    assert [chooser.list.itemText(place) for place in range(3)][1] == "2 · Snapshot · Success · job1"
    qtbot.keyClick(chooser.list, Qt.Key.Key_Down)
    assert selection.job_index == 1
    qtbot.waitUntil(lambda: shown.is_built and "job1" in texts(shown.widget()))


def test_selecting_a_node_shows_its_job(qtbot: QtBot, selection: Selection, overview: Open) -> None:
    shown = overview(jobs(3))
    assert selection.select_path("JobsDetail[2].JobId")
    qtbot.waitUntil(lambda: shown.is_built and "job2" in texts(shown.widget()))


def test_many_blocks_are_built_in_steps(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, overview: Open) -> None:
    monkeypatch.setattr("callback_lens.ui.overview.overview.STEP", 0)
    shown = overview("SpeechRecognition/api-success.xml")
    assert len(titles(shown)) > 4


def test_a_card_that_fails_leaves_the_others(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, overview: Open) -> None:
    monkeypatch.delitem(PANES, Table)
    with qtbot.captureExceptions() as faults:
        shown = overview("StreamExtract/partial.xml")
    assert [kind for kind, *_ in faults] == [KeyError]
    assert "Streams" not in titles(shown)
    assert "Job" in titles(shown)


def test_a_later_choice_replaces_what_is_still_being_built(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    selection: Selection,
    overview: Open,
    entry: Callable[[str], Entry],
) -> None:
    monkeypatch.setattr("callback_lens.ui.overview.overview.STEP", 0)
    shown = overview("StreamExtract/partial.xml")
    selection.open(entry("SpeechRecognition/api-success.xml"))
    assert not shown.is_built
    selection.open(None)
    assert shown.is_built
    assert "Nothing is open" in texts(shown.widget())


def test_the_old_page_stays_until_there_is_a_screenful(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    selection: Selection,
    overview: Open,
    entry: Callable[[str], Entry],
) -> None:
    shown = overview("StreamExtract/partial.xml")
    qtbot.waitUntil(shown.viewport().updatesEnabled)
    monkeypatch.setattr("callback_lens.ui.overview.overview.STEP", 0)
    selection.open(entry("SpeechRecognition/api-success.xml"))
    assert not shown.viewport().updatesEnabled()
    qtbot.waitUntil(shown.viewport().updatesEnabled)
    assert shown.widget().height() >= shown.viewport().height()
    qtbot.waitUntil(lambda: shown.is_built)


@pytest.mark.parametrize("width", [320, 480, 900])
@pytest.mark.parametrize("zoom", [1, 2])
@pytest.mark.parametrize("name", ["en", "zh"])
def test_nothing_is_cut_off_at_the_right(
    qtbot: QtBot, qapp: QApplication, session: Session, overview: Open, width: int, zoom: int, name: str
) -> None:
    session.change_language(language_named(name))
    with larger_text(qapp, zoom):
        shown = overview("SpeechRecognition/api-success.xml")
        shown.resize(width, 900)
        qtbot.waitUntil(lambda: shown.is_built and shown.widget().width() == shown.viewport().width())
        for card in shown.widget().findChildren(Card):
            assert card.geometry().right() < shown.viewport().width()
            for part in card.findChildren(QWidget):
                if part.isVisible() and isinstance(part, (QLabel, QAbstractButton, QAbstractItemView)):
                    assert part.mapTo(card, part.rect().topRight()).x() < card.width(), part.accessibleName()
                if part.isVisible() and isinstance(part, QLabel) and not is_yielding(part):
                    assert part.width() >= part.sizeHint().width(), part.text()


def is_yielding(label: QLabel) -> bool:
    """Whether what has no room is elided or goes to the next line."""
    return isinstance(label, ElidedLabel) or label.wordWrap()


@contextmanager
def larger_text(application: QApplication, scale: float) -> Iterator[None]:
    usual = application.font()
    font = QFont(usual)
    font.setPointSizeF(font.pointSizeF() * scale)
    application.setFont(font)
    yield
    application.setFont(usual)


def test_larger_text_is_larger_everywhere(qtbot: QtBot, qapp: QApplication, overview: Open) -> None:
    shown = overview("SpeechRecognition/api-success.xml")
    before = shown.findChild(Heading)
    height = before.height()
    with larger_text(qapp, 2):
        qtbot.waitUntil(lambda: shown.findChild(Heading) is not before and shown.is_built)
        qtbot.waitUntil(lambda: shown.findChild(Heading).height() > height * 1.5)
        assert shown.findChild(Heading).findChild(QLabel).fontMetrics().height() > 20


def test_findings_give_the_sentence_the_room(overview: Open) -> None:
    findings = overview("StreamExtract/partial.xml").findChild(FindingList)
    assert findings.columnWidth(MESSAGE) >= findings.viewport().width() / 2
    tip = findings.rows.index(0, PATH).data(Qt.ItemDataRole.ToolTipRole)
    assert "JobsDetail[0].Operation.Output.StreamExtract[2]" in tip


def test_the_language_changes_at_once(session: Session, overview: Open) -> None:
    shown = overview("SmartCover/api-success.xml")
    session.change_language(language_named("zh"))
    assert "任务参数" in titles(shown)
    session.change_language(language_named("en"))
    assert "Settings" in titles(shown)


def test_the_theme_changes_at_once(session: Session, overview: Open) -> None:
    shown = overview("StreamExtract/partial.xml")
    session.change_theme(Theme("dark"))
    picture = shown.findChild(Heading).grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 5) == Theme("dark").color("base")


def test_the_job_id_can_be_copied(qtbot: QtBot, overview: Open) -> None:
    heading = overview("StreamExtract/partial.xml").findChild(Heading)
    copy = next(button for button in heading.findChildren(QAbstractButton) if button.text() == "Copy the ID")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "jf52e619aa25a11f0f462c55fe3381896"


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_control_has_an_accessible_name(overview: Open, sample: str) -> None:
    controls = (QAbstractButton, QAbstractItemView, QComboBox, QPlainTextEdit)
    shown = overview(sample)
    found = [control for kind in controls for control in shown.widget().findChildren(kind)]
    assert [control for control in found if not control.accessibleName() and control.focusPolicy().value] == []


def test_payload_text_is_never_markup(overview: Open) -> None:
    shown = overview(json.dumps({"JobsDetail": {"Tag": "<b>x</b>", "JobId": "<img src=x>"}}).encode())
    labels = [label for label in shown.widget().findChildren(QLabel) if "<" in label.text()]
    assert {label.text() for label in labels} >= {"<b>x</b>", "<img src=x>"}
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert all("<img" not in label.toolTip() for label in labels)
