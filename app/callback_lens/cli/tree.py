"""``tree``: the nodes of a payload as text."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator

from callback_lens.cli.arguments import AddParser, add_files, whole_number
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.export.json_line import as_json
from callback_lens.export.language import Language
from callback_lens.export.layout import glance, one_line
from callback_lens.i18n import Words
from callback_lens.payload.document import Document
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.paths import node_at
from callback_lens.payload.units import readable

LONGEST_VALUE = 200


def add_tree(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("print the nodes of a payload as written"))
    parser = add("tree", help=about, description=about)
    add_files(parser, words)
    parser.add_argument(
        "--path",
        metavar="PATH",
        help=words(Message("only the node at PATH, such as JobsDetail[0].Operation.Output")),
    )
    parser.add_argument(
        "--depth", metavar="N", type=whole_number(0), help=words(Message("no more than N levels below the top"))
    )
    parser.add_argument(
        "--find",
        metavar="TEXT",
        help=words(Message("only nodes with TEXT in name or value, and what they stand in")),
    )
    parser.add_argument("--notes", action="store_true", help=words(Message("say beside each node what it means")))
    parser.add_argument("--json", action="store_true", help=words(Message("the data as JSON, also of XML")))
    parser.set_defaults(run=tree)
    return parser


def tree(arguments: Namespace, context: Context) -> int:
    """Print the nodes of each payload; 2 when a file could not be read or has no such path, otherwise 0."""
    status = 0
    for result in context.documents(arguments.files):
        if isinstance(result, Document):
            top = node_at(result.payload, arguments.path) if arguments.path else result.root
            if top is not None:
                _print(top, result, arguments, context)
                continue
            context.report(_no_such_path(result, arguments.path))
        status = 2
    return status


def _no_such_path(document: Document, path: str) -> UserError:
    message = Message("there is no node at {path}", {"path": path})
    hint = Message("paths look like JobsDetail[0].Operation.Output; --find searches")
    return UserError(message, hint, source=document.source.file)


def _print(top: Node, document: Document, arguments: Namespace, context: Context) -> None:
    if arguments.json:
        context.print(as_json(document.data() if top is document.root else top.data()))
        return
    wanted = _finder(arguments.find)
    for node, depth in _found(top, wanted, arguments.depth):
        context.print("  " * depth + node_line(node, context.language, arguments.notes))


def _finder(text: str | None) -> Callable[[Node], bool]:
    """Whether a node's name or value has ``text`` in it, in any case."""
    folded = (text or "").casefold()
    return lambda node: folded in node.name.casefold() or folded in (node.value or "").casefold()


def _found(top: Node, wanted: Callable[[Node], bool], most: int | None) -> Iterator[tuple[Node, int]]:
    """The wanted nodes with their ancestors, in document order, no deeper than ``most`` levels below ``top``."""
    line: list[tuple[Node, int]] = []  # the ancestors of the node looked at that are not given yet
    waiting = [(node, 0) for node in reversed(_tops(top))]
    while waiting:
        node, depth = waiting.pop()
        line = [(above, level) for above, level in line if level < depth]
        line.append((node, depth))
        if wanted(node):
            yield from line
            line = []
        if most is None or depth < most:
            waiting += [(child, depth + 1) for child in reversed(node.children())]


def _tops(top: Node) -> list[Node]:
    """A document is shown by what is in it."""
    return [top] if top.name and not top.name.startswith("#document") else top.children() or [top]


def node_line(node: Node, language: Language, with_note: bool) -> str:
    """A node in one line: its name and index, then its value, or the number of nodes in it."""
    name = one_line(node.name) + ("" if node.index is None else f"[{node.index}]")
    line = f"{name}: {_value(node, language)}" if node.value is not None else _container(node, name)
    note = language.notes.note(node.path, language.name) if with_note else None
    return f"{line}  # {note.term}: {note.note}" if note else line


def _value(node: Node, language: Language) -> str:
    text = glance(node.value or "", LONGEST_VALUE)
    said = readable(node.value or "", language.notes.unit(node.path))
    return f"{text} ({said})" if said else text


def _container(node: Node, name: str) -> str:
    if node.kind is Kind.NULL:
        return f"{name}: null"
    count = len(node.children())
    return f"{name} ({count})" if count else name
