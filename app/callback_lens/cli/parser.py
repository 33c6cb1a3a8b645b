"""What can be said on the command line."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from callback_lens import __version__
from callback_lens.cli.open import open_window
from callback_lens.cli.render import render
from callback_lens.cli.samples import samples
from callback_lens.cli.self_test import self_test
from callback_lens.cli.show import show
from callback_lens.cli.tree import tree
from callback_lens.errors import Message, UserError
from callback_lens.i18n import LANGUAGES, Words

PROGRAM = "callback-lens"
COMMANDS = ("open", "show", "tree", "render", "samples", "self-test")
WITH_VALUE = ("--profile", "--lang")
ABOUT_ITSELF = ("-h", "--help", "--version")


class Parser(ArgumentParser):
    """Raises UserError where argparse would print and leave; takes no option that is not written out."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options | {"allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """What argparse has to say, in English."""
        hint = Message("{program} --help lists what can be said", {"program": self.prog})
        raise UserError(Message("{problem}", {"problem": message}), hint)


def with_command(arguments: Sequence[str]) -> list[str]:
    """``arguments`` with ``open`` where no command is: before the first word, if that is a file, or at the end."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-") and arguments[index] not in ("-", "--"):
        lacks_value = arguments[index] in WITH_VALUE and index + 1 == len(arguments)
        if arguments[index] in ABOUT_ITSELF or lacks_value:
            return list(arguments)
        index += 2 if arguments[index] in WITH_VALUE else 1
    is_command = index < len(arguments) and arguments[index] in COMMANDS
    return [*arguments[:index], *([] if is_command else ["open"]), *arguments[index:]]


def build_parser(words: Words) -> Parser:
    """The parser, its texts said by ``words``; what it gives has the chosen command's function as ``run``."""
    parser = Parser(PROGRAM, description=words(Message("Read the callbacks of Tencent Cloud CI media jobs.")))
    parser.add_argument("--version", action="version", version=f"Callback Lens {__version__}")
    _add_common(parser, words, default=True)
    commands = parser.add_subparsers(metavar=words(Message("COMMAND")), required=True)
    for add in (_add_open, _add_show, _add_tree, _add_render, _add_samples, _add_self_test):
        _add_common(add(commands.add_parser, words), words, default=False)
    return parser


def _add_common(parser: ArgumentParser, words: Words, default: bool) -> None:
    """Options that may stand before the command and behind it; behind it they must not undo what stood before."""
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=Path,
        default=None if default else SUPPRESS,
        help=words(Message("keep all state of the program in DIR")),
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=None if default else SUPPRESS,
        help=words(Message("the language of messages (default: en; the window: as the system)")),
    )


def _add_open(add: Callable[..., ArgumentParser], words: Words) -> ArgumentParser:
    about = words(Message("open the window (also with no command at all)"))
    parser = add("open", help=about, description=about)
    _add_files(parser, words, least="*")
    parser.set_defaults(run=open_window)
    return parser


def _add_render(add: Callable[..., ArgumentParser], words: Words) -> ArgumentParser:
    about = words(Message("draw the window into a PNG file, with no display needed"))
    parser = add("render", help=about, description=about)
    _add_files(parser, words, least="*")
    parser.add_argument(
        "-o", dest="out", metavar="OUT.png", type=Path, required=True, help=words(Message("the picture to write"))
    )
    parser.add_argument(
        "--view",
        choices=("window", "tree", "pane"),
        default="window",
        help=words(Message("the whole window (default), its tree, or its detail pane")),
    )
    parser.add_argument(
        "--tab",
        choices=("overview", "source", "raw", "request"),
        default="overview",
        help=words(Message("the tab of the detail (default: overview)")),
    )
    parser.add_argument(
        "--size", metavar="WxH", type=_size, default=(1280, 800), help=words(Message("in pixels (default: 1280x800)"))
    )
    parser.add_argument(
        "--scale",
        metavar="F",
        type=_scale,
        default=1.0,
        help=words(Message("pixels of the picture for each, 1 to 4: 2 is for a screen with twice as many")),
    )
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help=words(Message("light (default) or dark"))
    )
    parser.add_argument("--force", action="store_true", help=words(Message("replace the picture that is there")))
    parser.set_defaults(run=render)
    return parser


def _add_show(add: Callable[..., ArgumentParser], words: Words) -> ArgumentParser:
    about = words(Message("say what happened: the jobs, their results, and what does not add up"))
    parser = add("show", help=about, description=about)
    _add_files(parser, words)
    parser.add_argument("--json", action="store_true", help=words(Message("as JSON, schema 1, nothing masked")))
    parser.add_argument(
        "--secrets", action="store_true", help=words(Message("print passwords, signatures and tokens as they are"))
    )
    parser.set_defaults(run=show)
    return parser


def _add_tree(add: Callable[..., ArgumentParser], words: Words) -> ArgumentParser:
    about = words(Message("print the nodes of a payload as written"))
    parser = add("tree", help=about, description=about)
    _add_files(parser, words)
    parser.add_argument(
        "--path",
        metavar="PATH",
        help=words(Message("only the node at PATH, such as JobsDetail[0].Operation.Output")),
    )
    parser.add_argument(
        "--depth", metavar="N", type=_number(0), help=words(Message("no more than N levels below the top"))
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


def _add_samples(add: Callable[..., ArgumentParser], words: Words) -> ArgumentParser:
    about = words(Message("list the shipped samples, or print one"))
    parser = add("samples", help=about, description=about)
    parser.add_argument("name", metavar="NAME", nargs="?", help=words(Message("the sample to print")))
    synthetic = parser.add_argument_group(words(Message("how the synthetic speech callbacks are made")))
    for option, default, least, meaning in (
        ("--sentences", 4500, 1, Message("how many sentences (default: 4500)")),
        ("--words", 22, 1, Message("how many words a sentence has (default: 22)")),
        ("--speakers", 2, 1, Message("how many speakers (default: 2)")),
        ("--seed", 0, 0, Message("another number gives other words (default: 0)")),
    ):
        synthetic.add_argument(option, metavar="N", type=_number(least), default=default, help=words(meaning))
    synthetic.add_argument(
        "--overlap",
        metavar="F",
        type=_fraction,
        default=0.0,
        help=words(Message("the part of sentences that begin before the last one ends, 0 to 1 (default: 0)")),
    )
    parser.set_defaults(run=samples)
    return parser


def _add_self_test(add: Callable[..., ArgumentParser], words: Words) -> ArgumentParser:
    about = words(Message("check that what is installed works"))
    parser = add("self-test", help=about, description=about)
    parser.set_defaults(run=self_test)
    return parser


def _add_files(parser: ArgumentParser, words: Words, least: str = "+") -> None:
    about = words(Message("callbacks: files, folders, .gz, .zip, saved HTTP messages; - is standard input"))
    parser.add_argument("files", metavar="FILE", nargs=least, help=about)


def _number(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or len(text) > 9 or int(text) < least:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least}")
        return int(text)

    return number


def _fraction(text: str) -> float:
    try:
        fraction = float(text)
    except ValueError:
        fraction = -1
    if not 0 <= fraction <= 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return fraction


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not all(part.isdecimal() and len(part) <= 4 and int(part) >= 100 for part in (width, height)):
        raise ArgumentTypeError(f"{text!r} is no size such as 1280x800, each from 100 to 9999")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0
    if not 1 <= scale <= 4:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 to 4")
    return scale
