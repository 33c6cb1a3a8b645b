"""``show``: what happened, as text or as JSON."""

import json
import re
from argparse import Namespace
from dataclasses import replace

from callback_lens.cli.context import Context
from callback_lens.errors import UserError
from callback_lens.export.summary_json import error_json, summary_json
from callback_lens.export.summary_text import summary_text
from callback_lens.payload.document import Document
from callback_lens.tags import summarize

# JSON escapes none of these, but terminals may obey them.
CONTROL = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def show(arguments: Namespace, context: Context) -> int:
    """Print each payload of ``arguments.files``; 2 when one could not be read, otherwise 0."""
    status = 0
    language = replace(context.language, hides_secrets=not arguments.secrets)
    if arguments.json:
        context.print("[")
    for number, result in enumerate(context.documents(arguments.files)):
        status = 2 if isinstance(result, UserError) else status
        if arguments.json:
            context.print(("," if number else " ") + _json(result, context))
        elif isinstance(result, Document):
            if number:
                context.print()
            for line in summary_text(summarize(result), language):
                context.print(line)
    if arguments.json:
        context.print("]")
    return status


def _json(result: Document | UserError, context: Context) -> str:
    words = context.language.words
    return as_json(
        error_json(result, words) if isinstance(result, UserError) else summary_json(summarize(result), words)
    )


def as_json(value: object) -> str:
    """``value`` as JSON on one line, without characters that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False)
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
