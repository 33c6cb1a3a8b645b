"""Opening: files, folders, text; off the GUI thread, cancellable, in the order of the user's choices."""

import gzip
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from callback_lens.payload import inputs, reader
from callback_lens.payload.limits import Limits
from callback_lens.resources import resource
from callback_lens.ui.entries import Entry
from callback_lens.ui.opening import Opened, Opening
from callback_lens.ui.session import Session
from callback_lens.ui.timeline.speech_jobs import speech_jobs
from pytestqt.qtbot import QtBot

SAMPLE = resource("samples", "SmartCover", "api-success.xml")
SPEECH = resource("samples", "SpeechRecognition", "api-success.xml")


@pytest.fixture
def opening(session: Session) -> Opening:
    return Opening(session, Limits())


@pytest.fixture
def results(opening: Opening) -> list[Opened]:
    """What was opened, in order."""
    noted: list[Opened] = []
    opening.opened.connect(noted.append)
    return noted


def opened(qtbot: QtBot, opening: Opening, start: Callable[[], None]) -> Opened:
    with qtbot.waitSignal(opening.opened) as signal:
        start()
    (result,) = signal.args
    return result


def names(entries: tuple[Entry, ...]) -> list[str]:
    return [Path(entry.name).name for entry in entries]


def test_a_file_becomes_an_entry(qtbot: QtBot, opening: Opening, session: Session) -> None:
    result = opened(qtbot, opening, lambda: opening.open([str(SAMPLE)]))
    (entry,) = result.entries
    assert result.is_newest
    assert entry.name == str(SAMPLE)
    assert entry.summary.envelope.jobs[0].tag == "SmartCover"
    assert entry.given.content == SAMPLE.read_bytes()
    assert session.preferences.settings.recent == (str(SAMPLE),)
    assert not opening.is_reading


def test_a_folder_gives_its_files_in_order(qtbot: QtBot, opening: Opening) -> None:
    result = opened(qtbot, opening, lambda: opening.open([str(SAMPLE.parent)]))
    assert names(result.entries) == sorted(path.name for path in SAMPLE.parent.iterdir())


def test_the_timeline_of_what_is_shown_is_ready(qtbot: QtBot, opening: Opening) -> None:
    shown, later = opened(qtbot, opening, lambda: opening.open([str(SPEECH), str(SPEECH)])).entries
    for entry, is_ready in ((shown, True), (later, False)):
        (job,) = speech_jobs(entry.summary)
        assert (entry.scenes.get(job.transcript) is not None) is is_ready


def test_several_payloads_in_a_file_are_several_entries(qtbot: QtBot, opening: Opening, tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text('{"JobsDetail": {"Tag": "A"}}\n{"JobsDetail": {"Tag": "B"}}\n', "utf-8")
    result = opened(qtbot, opening, lambda: opening.open([str(file)]))
    assert [entry.summary.envelope.jobs[0].tag for entry in result.entries] == ["A", "B"]


def test_faults_are_entries_too(qtbot: QtBot, opening: Opening, session: Session, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<Response><a></Response>")
    gone = tmp_path / "gone.xml"
    result = opened(qtbot, opening, lambda: opening.open([str(broken), str(gone), str(SAMPLE)]))
    assert names(result.entries) == ["broken.xml", "gone.xml", SAMPLE.name]
    assert result.entries[0].given.content == b"<Response><a></Response>"
    assert result.entries[0].error.position.line == 1
    assert result.entries[1].given is None
    assert str(gone) not in session.preferences.settings.recent


def test_a_relative_name_is_remembered_in_full(
    qtbot: QtBot, opening: Opening, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLE.parent)
    opened(qtbot, opening, lambda: opening.open([SAMPLE.name]))
    assert session.preferences.settings.recent == (str(SAMPLE),)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_bytes_are_read_as_files_are(qtbot: QtBot, opening: Opening, session: Session, pack: Callable) -> None:
    result = opened(qtbot, opening, lambda: opening.open_bytes(pack(SAMPLE.read_bytes()), "pasted text 1"))
    (entry,) = result.entries
    assert entry.name == "pasted text 1"
    assert entry.summary.document.source.file == "pasted text 1"
    assert session.preferences.settings.recent == ()


def test_empty_bytes_are_a_fault(qtbot: QtBot, opening: Opening) -> None:
    (entry,) = opened(qtbot, opening, lambda: opening.open_bytes(b"", "pasted text 1")).entries
    assert entry.error is not None
    assert entry.name == "pasted text 1"


class Gate:
    """Stands in for reading: waits, in the worker, until the test lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = Event(), Event()
        self._read = inputs.read_inputs
        monkeypatch.setattr(inputs, "read_inputs", self._wait)

    def _wait(self, given: list[str], *rest: object) -> object:
        if "slow" in given[0]:
            self.reached.set()
            assert self.open.wait(20)
        return self._read(given, *rest)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


@pytest.fixture
def slow(tmp_path: Path) -> str:
    """A file whose reading waits for the gate."""
    file = tmp_path / "slow.xml"
    file.write_bytes(SAMPLE.read_bytes())
    return str(file)


def test_a_late_result_is_no_choice_any_more(
    qtbot: QtBot, opening: Opening, results: list[Opened], gate: Gate, slow: str
) -> None:
    opening.open([slow])
    assert gate.reached.wait(20)
    newer = opened(qtbot, opening, lambda: opening.open([str(SAMPLE)]))
    assert newer.is_newest
    late = opened(qtbot, opening, gate.open.set)
    assert not late.is_newest
    assert late.entries[0].name == slow


def test_what_the_user_chose_meanwhile_counts(qtbot: QtBot, opening: Opening, gate: Gate, slow: str) -> None:
    opening.open([slow])
    opening.forget_choice()
    assert not opened(qtbot, opening, gate.open.set).is_newest


def test_reading_can_be_stopped(
    qtbot: QtBot, opening: Opening, results: list[Opened], session: Session, gate: Gate, slow: str
) -> None:
    opening.open([slow])
    assert gate.reached.wait(20)
    with qtbot.waitSignal(opening.progressed, check_params_cb=lambda fraction: fraction is None):
        opening.cancel()
    assert not opening.is_reading
    with qtbot.waitSignal(session.background.idle):
        gate.open.set()
    assert results == []


def test_rows_arrive_as_they_are_read(qtbot: QtBot, opening: Opening, gate: Gate, slow: str) -> None:
    arrived: list[Opened] = []
    opening.arrived.connect(arrived.append)
    opening.open([str(SAMPLE), slow])
    qtbot.waitUntil(lambda: [names(some.entries) for some in arrived] == [[SAMPLE.name]])
    assert arrived[0].is_newest
    result = opened(qtbot, opening, gate.open.set)
    assert names(result.entries) == [SAMPLE.name, "slow.xml"]
    assert [entry for some in arrived for entry in some.entries] == list(result.entries)


def test_what_has_arrived_stays_when_reading_is_stopped(
    qtbot: QtBot, opening: Opening, session: Session, gate: Gate, slow: str
) -> None:
    arrived: list[Opened] = []
    opening.arrived.connect(arrived.append)
    opening.open([str(SAMPLE), slow])
    qtbot.waitUntil(lambda: bool(arrived))
    opening.cancel()
    with qtbot.waitSignal(session.background.idle):
        gate.open.set()
    assert [names(some.entries) for some in arrived] == [[SAMPLE.name]]


def test_progress_is_told(qtbot: QtBot, opening: Opening, gate: Gate, slow: str) -> None:
    fractions: list[float | None] = []
    opening.progressed.connect(fractions.append)
    opening.open([str(SAMPLE), slow])
    qtbot.waitUntil(lambda: 0.5 in fractions or gate.reached.is_set())
    opened(qtbot, opening, gate.open.set)
    assert fractions[0] == 0.0
    assert fractions[-1] is None


def test_a_bug_while_reading_is_reported(
    qtbot: QtBot, opening: Opening, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reader, "read_documents", fail)
    opening.open([str(SAMPLE)])
    qtbot.waitUntil(lambda: bool(session.messages.errors))
    assert not opening.is_reading


@pytest.mark.parametrize("replace", [False, True], ids=["written", "replaced"])
def test_a_changed_file_is_read_again(qtbot: QtBot, opening: Opening, tmp_path: Path, replace: bool) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"JobsDetail": {"Tag": "A"}}', "utf-8")
    opening.watch([str(file)])
    for tag in "BC":

        def change(tag: str = tag) -> None:
            target = tmp_path / "new" if replace else file
            target.write_text(f'{{"JobsDetail": {{"Tag": "{tag}"}}}}', "utf-8")
            target.replace(file)

        result = opened(qtbot, opening, change)
        assert result.replaces == str(file)
        assert result.entries[0].summary.envelope.jobs[0].tag == tag


def test_a_file_that_is_gone_is_told(qtbot: QtBot, opening: Opening, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}", "utf-8")
    opening.watch([str(file)])
    file.unlink()
    qtbot.waitUntil(lambda: bool(session.messages.told))
    assert "no longer there" in str(session.messages.told[0][0])


def test_what_is_closed_is_watched_no_more(opening: Opening, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "b.json")]
    for file in files:
        file.write_text("{}", "utf-8")
    opening.watch([*map(str, files), str(tmp_path / "none.json")])
    opening.watch([str(files[1])])
    assert opening._watcher.files() == [str(files[1])]
    opening.watch([])
    assert opening._watcher.files() == []
