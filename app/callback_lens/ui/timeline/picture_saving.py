"""The picture of the timeline on the clipboard or in a file."""

from pathlib import Path

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from callback_lens.errors import Message
from callback_lens.export.files import write_file
from callback_lens.ui.session import Session
from callback_lens.ui.timeline.pictures import TimelinePicture, png

NARROWEST = 800  # pixels: what a narrow window shows is too small for a picture
FILTERS = ("PNG (*.png)", "SVG (*.svg)")


def picture_size(picture: TimelinePicture, width: int) -> QSize:
    """As wide as the timeline is, and high enough for all lanes."""
    width = max(width, NARROWEST)
    return QSize(width, picture.full_height(width))


class PictureSaving(QObject):
    """Copies and saves for ``parent``."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent

    def copy(self, picture: TimelinePicture, size: QSize) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(picture.image(size))
        self._session.messages.tell(Message("The picture is on the clipboard"))

    def ask_to_save(self, picture: TimelinePicture, size: QSize, name: str) -> None:
        """Ask for a file, to begin with one called ``name`` without suffix, and write the picture into it."""
        dialog = QFileDialog(self._parent, self._session.say(Message("Save the picture of the timeline")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(FILTERS)
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen[:3].lower()))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda file: self.save(picture, size, Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, picture: TimelinePicture, size: QSize, file: Path) -> None:
        """Write the picture into ``file``, as SVG where it is called so; drawn here, written off the GUI thread."""
        svg = picture.svg(size) if is_svg(file) else None
        image = picture.image(size)
        written = Message("{file} was written", {"file": file.name})
        self._session.background.run(
            lambda _: write_file(file, png(image) if svg is None else svg, force=True),
            lambda _: self._session.messages.tell(written),
            self,
            failed=self._session.messages.report,
        )


def is_svg(file: Path) -> bool:
    """Whether a file's name asks for SVG."""
    return file.suffix.lower() == ".svg"
