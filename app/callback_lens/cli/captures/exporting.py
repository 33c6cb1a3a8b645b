"""``captures export``: bodies as files, byte for byte, and what is known of them."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from callback_lens.cli.arguments import AddParser
from callback_lens.cli.captures.selection import add_filter, add_secrets, open_caught_up, selected
from callback_lens.cli.context import Context
from callback_lens.errors import Message
from callback_lens.i18n import Words


def add_captures_export(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("write each body as it came into a file, and {file}", {"file": "manifest.json"}))
    parser = add("export", help=about, description=about)
    add_filter(parser, words)
    parser.add_argument("-o", dest="out", metavar="DIR", type=Path, required=True, help=words(Message("the folder")))
    parser.add_argument("--force", action="store_true", help=words(Message("replace files that are there")))
    add_secrets(parser, words)
    parser.set_defaults(run=export)
    return parser


def export(arguments: Namespace, context: Context) -> int:
    """Write the captures that fit into ``arguments.out``, which is made where there is none; 0.

    The list of them comes last: where it is, all the files are. Raises UserError where something is there already
    (unless ``--force``; then nothing was written), or cannot be written.
    """
    from callback_lens.capture.exporting import export_captures
    from callback_lens.store.opening import open_store

    ids = selected(arguments.filter, context)
    language = replace(context.language, hides_secrets=not arguments.secrets)
    with open_caught_up(context) as index, open_store(context.captures) as store:
        count = export_captures(ids, arguments.out, store, index, language, force=arguments.force)
    values = {"count": count, "folder": str(arguments.out)}
    context.print(language.words(Message("captures written to {folder}: {count}", values)))
    return 0
