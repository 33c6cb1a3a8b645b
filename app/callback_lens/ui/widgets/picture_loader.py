"""Reads the pictures of a gallery off the GUI thread, one after the other, those first that are looked at."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal

from callback_lens.ui.models.picture_files import PictureFolder, Shown, list_pictures, read_picture
from callback_lens.ui.models.picture_model import PictureModel
from callback_lens.ui.session import Session


class PictureLoader(QObject):
    """Fills a PictureModel from a folder; ``listed`` carries the number of its pictures that are in the folder."""

    listed = Signal(object)

    def __init__(self, session: Session, model: PictureModel, room: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._room = room
        self._folder: PictureFolder | None = None
        self._waiting: list[int] = []
        self._is_busy = False
        model.wanted.connect(self._want)

    def use(self, folder: Path) -> None:
        """Take the pictures of ``folder`` from now on."""
        self._folder = None
        self._waiting.clear()
        self._is_busy = True
        self._session.background.run(partial(list_pictures, folder), self._start, self)

    def _start(self, folder: PictureFolder) -> None:
        self._folder = folder
        self._is_busy = False
        self._model.forget()
        keys = (self._model.picture(place).object.key for place in range(self._model.rowCount()))
        self.listed.emit(sum(folder.find(key) is not None for key in keys if key))
        self._next()

    def _want(self, place: int) -> None:
        if place not in self._waiting:
            self._waiting.append(place)
        self._next()

    def _next(self) -> None:
        if self._folder is None or self._is_busy:
            return
        while self._waiting and not self._is_busy:
            place = self._waiting.pop()
            if not self._model.has(place):
                self._read(place, self._folder)

    def _read(self, place: int, folder: PictureFolder) -> None:
        file = folder.find(self._model.picture(place).object.key or "")
        if file is None:
            self._model.keep(place, Shown(None))
            return
        self._is_busy = True
        self._session.background.run(lambda _: read_picture(file, self._room), partial(self._finish, place), self)

    def _finish(self, place: int, read: Shown) -> None:
        self._is_busy = False
        self._model.keep(place, read)
        self._next()
