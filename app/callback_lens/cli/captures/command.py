"""``captures``: the store on the command line, a command for each thing to do with it."""

from argparse import ArgumentParser

from callback_lens.cli.arguments import AddParser, add_common
from callback_lens.cli.captures.changing import add_delete, add_note, add_pin, add_rebuild_index, add_unpin
from callback_lens.cli.captures.exporting import add_captures_export
from callback_lens.cli.captures.listing import add_list
from callback_lens.cli.captures.replaying import add_replay
from callback_lens.cli.captures.showing import add_captures_show
from callback_lens.errors import Message
from callback_lens.i18n import Words

ADDED = (
    *(add_list, add_captures_show, add_captures_export, add_replay),
    *(add_delete, add_pin, add_unpin, add_note, add_rebuild_index),
)


def add_captures(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("find, show, export, send again and delete what was captured"))
    parser = add("captures", help=about, description=about)
    commands = parser.add_subparsers(metavar=words(Message("COMMAND")), required=True)
    for add_one in ADDED:
        add_common(add_one(commands.add_parser, words), words, is_first=False)
    return parser
