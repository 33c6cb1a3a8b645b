"""A list of captures, and what comes into it."""

from dataclasses import dataclass
from pathlib import Path

from callback_lens.store.index import open_index
from callback_lens.store.model import WireCapture
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.list.rows import COLUMNS
from callback_lens.ui.live.capture_store import CaptureStore
from stored_captures import store_captures, wire

COVER, FAILED, SPEECH = "SmartCover/api-success.xml", "SmartCover/api-failed.json", "SpeechRecognition/api-success.xml"


@dataclass
class Profile:
    """A folder with captures, and the list that shows it."""

    folder: Path
    captures: CaptureStore
    rows: EntryList

    def receive(self, *captures: WireCapture) -> list[int]:
        """Captures come, and are understood."""
        ids = store_captures(self.folder, captures)
        self.index()
        return ids

    def index(self) -> None:
        with open_index(self.folder) as index:
            index.catch_up()

    def cells(self, row: int) -> dict[str, str]:
        model = self.rows.model
        return {column.id: model.index(row, number).data() for number, column in enumerate(COLUMNS)}

    def column(self, name: str) -> list[str]:
        return [self.cells(row)[name] for row in range(self.rows.model.rowCount())]

    def keys(self) -> list[object]:
        return [self.rows.model.key(row) for row in range(self.rows.model.rowCount())]


def known(profile: Profile) -> bool:
    cells = [profile.cells(row) for row in range(profile.rows.model.rowCount())]
    return all(said["tag"] != "…" and said["state"] != "being read" for said in cells)


def body(number: int) -> WireCapture:
    return wire(
        b'{"EventName": "TaskFinish", "JobsDetail": {"Tag": "T%d", "JobId": "j%d", "State": "Success"}}'
        % (number, number)
    )


def bodies(count: int) -> list[WireCapture]:
    return [body(number) for number in range(count)]


def stored(profile: Profile) -> list[int]:
    with open_index(profile.folder) as index:
        return sorted(index.ids())
