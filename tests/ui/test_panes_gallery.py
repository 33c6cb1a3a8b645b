"""Covers from a folder of the user: found, shown, refused, remembered."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.blocks.model import Gallery, Picture
from callback_lens.errors import Message
from callback_lens.payload.objects import CosObject
from callback_lens.ui.entries import Entry
from callback_lens.ui.models.picture_files import MOST_PIXELS
from callback_lens.ui.panes.gallery import GalleryPane
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.picture_tile import ROOM, frame_size
from context_menus import POPUP, menu_of
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

BUCKET = "lens-demo-1250000000"
KEYS = tuple(f"covers/night-market-{place}.jpg" for place in range(4))
FILES = "JobsDetail[0].Operation.MediaResult.OutputFile.ObjectName"
Show = Callable[[], GalleryPane]


@pytest.fixture
def show(qtbot: QtBot, session: Session, selection: Selection, entry: Callable[[str], Entry]) -> Show:
    """Shows the covers of the shipped sample."""

    kept = []

    def show_() -> GalleryPane:
        opened = entry("SmartCover/api-success.xml")
        selection.open(opened)
        assert opened.summary is not None
        block = next(block for block in opened.summary.views[0].blocks if isinstance(block, Gallery))
        assert tuple(picture.object.key for picture in block.pictures) == KEYS
        kept.append(hold(qtbot, GalleryPane(block, session, selection)))
        return kept[-1]

    return show_


def hold(qtbot: QtBot, pane: GalleryPane) -> GalleryPane:
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(pane)
    holder.resize(800, 600)
    holder.show()
    pane.holder = holder  # pytest-qt does not keep it alive
    return pane


def save(file: Path, size: QSize, color: str = "#3366cc") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    assert image.save(str(file))


def bomb(file: Path, side: int) -> None:
    """A PNG of a few hundred bytes whose pixels would not fit into memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def states(qtbot: QtBot, session: Session, pane: GalleryPane) -> list[str]:
    """What is said of each picture once all were looked for."""
    model = pane.view.pictures
    qtbot.waitUntil(lambda: session.background.is_idle and all(map(model.has, range(model.rowCount()))))
    return [model.state(place) for place in range(model.rowCount())]


def test_the_model_keeps_qts_promises(qtmodeltester: ModelTester, show: Show) -> None:
    qtmodeltester.check(show().view.pictures)


def test_without_a_folder_the_tiles_stand_in_order(show: Show) -> None:
    view = show().view
    labels = [view.pictures.index(place).data() for place in range(4)]
    assert labels == [f"{place} · night-market-{place}.jpg" for place in range(4)]
    assert not view.grab().isNull()


def test_pictures_are_found_by_key_before_name(qtbot: QtBot, session: Session, tmp_path: Path, show: Show) -> None:
    save(tmp_path / KEYS[0], QSize(1280, 720), "#ff0000")
    save(tmp_path / "a" / "night-market-0.jpg", QSize(1280, 720), "#00ff00")
    save(tmp_path / "a" / "night-market-1.jpg", QSize(1280, 720), "#0000ff")
    pane = show()
    pane.use_folder(str(tmp_path))
    assert states(qtbot, session, pane) == ["1280 × 720", "1280 × 720", "no file", "no file"]
    first = pane.view.pictures.shown(0)
    assert first is not None
    assert first.image is not None
    assert first.image.pixelColor(10, 10).red() > 200
    assert first.image.width() <= 2 * ROOM.width()
    assert "2 of 4 found" in pane.note.text()


def test_what_is_no_harmless_picture_is_not_decoded(qtbot: QtBot, session: Session, tmp_path: Path, show: Show) -> None:
    bomb(tmp_path / "night-market-0.jpg", 60_000)
    (tmp_path / "night-market-1.jpg").write_bytes(b"not a picture at all")
    (tmp_path / "night-market-2.jpg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    bomb(tmp_path / "night-market-3.jpg", 100)
    assert MOST_PIXELS < 60_000**2
    pane = show()
    pane.use_folder(str(tmp_path))
    assert states(qtbot, session, pane)[:3] == ["too large to show", "not a picture", "not a picture"]


def test_a_picture_of_another_size_keeps_its_shape(qtbot: QtBot, session: Session, tmp_path: Path, show: Show) -> None:
    save(tmp_path / KEYS[0], QSize(400, 800))
    pane = show()
    pane.use_folder(str(tmp_path))
    assert states(qtbot, session, pane)[0] == "400 × 800"
    read = pane.view.pictures.shown(0)
    assert read is not None
    assert read.image is not None
    assert read.image.width() * 2 == read.image.height()
    assert not pane.view.grab().isNull()


def test_the_folder_is_remembered_for_the_bucket(qtbot: QtBot, session: Session, tmp_path: Path, show: Show) -> None:
    save(tmp_path / KEYS[3], QSize(64, 36))
    show().use_folder(str(tmp_path))
    assert session.preferences.settings.picture_folders == ((BUCKET, str(tmp_path)),)
    assert states(qtbot, session, show())[3] == "64 × 36"


def test_a_folder_that_is_gone_has_no_pictures(qtbot: QtBot, session: Session, tmp_path: Path, show: Show) -> None:
    pane = show()
    pane.use_folder(str(tmp_path / "gone"))
    assert states(qtbot, session, pane) == ["no file"] * 4
    assert "0 of 4 found" in pane.note.text()


def test_a_key_is_never_a_path(qtbot: QtBot, session: Session, selection: Selection, tmp_path: Path) -> None:
    save(tmp_path / "secret.png", QSize(9, 9))
    (tmp_path / "pictures").mkdir()
    keys = ("../secret.png", str(tmp_path / "secret.png"), "..", "")
    pictures = tuple(Picture(CosObject("b", "r", key), place, "") for place, key in enumerate(keys))
    gallery = Gallery("covers", Message("Covers"), pictures, None, None, None)
    pane = hold(qtbot, GalleryPane(gallery, session, selection))
    pane.use_folder(str(tmp_path / "pictures"))
    assert states(qtbot, session, pane) == ["no file"] * 4


def test_the_button_asks_for_a_folder(qtbot: QtBot, session: Session, tmp_path: Path, show: Show) -> None:
    session.preferences.change(picture_folders=())
    pane = show()
    pane.ask_folder()
    dialog = pane.findChild(QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert states(qtbot, session, pane) == ["no file"] * 4


def test_tiles_are_chosen_by_mouse_and_keys(qtbot: QtBot, selection: Selection, show: Show) -> None:
    view = show().view
    center = view.visualRect(view.pictures.index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=center)
    assert selection.node is not None
    first = selection.node.path
    assert first == view.pictures.picture(0).path
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert selection.node.path == view.pictures.picture(1).path
    selection.select_path(first)
    assert view.currentIndex().row() == 0


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_an_object_can_be_copied(show: Show) -> None:
    view = show().view
    view.setCurrentIndex(view.pictures.index(2))
    menu_of(view)["Copy key"].trigger()
    assert QGuiApplication.clipboard().text() == KEYS[2]


@pytest.mark.parametrize(
    ("width", "height", "frame"),
    [
        (1280, 720, QSize(208, 117)),
        (720, 1280, QSize(87, 156)),
        (None, 720, QSize(208, 117)),
        (1_000_000_000, 1, QSize(208, 117)),
    ],
)
def test_the_frame_has_the_right_shape(width: int | None, height: int | None, frame: QSize) -> None:
    assert frame_size(width, height) == frame
