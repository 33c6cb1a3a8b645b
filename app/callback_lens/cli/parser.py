"""What can be said on the command line."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, NoReturn

from callback_lens import __version__
from callback_lens.cli.arguments import add_common
from callback_lens.cli.captures.command import add_captures
from callback_lens.cli.export import add_export
from callback_lens.cli.listen import add_listen
from callback_lens.cli.open import LISTEN, add_open
from callback_lens.cli.render import add_render
from callback_lens.cli.samples import add_samples
from callback_lens.cli.self_test import add_self_test
from callback_lens.cli.send import add_send
from callback_lens.cli.show import add_show
from callback_lens.cli.tree import add_tree
from callback_lens.errors import Message, UserError
from callback_lens.i18n import Words

PROGRAM = "callback-lens"
COMMANDS = ("open", "show", "tree", "export", "render", "listen", "captures", "send", "samples", "self-test")
ADDED = (
    *(add_open, add_show, add_tree, add_export, add_render),
    *(add_listen, add_captures, add_send, add_samples, add_self_test),
)
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
    """``arguments`` with ``open`` where no command is: before the first word, if that is a file, or at the end.

    Of ``open --listen FILE`` argparse would take the file for the port.
    """
    index = 0
    while index < len(arguments) and _stands_before_commands(arguments[index]):
        lacks_value = arguments[index] in WITH_VALUE and index + 1 == len(arguments)
        if arguments[index] in ABOUT_ITSELF or lacks_value:
            return list(arguments)
        index += 2 if arguments[index] in WITH_VALUE else 1
    is_command = index < len(arguments) and arguments[index] in COMMANDS
    command, *rest = arguments[index:] if is_command else ["open", *arguments[index:]]
    if command == "open":
        rest = [f"{LISTEN}=" if argument == LISTEN else argument for argument in rest]
    return [*arguments[:index], command, *rest]


def _stands_before_commands(argument: str) -> bool:
    return argument.startswith("-") and argument not in ("-", "--") and argument.partition("=")[0] != LISTEN


def build_parser(words: Words) -> Parser:
    """The parser, its texts said by ``words``; what it gives has the chosen command's function as ``run``."""
    parser = Parser(PROGRAM, description=words(Message("Read the callbacks of Tencent Cloud CI media jobs.")))
    parser.add_argument("--version", action="version", version=f"Callback Lens {__version__}")
    add_common(parser, words, is_first=True)
    commands = parser.add_subparsers(metavar=words(Message("COMMAND")), required=True)
    for add in ADDED:
        add_common(add(commands.add_parser, words), words, is_first=False)
    return parser
