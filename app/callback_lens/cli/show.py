"""``show``: what happened, as text or as JSON."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import Any

from callback_lens.cli.arguments import AddParser, add_files, whole_number
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.export.json_line import as_json
from callback_lens.i18n import Words
from callback_lens.payload.document import Document
from callback_lens.transcript import TOLERANCE_MS


def add_show(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("say what happened: the jobs, their results, and what does not add up"))
    parser = add("show", help=about, description=about)
    add_files(parser, words)
    parser.add_argument("--json", action="store_true", help=words(Message("as JSON, schema 1, nothing masked")))
    parser.add_argument(
        "--secrets", action="store_true", help=words(Message("print passwords, signatures and tokens as they are"))
    )
    parser.add_argument(
        "--tolerance",
        metavar="MS",
        type=whole_number(0),
        default=TOLERANCE_MS,
        help=words(Message("by how many ms times may differ before they contradict each other (default: 10)")),
    )
    parser.set_defaults(run=show)
    return parser


def show(arguments: Namespace, context: Context) -> int:
    """Print each payload of ``arguments.files``; 2 when one could not be read, otherwise 0."""
    # Imported here: the window starts faster without.
    from callback_lens.export.summary_text import summary_text
    from callback_lens.tags import summarize

    status = 0
    language = replace(context.language, hides_secrets=not arguments.secrets)
    if arguments.json:
        context.print("[")
    for number, result in enumerate(context.documents(arguments.files)):
        status = 2 if isinstance(result, UserError) else status
        if arguments.json:
            item = as_json(payload_json(result, arguments.tolerance, context))
            context.print(("," if number else " ") + item)
        elif isinstance(result, Document):
            if number:
                context.print()
            for line in summary_text(summarize(result, arguments.tolerance), language):
                context.print(line)
    if arguments.json:
        context.print("]")
    return status


def payload_json(result: Document | UserError, tolerance_ms: int, context: Context) -> dict[str, Any]:
    """What ``show --json`` says of one payload, or of why it cannot be read."""
    from callback_lens.export.summary_json import error_json, summary_json
    from callback_lens.tags import summarize

    words = context.language.words
    if isinstance(result, UserError):
        return error_json(result, words)
    return summary_json(summarize(result, tolerance_ms), words)
