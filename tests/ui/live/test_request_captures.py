"""The Request tab of a capture: its times and answer, deliveries, forwards; copied and saved."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from callback_lens.capture.describing import clock_time
from callback_lens.errors import Message
from callback_lens.export.language import language_named
from callback_lens.payload.http_message import parse_http_message
from callback_lens.payload.limits import Allowance, Limits
from callback_lens.store.index import open_index
from callback_lens.store.model import Forward, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.reading import input_of
from callback_lens.ui.entries import Entry
from callback_lens.ui.live import capture_store
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.cell_table import CellTable
from callback_lens.ui.source.request_page import RequestPage
from callback_lens.ui.source.request_pane import RequestPane
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from stored_captures import ARRIVED, sample, store_captures, wire

COVER = "SmartCover/api-success.xml"
REFUSED = Message("the token is missing")
URL = "http://127.0.0.1:9/in?token=hush"


@dataclass
class Shown:
    """Captures in ``folder``, and the tab that shows one of them."""

    folder: Path
    selection: Selection
    pane: RequestPane

    @property
    def page(self) -> RequestPage:
        return self.pane.page

    def index(self) -> None:
        with open_index(self.folder) as index:
            index.catch_up()

    def show(self, capture_id: int) -> None:
        """Choose a capture in the list."""
        with open_store(self.folder) as store, open_index(self.folder) as index:
            capture, details, body = index.get(capture_id), store.details(capture_id), store.body(capture_id)
        assert capture is not None
        assert details is not None
        given = input_of(capture, details.headers, body)
        self.selection.open(Entry(given.file, given, None, None, capture=capture, details=details))

    def receive(self, *captures: WireCapture) -> list[int]:
        """Captures come and are understood; the first of them is shown."""
        ids = store_captures(self.folder, captures)
        self.index()
        self.show(ids[0])
        return ids

    def facts(self) -> list[str]:
        return [value.text() for value in self.page.facts.values]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_store, "LOOK_EVERY", 10)


@pytest.fixture
def shown(qtbot: QtBot, session: Session, selection: Selection, captures: CaptureStore) -> Shown:
    pane = RequestPane(session, selection, captures=captures)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    return Shown(captures.folder, selection, pane)


def job(state: str, job_id: str = "j1", at: int = ARRIVED, **values: object) -> WireCapture:
    """A callback about a job."""
    jobs = {"Tag": "SmartCover", "JobId": job_id, "State": state}
    capture = wire(json.dumps({"EventName": "TaskFinish", "JobsDetail": jobs}).encode(), **values)
    return capture._replace(request=capture.request._replace(arrived=at))


def rows(table: CellTable) -> list[list[str]]:
    cells = table.cells
    return [[cells.text(row, column) for column in range(cells.columnCount())] for row in range(cells.rowCount())]


def waits(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=60_000)


def click(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_times_and_answer(qtbot: QtBot, shown: Shown) -> None:
    (number,) = shown.receive(wire(sample(COVER), answer=b"taken\r\n"))
    arrived, on_disk = clock_time(ARRIVED), clock_time(ARRIVED + 500)
    *facts, digest = shown.facts()
    assert facts == ["127.0.0.1:50000", arrived, f"{on_disk}, after 0.5 ms", "not known", "200 taken"]
    assert len(digest) == 64
    with open_store(shown.folder) as store, store.writing() as writer:
        writer.answered([(number, ARRIVED + 2000)])
    waits(qtbot, lambda: shown.facts()[3] == f"{clock_time(ARRIVED + 2000)}, after 2.0 ms")
    assert not shown.page.trouble.isVisible()


def test_an_answer_without_words_is_its_status_alone(shown: Shown) -> None:
    shown.receive(wire(sample(COVER), status=204, answer=b""))
    assert shown.facts()[4] == "204"


def test_a_refused_one_says_why(shown: Shown) -> None:
    shown.receive(wire(b"<a/>", status=404, answer=b"no", refused=REFUSED))
    assert shown.page.trouble.isVisible()
    assert shown.page.trouble.text() == "Refused: the token is missing"
    assert shown.facts()[4] == "404 no"
    assert shown.page.replay.isEnabled()


def test_an_incomplete_one_is_not_sent_again(shown: Shown) -> None:
    shown.receive(wire(b"<a", status=None, answer=b"", is_complete=False))
    assert shown.page.trouble.text().startswith("Incomplete: ")
    assert shown.facts()[4] == "none: the connection was closed"
    assert not shown.page.replay.isEnabled()


def test_one_without_a_head_is_no_request(shown: Shown) -> None:
    shown.receive(wire(b"\x16\x03\x01", b"", method="", status=400, is_complete=False, refused=Message("no HTTP")))
    assert shown.page.start_line.text().startswith("No request line could be read")
    assert not any(button.isEnabled() for button in (shown.page.copy_curl, shown.page.save_request, shown.page.replay))
    assert shown.page.save_body.isEnabled()


def test_trailers_are_shown_where_there_are_some(shown: Shown) -> None:
    plain, with_trailers = shown.receive(wire(b"<a/>"), wire(b"<a/>", trailers=b"X-Token: hush\r\n"))
    assert not shown.page.trailers_card.isVisible()
    shown.show(with_trailers)
    assert shown.page.trailers_card.isVisible()
    assert rows(shown.page.trailers) == [["X-Token", "***"]]
    shown.show(plain)
    assert not shown.page.trailers_card.isVisible()


def test_deliveries_of_its_job(qtbot: QtBot, shown: Shown) -> None:
    later = ARRIVED + 1_500_000, ARRIVED + 3_000_000
    first, other, again, stranger = shown.receive(
        job("Success", status=500), job("Failed", at=later[0]), job("Success", at=later[1]), job("Success", "j2")
    )
    shown.show(again)
    waits(qtbot, shown.page.deliveries_card.isVisible)
    assert rows(shown.page.deliveries) == [
        [clock_time(ARRIVED), "", "500", "delivery 1 of 2"],
        [clock_time(later[0]), "+1.5 s", "200", "other content"],
        [clock_time(later[1]), "+1.5 s", "200", "delivery 2 of 2 · this one"],
    ]
    assert shown.page.delivery.text() == "Delivery 2 of 2, 3 s after the one before"
    shown.show(other)
    waits(qtbot, lambda: shown.page.delivery.text() == "Delivery 1 of 1")
    shown.show(stranger)
    assert not shown.page.deliveries_card.isVisible()
    with qtbot.assertNotEmitted(shown.pane.capture_wanted):
        shown.show(first)
        waits(qtbot, shown.page.deliveries_card.isVisible)


@pytest.mark.parametrize("by_mouse", [True, False])
def test_another_delivery_is_chosen(qtbot: QtBot, shown: Shown, by_mouse: bool) -> None:
    first, second = shown.receive(job("Success"), job("Failed"))
    table = shown.page.deliveries
    waits(qtbot, table.isVisible)

    def choose(row: int) -> None:
        table.setCurrentIndex(table.cells.index(row, 0))
        if by_mouse:
            place = table.visualRect(table.cells.index(row, 0)).center()
            qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        else:
            qtbot.keyClick(table, Qt.Key.Key_Return)

    with qtbot.assertNotEmitted(shown.pane.capture_wanted):
        choose(0)  # the one that is shown
    with qtbot.waitSignal(shown.pane.capture_wanted) as chosen:
        choose(1)
    assert (first, chosen.args) == (1, [second])


def test_forwards_appear_as_they_are_made(qtbot: QtBot, shown: Shown) -> None:
    (number,) = shown.receive(wire(sample(COVER)))
    assert not shown.page.forwards_card.isVisible()
    with open_store(shown.folder) as store:
        for attempt, result in enumerate(({"error": "refused"}, {"status": 204}), 1):
            with store.writing() as writer:
                writer.forwarded(Forward(number, URL, attempt, ARRIVED, **result))
    waits(qtbot, lambda: len(rows(shown.page.forwards)) == 2)
    assert shown.page.forwards_card.isVisible()
    at, masked = clock_time(ARRIVED), "http://127.0.0.1:9/in?token=***"
    assert rows(shown.page.forwards) == [[at, "1", "refused", masked], [at, "2", "204", masked]]
    shown.page.secrets.setChecked(True)
    assert rows(shown.page.forwards)[0][3] == URL


def test_one_about_no_job_has_no_deliveries(
    qtbot: QtBot, session: Session, captures: CaptureStore, shown: Shown
) -> None:
    (number,) = shown.receive(wire(b"<a/>"))
    with open_store(shown.folder) as store:
        store.annotate([number], "seen")
    with qtbot.waitSignal(captures.changed, timeout=60_000):
        pass
    captures.run(lambda opened, _: None, lambda _: shown.page.setProperty("read", True), shown.page)
    waits(qtbot, lambda: bool(shown.page.property("read")))
    assert rows(shown.page.deliveries) == []
    assert not shown.page.deliveries_card.isVisible()
    assert session.messages.errors == []  # type: ignore[attr-defined]  # ToldMessages


def test_one_that_is_not_indexed_yet(qtbot: QtBot, shown: Shown) -> None:
    number, _ = store_captures(shown.folder, [job("Success"), job("Success")])
    shown.show(number)
    assert shown.facts()[0] == "127.0.0.1:50000"
    assert not shown.page.deliveries_card.isVisible()
    shown.index()
    waits(qtbot, shown.page.deliveries_card.isVisible)
    assert shown.page.delivery.text() == "Delivery 1 of 2"


def all_is_read(qtbot: QtBot, captures: CaptureStore) -> None:
    """Waits for what was asked of the captures before."""
    done: list[None] = []
    captures.run(lambda *_: None, done.append, QObject(captures))
    waits(qtbot, lambda: bool(done))


def test_what_nobody_sees_is_read_when_it_is_seen(qtbot: QtBot, captures: CaptureStore, shown: Shown) -> None:
    (number,) = shown.receive(job("Success"))
    shown.pane.hide()
    all_is_read(qtbot, captures)
    store_captures(shown.folder, [job("Success")])
    shown.index()
    shown.show(number)
    all_is_read(qtbot, captures)
    assert len(rows(shown.page.deliveries)) < 2
    shown.pane.show()
    waits(qtbot, lambda: len(rows(shown.page.deliveries)) == 2)


def test_it_speaks_the_language_of_the_window(qtbot: QtBot, session: Session, shown: Shown) -> None:
    shown.receive(job("Success"), job("Failed"))
    waits(qtbot, shown.page.deliveries_card.isVisible)
    session.change_language(language_named("zh"))
    said = [shown.facts()[3], rows(shown.page.deliveries)[1][3], shown.page.delivery.text()]
    assert not any(character.isascii() and character.isalpha() for words in said for character in words)


def test_the_button_asks_for_a_replay(qtbot: QtBot, shown: Shown) -> None:
    (number,) = shown.receive(job("Success"))
    with qtbot.waitSignal(shown.pane.replay_wanted) as wanted:
        click(qtbot, shown.page.replay)
    assert wanted.args == [number]


def test_the_digest_is_copied_whole(qtbot: QtBot, shown: Shown) -> None:
    shown.receive(wire(b"<a/>"))
    shown.pane.resize(380, 600)
    digest = shown.page.facts.values[-1]
    QGuiApplication.clipboard().clear()
    qtbot.mouseDClick(digest, Qt.MouseButton.LeftButton, pos=QPoint(10, digest.height() // 2))
    qtbot.keyClick(digest, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text()) == 64


# --- copied and saved -------------------------------------------------------------------------------------------------


def curl(qtbot: QtBot, shown: Shown) -> str:
    QGuiApplication.clipboard().clear()
    click(qtbot, shown.page.copy_curl)
    waits(qtbot, lambda: bool(QGuiApplication.clipboard().text()))
    return QGuiApplication.clipboard().text()


def save(qtbot: QtBot, shown: Shown, button: object, file: Path) -> str:
    """Save by ``button`` into ``file``; which name was offered."""
    click(qtbot, button)
    waits(qtbot, lambda: shown.pane.findChild(QFileDialog) is not None)
    dialog = shown.pane.findChild(QFileDialog)
    (offered,) = dialog.selectedFiles()
    dialog.fileSelected.emit(str(file))
    dialog.close()
    waits(qtbot, lambda: shown.pane.findChild(QFileDialog) is None)
    return Path(offered).name


def test_secrets_are_masked_until_they_are_asked_for(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    shown.receive(wire(b"<a/>"))

    def seen() -> list[str]:
        file = tmp_path / "request"
        file.unlink(missing_ok=True)
        save(qtbot, shown, shown.page.save_request, file)
        waits(qtbot, file.exists)
        return [shown.page.start_line.text(), str(rows(shown.page.headers)), curl(qtbot, shown), file.read_text()]

    assert not any("hush" in text for text in seen())
    shown.page.secrets.setChecked(True)
    assert all("hush" in text for text in seen())


def test_the_saved_request_is_read_again(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    shown.receive(wire(sample(COVER)))
    shown.page.secrets.setChecked(True)
    file = tmp_path / "request"
    assert save(qtbot, shown, shown.page.save_request, file) == "000001-SmartCover.http"
    waits(qtbot, file.exists)
    message = parse_http_message(file.read_bytes(), Allowance(Limits()))
    assert message is not None
    assert message.start_line == "POST /callback?token=hush HTTP/1.1"
    assert [list(field) for field in message.headers] == rows(shown.page.headers)
    assert message.body == sample(COVER)


def test_the_saved_body_is_as_it_came(qtbot: QtBot, session: Session, shown: Shown, tmp_path: Path) -> None:
    body = b"\x1f\x8b\x08\xff\r\n\x00"
    shown.receive(wire(body))
    file = tmp_path / "body"
    file.write_bytes(b"an older one")
    assert save(qtbot, shown, shown.page.save_body, file) == "000001-unknown.gz"
    waits(qtbot, lambda: file.read_bytes() == body)
    waits(qtbot, lambda: bool(session.messages.told))  # type: ignore[attr-defined]  # ToldMessages
    assert str(session.messages.told[-1][0]) == "body was written"  # type: ignore[attr-defined]


def test_a_body_that_no_command_can_hold_is_read_from_a_file(qtbot: QtBot, shown: Shown) -> None:
    shown.receive(wire(b"\x00binary"))
    assert curl(qtbot, shown).endswith("--data-binary @000001-unknown.bin")


def test_of_a_deleted_one_nothing_empty_is_saved(qtbot: QtBot, session: Session, shown: Shown, tmp_path: Path) -> None:
    (number,) = shown.receive(wire(b"<a/>"))
    with open_store(shown.folder) as store:
        store.delete([number])
    save(qtbot, shown, shown.page.save_body, tmp_path / "body")
    waits(qtbot, lambda: bool(session.messages.errors))  # type: ignore[attr-defined]  # ToldMessages
    assert str(session.messages.errors[0]) == "this capture was deleted meanwhile"  # type: ignore[attr-defined]
    assert not (tmp_path / "body").exists()
    assert shown.page.start_line.text() == "POST /callback?token=*** HTTP/1.1", "what was read stays"
