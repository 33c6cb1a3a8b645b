"""The pictures a job wrote, from a folder that the user chooses: nothing is fetched."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from callback_lens.blocks.model import Gallery
from callback_lens.errors import Message
from callback_lens.ui.models.picture_model import PictureModel
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.menus import asked_about, show_menu
from callback_lens.ui.widgets.object_menu import object_choices
from callback_lens.ui.widgets.picture_loader import PictureLoader
from callback_lens.ui.widgets.picture_tile import PictureTile

MOST_LINES_OF_TILES = 3
SHARPNESS = 2  # pixels read for each pixel shown: crisp on dense screens


class GalleryPane(QWidget):
    """Shows a Gallery block; the folder is remembered for the pictures' bucket."""

    def __init__(self, block: Gallery, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block = block
        self._session = session
        self.view = PictureView(block, session, selection, self)
        self.loader = PictureLoader(session, self.view.pictures, self.view.tile.frame * SHARPNESS, self)
        self.loader.listed.connect(self._tell_found)
        self.choose = Button(session, Message("Choose folder…"), "folder", self)
        self.choose.clicked.connect(self.ask_folder)
        self.note = Label(session, self._first_words(), self, "muted", wraps=True)
        self._lay_out()
        folder = dict(session.preferences.settings.picture_folders).get(self._bucket)
        if folder:
            self._load(Path(folder))

    @property
    def _bucket(self) -> str:
        return next((picture.object.bucket for picture in self._block.pictures if picture.object.bucket), "")

    def ask_folder(self) -> None:
        """Let the user choose the folder with the pictures."""
        dialog = QFileDialog(self, self._session.say(Message("Choose the folder with the pictures")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_folder)
        dialog.open()

    def use_folder(self, folder: str) -> None:
        """Show the pictures of ``folder``, and remember it for this bucket."""
        folders = dict(self._session.preferences.settings.picture_folders) | {self._bucket: folder}
        self._session.preferences.change(picture_folders=tuple(folders.items()))
        self._load(Path(folder))

    def _load(self, folder: Path) -> None:
        self._folder = folder
        self.loader.use(folder)

    def _tell_found(self, found: int) -> None:
        values = {"found": found, "total": len(self._block.pictures), "folder": str(self._folder)}
        self.note.change(Message("{found} of {total} found in {folder}", values))

    def _first_words(self) -> Message:
        if not self._block.pictures:
            return Message("The payload lists no pictures.")
        return Message("Callback Lens fetches nothing: choose the folder to which you saved the pictures.")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(TIGHT, 0, TIGHT, 0)
        column.setSpacing(GAP)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.choose)
        line.addWidget(self.note, 1)
        column.addLayout(line)
        column.addWidget(self.view)
        self.choose.setVisible(bool(self._block.pictures))
        self.view.setVisible(bool(self._block.pictures))


class PictureView(QListView):
    """Tiles in the order of the payload; arrows move, Enter and a click select the node."""

    def __init__(self, block: Gallery, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._title = block.title
        self.pictures = PictureModel(session, block.pictures, self)
        self.tile = PictureTile(session, block.width, block.height, self)
        self.setModel(self.pictures)
        self.setItemDelegate(self.tile)
        self._set_look()
        self.clicked.connect(self._choose)
        selection.node_changed.connect(self._follow)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self.viewport().update)
        self._speak()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.currentIndex() != before:
            self._choose(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = asked_about(self, event)
        if index.isValid():
            show_menu(self._session, object_choices(self.pictures.picture(index.row()).object), at, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _set_look(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fit(self) -> None:
        tile = self.sizeHintForIndex(self.pictures.index(0))
        if tile.isValid():
            across = max(self.viewport().width() // tile.width(), 1)
            lines = min(-(-self.pictures.rowCount() // across), MOST_LINES_OF_TILES)
            self.setFixedHeight(lines * tile.height() + TIGHT)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._selection.select_path(self.pictures.picture(index.row()).path, self)

    def _follow(self, selected: NodeSelected) -> None:
        if selected.origin is self:
            return
        place = self.pictures.place_of(selected.node) if selected.node is not None else None
        if place is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self.pictures.index(place))

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(self._title))
