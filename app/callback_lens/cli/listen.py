"""``listen``: the listener without a window."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from callback_lens.capture.options import LIMITS, MIB, OPTIONS, Option
from callback_lens.cli.arguments import AddParser, argument
from callback_lens.cli.context import Context
from callback_lens.cli.program import own_command
from callback_lens.errors import Message
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.capture.housekeeping import Bounds
    from callback_lens.capture.listening import Settings


def add_listen(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("take callbacks over HTTP and keep them, until Ctrl+C or the line stop on standard input"))
    parser = add("listen", help=about, description=about)
    _add_options(parser, OPTIONS, words)
    _add_options(parser.add_argument_group(words(Message("limits"))), LIMITS, words)
    about = words(Message("a JSON object for the address, then one for each capture"))
    parser.add_argument("--json", action="store_true", help=about)
    about = words(Message("no line for each capture: faster, and the store has them all"))
    parser.add_argument("--quiet", action="store_true", help=about)
    about = words(Message("print passwords, signatures and tokens as they are"))
    parser.add_argument("--secrets", action="store_true", help=about)
    parser.add_argument("--keep-house", action="store_true", help=SUPPRESS)  # what a listener starts beside itself
    parser.set_defaults(run=listen)
    return parser


def listen(arguments: Namespace, context: Context) -> int:
    """Listen until asked to stop; 0. Raises UserError where that is not possible."""
    if arguments.keep_house:
        from callback_lens.capture.housekeeping import run_house_keeping

        run_house_keeping(context.captures, _bounds(arguments))
        return 0
    from callback_lens.cli.listening import run

    language = replace(context.language, hides_secrets=not arguments.secrets)
    shown = replace(context, language=language)
    run(_settings(arguments), shown, is_json=arguments.json, is_quiet=arguments.quiet)
    return 0


def _add_options(parser: Any, options: Iterable[Option], words: Words) -> None:
    for name, metavar, parse, default, about in options:
        parser.add_argument(f"--{name}", metavar=metavar, type=argument(parse), default=default, help=words(about))


def _settings(arguments: Namespace) -> "Settings":
    from callback_lens.capture.listening import Settings
    from callback_lens.listener.answers import Answer
    from callback_lens.listener.limits import Limits

    return Settings(
        house_keeping=_house_keeping(arguments),
        host=arguments.host,
        port=arguments.port,
        token=arguments.token,
        answer=Answer(arguments.answer, arguments.answer_body.encode("utf-8", "surrogateescape"), arguments.delay),
        forward=arguments.forward,
        limits=Limits(
            connections=arguments.max_connections,
            idle_seconds=arguments.idle,
            slow_seconds=arguments.slow,
            body_bytes=arguments.max_body,
        ),
    )


def _bounds(arguments: Namespace) -> "Bounds":
    from callback_lens.capture.housekeeping import Bounds

    return Bounds(
        arguments.max_store and arguments.max_store * MIB,
        None if arguments.max_age is None else timedelta(days=arguments.max_age),
    )


def _house_keeping(arguments: Namespace) -> list[str]:
    """The command for the same profile and bounds."""
    bounds = [("--max-store", arguments.max_store), ("--max-age", arguments.max_age)]
    given = [word for name, value in bounds if value is not None for word in (name, str(value))]
    return [*own_command(arguments.profile), "listen", "--keep-house", *given]
