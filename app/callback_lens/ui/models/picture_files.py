"""Pictures in a folder of the user: found by an object's key, read without trusting their size."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from callback_lens.errors import Message
from callback_lens.ui.background import Job

FORMATS = frozenset(("jpeg", "jpg", "png", "webp"))  # what CI writes; other decoders are not let near strangers' files
MOST_FILES = 50_000
MOST_PIXELS = 4096 * 4096  # CI's covers are at most this large, by Tencent's documentation
MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """The pictures of a folder by their path in it and by their name: keys of a payload are compared with these."""

    by_key: dict[str, Path]
    by_name: dict[str, Path]

    def find(self, key: str) -> Path | None:
        """The picture for an object's key: the one at that place in the folder, else one of that name."""
        key = key.removeprefix("/")
        return self.by_key.get(key) or self.by_name.get(key.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a picture: scaled down, with its real size in pixels; or why there is none."""

    image: QImage | None
    size: QSize | None = None
    problem: Message | None = None


def list_pictures(folder: Path, job: Job) -> PictureFolder:
    """The files of ``folder`` and of the folders in it, links not followed; at most ``MOST_FILES`` of them."""
    by_key: dict[str, Path] = {}
    by_name: dict[str, Path] = {}
    for file in islice(_files(folder, job), MOST_FILES):
        by_key[file.relative_to(folder).as_posix()] = file
        by_name.setdefault(file.name, file)
    return PictureFolder(by_key, by_name)


def _files(folder: Path, job: Job) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        job.check()
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def read_picture(file: Path, room: QSize) -> Shown:
    """The picture in ``file``, scaled to fit into ``room`` pixels. Looks at its size before it decodes anything."""
    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return Shown(None, problem=Message("too large to show"))
    except OSError:
        return Shown(None, problem=Message("cannot be read"))
    reader = QImageReader(str(file))
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if bytes(reader.format().data()).decode("ascii", "replace") not in FORMATS or not size.isValid():
        return Shown(None, problem=Message("not a picture"))
    if size.width() * size.height() > MOST_PIXELS:
        return Shown(None, size, Message("too large to show"))
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return Shown(None, size, Message("damaged")) if image.isNull() else Shown(image, size)
