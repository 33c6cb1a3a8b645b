"""From a command line to the command, and to an exit status that says how it went."""

import logging
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from callback_lens.cli.context import Context, discard_output, use_utf8
from callback_lens.cli.parser import build_parser, with_command
from callback_lens.errors import Message, UserError
from callback_lens.export.language import language_named
from callback_lens.i18n import LANGUAGES
from callback_lens.log import log_to
from callback_lens.paths import captures_folder, log_file
from callback_lens.payload.limits import Limits

Command = Callable[[Namespace, Context], int]
BUG, USER_ERROR, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (by default ``sys.argv``) ask for.

    The exit status: 0 when all went well, 2 when the input or the command line is at fault, 1 for a bug of ours, 130
    for Ctrl+C.
    """
    use_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = language_named(_language_name(given))
    stdin = sys.stdin.buffer if sys.stdin else BytesIO()
    context = Context(language, Limits(), stdin, sys.stdout, sys.stderr, captures_folder(None))
    try:
        status = _run(given, context)
        context.flush()
    except UserError as error:
        context.report(error)
        return USER_ERROR
    except BrokenPipeError:
        discard_output()  # whoever read it has enough
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(given: list[str], context: Context) -> int:
    parser = build_parser(context.language.words)
    options = parser.parse_args(with_command(given))
    log = log_to(log_file(options.profile))
    try:
        known = replace(context, captures=captures_folder(options.profile))
        return _logged(options.run, options, known, Path(log.baseFilename))
    finally:
        log.close()


def _logged(run: Command, options: Namespace, context: Context, log: Path) -> int:
    try:
        return run(options, context)
    except (UserError, BrokenPipeError):
        raise
    except Exception:
        logging.getLogger(__name__).exception("The command failed")
        message = Message("Callback Lens has a fault; what happened is in {log}", {"log": str(log)})
        context.report(UserError(message))
        return BUG


def _language_name(arguments: list[str]) -> str:
    """The language asked for, looked up before there is a parser: the parser's own texts need it."""
    chosen = LANGUAGES[0]
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        name = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and name in LANGUAGES:
            chosen = name
    return chosen
