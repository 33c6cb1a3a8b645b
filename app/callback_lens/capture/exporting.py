"""Captures exported: bodies as files, byte for byte, and what is known of them."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from callback_lens.capture.describing import capture_json
from callback_lens.export.files import check_target, make_folder, write_file
from callback_lens.export.json_line import as_json
from callback_lens.export.language import Language
from callback_lens.store.index import Index
from callback_lens.store.model import Capture
from callback_lens.store.store import Store

MANIFEST = "manifest.json"
NOT_IN_NAMES = re.compile("[^A-Za-z0-9]+")
LONGEST_TAG = 40
BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"
SUFFIXES = ((b"\x1f\x8b", ".gz"), (b"<", ".xml"), (b"{", ".json"), (b"[", ".json"))


def export_captures(
    ids: Sequence[int],
    folder: Path,
    store: Store,
    index: Index,
    language: Language,
    *,
    force: bool,
    progress: Callable[[float], None] = lambda _: None,
) -> int:
    """Write the bodies of those captures that are still there into ``folder``, which is made where there is none.

    The list of them comes last: where it is, all the files are. ``progress`` hears which part is written; raising, it
    ends the export. How many they are. Raises UserError where something is there already (unless ``force``; then
    nothing was written), or cannot be written.
    """
    make_folder(folder)
    captures = [capture for capture_id in ids if (capture := index.get(capture_id))]
    names = [file_name(capture, store) for capture in captures]
    for name in (*names, MANIFEST):
        check_target(folder / name, force)
    for number, (capture, name) in enumerate(zip(captures, names, strict=True), 1):
        write_file(folder / name, store.body(capture.id), force)
        progress(number / len(captures))
    write_file(folder / MANIFEST, _manifest(names, captures, language), force)
    return len(captures)


def file_name(capture: Capture, store: Store) -> str:
    """A name for the capture's body that is our own: nothing of the payload but letters and digits of its Tag."""
    facts = capture.facts
    about = (facts.tag or facts.event or "") if facts else ""
    tag = NOT_IN_NAMES.sub("-", about)[:LONGEST_TAG].strip("-")
    head = next(store.body_pieces(capture.id), b"").lstrip(BEFORE_TEXT)
    suffix = next((suffix for start, suffix in SUFFIXES if head.startswith(start)), ".bin")
    return f"{capture.id:06}-{tag or 'unknown'}{suffix}"


def _manifest(names: Sequence[str], captures: Sequence[Capture], language: Language) -> bytes:
    """A JSON list: for each capture what ``captures list --json`` says, and its ``file``."""
    items = [
        as_json({"file": name, **capture_json(capture, language)})
        for name, capture in zip(names, captures, strict=True)
    ]
    return ("[" + ",\n ".join(items) + "]\n").encode("utf-8", "backslashreplace")
