"""What the nodes of a payload mean, in English and in Chinese, and the units of their numbers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class FieldNote:
    """What one node means, in one language: ``term`` is a short label, ``note`` one or two sentences."""

    term: str
    note: str


class FieldNotes:
    """What is known of all nodes, found by the neutral path of a node; its indices do not matter.

    A key is the name of a node, with the names of its parents before it (``Input.Object``) where the meaning depends
    on them. Of several keys that end a path the longest counts.
    """

    def __init__(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        self._entries = entries
        self._longest = max((key.count(".") + 1 for key in entries), default=1)

    def note(self, path: str, language: str) -> FieldNote | None:
        """What the node at ``path`` means in ``language``, "en" or "zh"; None when nothing is known of it."""
        entry = self._entry(path)
        return None if entry is None else FieldNote(**entry[language])

    def unit(self, path: str) -> str | None:
        """The unit of the number at ``path``; None when it has none or it is not known.

        One of bytes, seconds, milliseconds, kbps, hertz, frames-per-second, pixels, degrees, percent,
        characters-per-second and count; or bitrate, which is in kbps or in bit/s depending on the job.
        """
        entry = self._entry(path)
        return None if entry is None else entry.get("unit")

    def _entry(self, path: str) -> Mapping[str, Any] | None:
        names = INDEX.sub("", path).rsplit(".", self._longest)[-self._longest :]
        suffixes = (".".join(names[start:]) for start in range(len(names)))
        return next((self._entries[suffix] for suffix in suffixes if suffix in self._entries), None)


def load_field_notes(folder: Path) -> FieldNotes:
    """The notes in the JSON files of ``folder``, each an object ``{key: {"en": note, "zh": note, "unit": unit}}``.

    A note is ``{"term": …, "note": …}``; the unit may be absent.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    for file in folder.iterdir():
        if file.suffix == ".json":
            entries.update(json.loads(file.read_bytes()))
    return FieldNotes(entries)
