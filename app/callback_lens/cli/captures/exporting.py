"""``captures export``: bodies as files, byte for byte, and what is known of them."""

import re
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import AddParser
from callback_lens.cli.captures.selection import add_filter, add_secrets, open_caught_up, selected
from callback_lens.cli.context import Context
from callback_lens.cli.show import as_json
from callback_lens.errors import Message
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.store.model import Capture
    from callback_lens.store.store import Store

MANIFEST = "manifest.json"
NOT_IN_NAMES = re.compile("[^A-Za-z0-9]+")
LONGEST_TAG = 40
BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"
SUFFIXES = ((b"\x1f\x8b", ".gz"), (b"<", ".xml"), (b"{", ".json"), (b"[", ".json"))


def add_captures_export(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("write each body as it came into a file, and {file}", {"file": MANIFEST}))
    parser = add("export", help=about, description=about)
    add_filter(parser, words)
    parser.add_argument("-o", dest="out", metavar="DIR", type=Path, required=True, help=words(Message("the folder")))
    parser.add_argument("--force", action="store_true", help=words(Message("replace files that are there")))
    add_secrets(parser, words)
    parser.set_defaults(run=export_captures)
    return parser


def export_captures(arguments: Namespace, context: Context) -> int:
    """Write the captures that fit into ``arguments.out``, which is made where there is none; 0.

    The list of them comes last: where it is, all the files are. Raises UserError where something is there already
    (unless ``--force``; then nothing was written), or cannot be written.
    """
    from callback_lens.export.files import check_target, make_folder, write_file
    from callback_lens.store.opening import open_store

    ids = selected(arguments.filter, context)
    folder, force = arguments.out, arguments.force
    make_folder(folder)
    with open_caught_up(context) as index, open_store(context.captures) as store:
        captures = [capture for capture_id in ids if (capture := index.get(capture_id))]
        names = [_file_name(capture, store) for capture in captures]
        for name in (*names, MANIFEST):
            check_target(folder / name, force)
        for capture, name in zip(captures, names, strict=True):
            write_file(folder / name, store.body(capture.id), force)
    write_file(folder / MANIFEST, _manifest(names, captures, arguments.secrets, context), force)
    values = {"count": len(captures), "folder": str(folder)}
    context.print(context.language.words(Message("captures written to {folder}: {count}", values)))
    return 0


def _file_name(capture: "Capture", store: "Store") -> str:
    """A name of our own: nothing of the payload but letters and digits of its Tag."""
    facts = capture.facts
    about = (facts.tag or facts.event or "") if facts else ""
    tag = NOT_IN_NAMES.sub("-", about)[:LONGEST_TAG].strip("-")
    head = next(store.body_pieces(capture.id), b"").lstrip(BEFORE_TEXT)
    suffix = next((suffix for start, suffix in SUFFIXES if head.startswith(start)), ".bin")
    return f"{capture.id:06}-{tag or 'unknown'}{suffix}"


def _manifest(names: "list[str]", captures: "list[Capture]", with_secrets: bool, context: Context) -> bytes:
    """A JSON list: for each capture what ``captures list --json`` says, and its ``file``."""
    from callback_lens.cli.captures.rows import capture_json

    language = replace(context.language, hides_secrets=not with_secrets)
    items = [
        as_json({"file": name, **capture_json(capture, language)})
        for name, capture in zip(names, captures, strict=True)
    ]
    return ("[" + ",\n ".join(items) + "]\n").encode("utf-8", "backslashreplace")
