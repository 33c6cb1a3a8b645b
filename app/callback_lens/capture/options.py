"""The options of ``listen``, and what their values may be: the same rules for the command line and the window."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from callback_lens.errors import Message, UserError

MIB = 1 << 20
MOST_STATUSES = 100


class Option(NamedTuple):
    """``--name VALUE``; ``parse`` makes a value of a text, or raises UserError and says what may be there."""

    name: str
    metavar: str
    parse: Callable[[str], Any]
    default: Any
    about: Message


def statuses(text: str) -> tuple[int, ...]:
    """``500,500,200``."""
    parts = text.split(",")
    if len(parts) > MOST_STATUSES or not all(part.isdecimal() and 200 <= int(part[:4]) <= 599 for part in parts):
        raise UserError(Message("'{text}' is no list of statuses from 200 to 599 such as 500,500,200", {"text": text}))
    return tuple(map(int, parts))


def port(text: str) -> int:
    """A port."""
    if not text.isdecimal() or int(text[:6]) >= 1 << 16:
        raise UserError(Message("'{text}' is not a port from 0 to 65535", {"text": text}))
    return int(text)


def byte_count(text: str) -> int:
    """The bytes in ``200``, ``64M``, ``1.5 GiB``."""
    from callback_lens.store.filters.values import parse_size  # every command knows the options, few their values

    size = parse_size(text.replace(" ", ""))
    if not size:
        raise UserError(Message("'{text}' is no size such as 200k or 64M", {"text": text}))
    return size


def whole_number(least: int) -> Callable[[str], int]:
    """Whole numbers from ``least``."""

    def number(text: str) -> int:
        if not text.isdecimal() or len(text) > 9 or int(text) < least:
            raise UserError(Message("'{text}' is not a whole number from {least}", {"text": text, "least": least}))
        return int(text)

    return number


def number_between(least: float, most: float) -> Callable[[str], float]:
    """Numbers from ``least`` to ``most``."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            values = {"text": text, "least": f"{least:g}", "most": f"{most:g}"}
            raise UserError(Message("'{text}' is not a number from {least} to {most}", values))
        return value

    return number


def web_address(text: str) -> str:
    """An address to send to, as far as that can be said without looking it up."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        hint = Message("such as http://127.0.0.1:8787/callback")
        raise UserError(Message("'{text}' is no address to send to", {"text": text}), hint)
    return text


OPTIONS = (
    Option(
        "host", "H", str, "127.0.0.1", Message("the address to listen at (default: 127.0.0.1, this computer alone)")
    ),
    Option("port", "P", port, None, Message("the port (default: 8787 or the next free one; 0: any free one)")),
    Option(
        "token", "T", str, None, Message("answer 404 to requests without ?token=T or T as the last part of their path")
    ),
    Option("answer", "LIST", statuses, (200,), Message("the statuses of a job's answers in turn, such as 500,500,200")),
    Option("answer-body", "TEXT", str, "", Message("the text of the answers (default: none)")),
    Option(
        "delay", "S", number_between(0, 3600), 0.0, Message("answer S seconds after a request is kept (default: 0)")
    ),
    Option("forward", "URL", web_address, None, Message("send what is captured on to URL")),
)
LIMITS = (
    Option("max-body", "BYTES", byte_count, 64 * MIB, Message("refuse larger bodies (default: 64 MiB)")),
    Option("max-connections", "N", whole_number(1), 500, Message("connections at the same time (default: 500)")),
    Option("idle", "S", number_between(0, 86400), 120.0, Message("close connections without a request (default: 120)")),
    Option(
        "slow", "S", number_between(0, 86400), 20.0, Message("refuse requests that take longer to come (default: 20)")
    ),
    Option(
        "max-store", "MIB", whole_number(1), None, Message("remove the oldest captures above MIB MiB (default: never)")
    ),
    Option(
        "max-age",
        "DAYS",
        number_between(0, 36500),
        None,
        Message("remove captures after DAYS days (default: never)"),
    ),
)


def fault(option: Option, text: str) -> UserError | None:
    """Why ``text`` cannot be the value of ``option``; None where it can, or where it is empty, which is the default."""
    try:
        if text:
            option.parse(text)
    except UserError as error:
        return error
    return None


def command_line(given: Mapping[str, str], options: Iterable[Option] = (*OPTIONS, *LIMITS)) -> list[str]:
    """The arguments for the values ``given`` by the names of options; what is empty or wrong is left at its default."""
    texts = [(option, given.get(option.name, "")) for option in options]
    return [f"--{option.name}={text}" for option, text in texts if text and fault(option, text) is None]
