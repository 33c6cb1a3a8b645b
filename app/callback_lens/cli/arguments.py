"""What arguments of several commands have in common, and the types of their values."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from callback_lens.capture import options
from callback_lens.errors import Message, UserError
from callback_lens.i18n import LANGUAGES, Words

AddParser = Callable[..., ArgumentParser]
Value = TypeVar("Value")


def add_common(parser: ArgumentParser, words: Words, is_first: bool) -> None:
    """Options that may stand before the command (``is_first``) and behind it; there they must not undo the former."""
    default = None if is_first else SUPPRESS
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=Path,
        default=default,
        help=words(Message("keep all state of the program in DIR")),
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=default,
        help=words(Message("the language of messages (default: en; the window: as the system)")),
    )


def add_files(parser: ArgumentParser, words: Words, least: str = "+") -> None:
    """The argument ``files``, ``least`` as argparse's ``nargs``."""
    about = words(Message("callbacks: files, folders, .gz, .zip, saved HTTP messages; - is standard input"))
    parser.add_argument("files", metavar="FILE", nargs=least, help=about)


def argument(parse: Callable[[str], Value]) -> Callable[[str], Value]:
    """The type of what ``parse`` makes of a text, which raises UserError where it cannot."""

    def value(text: str) -> Value:
        try:
            return parse(text)
        except UserError as error:
            raise ArgumentTypeError(str(error)) from error

    return value


def whole_number(least: int) -> Callable[[str], int]:
    """The type of whole numbers from ``least``."""
    return argument(options.whole_number(least))


def number_between(least: float, most: float) -> Callable[[str], float]:
    """The type of numbers from ``least`` to ``most``."""
    return argument(options.number_between(least, most))


def size(text: str) -> tuple[int, int]:
    """Width and height of a picture."""
    width, _, height = text.partition("x")
    if not all(part.isdecimal() and len(part) <= 4 and int(part) >= 100 for part in (width, height)):
        raise ArgumentTypeError(f"{text!r} is no size such as 1280x800, each from 100 to 9999")
    return int(width), int(height)
