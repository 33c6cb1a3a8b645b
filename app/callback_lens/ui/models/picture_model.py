"""The pictures of a gallery block, and what has been read of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Signal

from callback_lens.blocks.model import Picture
from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.models.picture_files import Shown
from callback_lens.ui.models.plain import shown, tooltip
from callback_lens.ui.models.row_model import NOWHERE, Index, Role
from callback_lens.ui.session import Session

MOST_KEPT = 300  # scaled pictures, at most half a megabyte each


class PictureModel(QAbstractListModel):
    """An item for each picture; ``wanted`` carries the place of one that is drawn and not read yet."""

    wanted = Signal(object)

    def __init__(self, session: Session, pictures: Sequence[Picture], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures = pictures
        self._read: dict[int, Shown] = {}

    def picture(self, place: int) -> Picture:
        """The block's own picture."""
        return self._pictures[place]

    def shown(self, place: int) -> Shown | None:
        """What was read; None, and ``wanted``, where nothing was yet."""
        if place not in self._read:
            self.wanted.emit(place)
        return self._read.get(place)

    def has(self, place: int) -> bool:
        """Whether the picture was read, or is known not to be there."""
        return place in self._read

    def keep(self, place: int, read: Shown) -> None:
        """Show what was read."""
        while len(self._read) >= MOST_KEPT:
            self._read.pop(next(iter(self._read)))
        self._read[place] = read
        self.dataChanged.emit(self.index(place), self.index(place))

    def forget(self) -> None:
        """Read everything anew: the folder is another one."""
        self._read.clear()
        if self._pictures:
            self.dataChanged.emit(self.index(0), self.index(len(self._pictures) - 1))

    def place_of(self, node: Node) -> int | None:
        """The first picture whose node is ``node``."""
        path = node.path
        return next((place for place, picture in enumerate(self._pictures) if picture.path == path), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: QModelIndex | Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        picture = self._pictures[index.row()]
        key = picture.object.key or ""
        if role == Role.DisplayRole:
            return shown(f"{picture.index} · {key.rpartition('/')[2]}")
        if role == Role.ToolTipRole:
            return tooltip(key)
        if role == Role.AccessibleTextRole:
            return shown(f"{picture.index} · {key} · {self.state(index.row())}")
        return None

    def state(self, place: int) -> str:
        """What there is of the picture, in words: its size, or why it is missing."""
        read = self._read.get(place)
        if read is None:
            return ""
        if read.problem is not None:
            return self._session.say(read.problem)
        return f"{read.size.width()} × {read.size.height()}" if read.size else self._session.say(Message("no file"))
