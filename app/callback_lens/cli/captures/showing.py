"""``captures show``: everything about one capture."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from callback_lens.capture.looking_up import deliveries_of, kept
from callback_lens.cli.arguments import AddParser
from callback_lens.cli.captures.selection import add_secrets, capture_id, open_caught_up
from callback_lens.cli.context import Context
from callback_lens.cli.show import payload_json, show
from callback_lens.errors import Message, UserError
from callback_lens.export.json_line import as_json
from callback_lens.i18n import Words
from callback_lens.transcript import TOLERANCE_MS

if TYPE_CHECKING:
    from callback_lens.store.model import Capture, Details


def add_captures_show(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("show a capture: request, times, answer, deliveries, and what its body says"))
    parser = add("show", help=about, description=about)
    parser.add_argument("id", metavar="ID", type=capture_id, help=words(Message("the capture")))
    parser.add_argument("--json", action="store_true", help=words(Message("as a JSON object")))
    parser.add_argument("--raw", action="store_true", help=words(Message("only the body, byte for byte as it came")))
    add_secrets(parser, words)
    parser.set_defaults(run=show_capture)
    return parser


def show_capture(arguments: Namespace, context: Context) -> int:
    """Print one capture; 2 when its body cannot be read, otherwise 0. Raises UserError where there is none."""
    from callback_lens.store.opening import open_store

    with open_store(context.captures) as store:
        capture, details = kept(store, arguments.id)
        if arguments.raw:
            for piece in store.body_pieces(arguments.id):
                context.write(piece)
            return 0
    with open_caught_up(context) as index:
        capture = index.get(arguments.id) or capture
        deliveries = deliveries_of(capture, index)
    language = replace(context.language, hides_secrets=not arguments.secrets)
    said = replace(context, language=language)
    if arguments.json:
        return _print_json(capture, details, deliveries, said)
    return _print_text(capture, details, deliveries, said)


def _print_text(capture: "Capture", details: "Details", deliveries: "list[Capture]", context: Context) -> int:
    from callback_lens.cli.captures.details import details_lines

    for line in details_lines(capture, details, deliveries, context.language):
        context.print(line)
    if not capture.size:
        return 0
    context.print()
    files = [f"id:{capture.id}"]
    secrets = not context.language.hides_secrets
    return show(Namespace(files=files, json=False, secrets=secrets, tolerance=TOLERANCE_MS), context)


def _print_json(capture: "Capture", details: "Details", deliveries: "list[Capture]", context: Context) -> int:
    from callback_lens.cli.captures.details import details_json

    results = list(context.documents([f"id:{capture.id}"])) if capture.size else []
    payloads = [payload_json(result, TOLERANCE_MS, context) for result in results]
    shown = details_json(capture, details, deliveries, context.language)
    context.print(as_json({**shown, "payloads": payloads}))
    return 2 if any(isinstance(result, UserError) for result in results) else 0
