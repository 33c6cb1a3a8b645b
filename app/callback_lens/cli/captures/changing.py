"""``captures delete``, ``pin``, ``unpin``, ``note`` and ``rebuild-index``: what changes the store."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from callback_lens.capture.looking_up import kept
from callback_lens.cli.arguments import AddParser
from callback_lens.cli.captures.selection import add_filter, add_ids, are_ids, open_caught_up, parsed, selected
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.store.filters.model import Filter

YES = (b"y", b"yes")


def add_delete(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("delete captures; pinned ones only where is:pinned is said"))
    parser = add("delete", help=about, description=about)
    add_filter(parser, words, least="+")
    parser.add_argument("--yes", action="store_true", help=words(Message("do not ask")))
    parser.set_defaults(run=delete)
    return parser


def add_pin(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("keep captures from being deleted"))
    parser = add("pin", help=about, description=about)
    add_ids(parser, words)
    parser.set_defaults(run=partial(_pin, True))
    return parser


def add_unpin(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("have captures deleted like any others"))
    parser = add("unpin", help=about, description=about)
    add_ids(parser, words)
    parser.set_defaults(run=partial(_pin, False))
    return parser


def add_note(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("write a note on captures"))
    parser = add("note", help=about, description=about)
    add_ids(parser, words)
    parser.add_argument(
        "--text", metavar="TEXT", required=True, help=words(Message("the note; an empty one takes it away"))
    )
    parser.set_defaults(run=_annotate)
    return parser


def add_rebuild_index(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("derive anew all that is known of the captures' bodies"))
    parser = add("rebuild-index", help=about, description=about)
    parser.set_defaults(run=_rebuild_index)
    return parser


def delete(arguments: Namespace, context: Context) -> int:
    """Delete the captures that fit, once the user has agreed; 0.

    Raises UserError without ``--yes`` where nobody can be asked.
    """
    from callback_lens.store.opening import open_store

    found = selected(arguments.filter, context)
    pinned = set() if _is_about_pinned(arguments.filter) else set(selected(["is:pinned"], context))
    ids = [capture_id for capture_id in found if capture_id not in pinned]
    if len(ids) < len(found):
        context.warn(Message("pinned captures that are kept: {count}", {"count": len(found) - len(ids)}))
    if ids and not (arguments.yes or _is_agreed(len(ids), context)):
        ids = []
    with open_store(context.captures) as store:
        count = store.delete(ids)
    open_caught_up(context).close()  # the index forgets what they said
    context.print(context.language.words(Message("captures deleted: {count}", {"count": count})))
    return 0


def _is_about_pinned(words: Sequence[str]) -> bool:
    """Whether a filter asks for pinned captures."""
    wanted = None if are_ids(words) else parsed(words)
    return wanted is not None and _asks_for_pinned(wanted)


def _asks_for_pinned(wanted: "Filter") -> bool:
    from callback_lens.store.filters.model import Key, Not, Quality, Term

    if isinstance(wanted, Term):
        return wanted.key is Key.IS and wanted.value.lower() == Quality.PINNED
    return not isinstance(wanted, Not) and any(map(_asks_for_pinned, wanted.parts))


def _is_agreed(count: int, context: Context) -> bool:
    """Whether the user wants ``count`` captures deleted. Raises UserError where nobody can be asked."""
    if not context.stdin.isatty():
        message = Message("nobody can be asked whether to delete captures: {count}", {"count": count})
        raise UserError(message, Message("--yes deletes them"))
    question = context.language.words(Message("Captures to delete: {count}. Delete them? (y/n)", {"count": count}))
    print(question, end=" ", flush=True, file=context.stderr)
    return context.stdin.readline().strip().lower() in YES


def _pin(is_pinned: bool, arguments: Namespace, context: Context) -> int:
    """Pin ``arguments.ids``, or no longer. Raises UserError where one does not exist."""
    from callback_lens.store.opening import open_store

    with open_store(context.captures) as store:
        store.pin([kept(store, capture_id)[0].id for capture_id in arguments.ids], is_pinned)
    return 0


def _annotate(arguments: Namespace, context: Context) -> int:
    """Write ``arguments.text`` on ``arguments.ids``. Raises UserError where one does not exist."""
    from callback_lens.store.opening import open_store

    with open_store(context.captures) as store:
        store.annotate([kept(store, capture_id)[0].id for capture_id in arguments.ids], arguments.text)
    return 0


def _rebuild_index(_: Namespace, context: Context) -> int:
    """Make the index anew, and say how much is in it."""
    from callback_lens.store.index import open_index

    with open_index(context.captures) as index:
        index.rebuild()
        count = index.catch_up()
    context.print(context.language.words(Message("captures indexed: {count}", {"count": count})))
    return 0
