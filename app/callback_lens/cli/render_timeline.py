"""``render --view timeline``: a picture of the words of a speech job in time."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import whole_number
from callback_lens.cli.context import Context
from callback_lens.cli.open import qt_missing
from callback_lens.errors import Message, UserError
from callback_lens.export.files import write_file
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.payload.document import Document
    from callback_lens.ui.timeline.speech_jobs import SpeechJob

# As callback_lens.ui.timeline.colouring has them, which loads Qt.
COLOURINGS = ("pace", "speaker", "kind", "finding")
UNSET = {"start": None, "end": None, "job": None, "colouring": None, "is_redacted": False}


def add_timeline_options(parser: ArgumentParser, words: Words) -> None:
    """Add what only a picture of a timeline has."""
    group = parser.add_argument_group(words(Message("only for --view timeline")))
    group.add_argument(
        "--from", dest="start", metavar="MS", type=whole_number(0), help=words(Message("draw from this time on"))
    )
    group.add_argument(
        "--to", dest="end", metavar="MS", type=whole_number(0), help=words(Message("draw up to this time"))
    )
    group.add_argument(
        "--job", metavar="JOB", help=words(Message("the job with this JobId or number (default: the first)"))
    )
    group.add_argument("--colouring", choices=COLOURINGS, help=words(Message("what colours mean (default: pace)")))
    group.add_argument(
        "--redacted", dest="is_redacted", action="store_true", help=words(Message("blocks in place of what was said"))
    )


def check_view(arguments: Namespace) -> None:
    """Raises UserError where another view is asked for what only a timeline has, or times are in the wrong order."""
    if arguments.view != "timeline" and any(getattr(arguments, name) != value for name, value in UNSET.items()):
        raise UserError(
            Message("--from, --to, --job, --colouring and --redacted are for a timeline"),
            Message("add --view timeline"),
        )
    if arguments.end is not None and arguments.end <= (arguments.start or 0):
        raise UserError(Message("--to has to be after --from"))


def render_timeline(arguments: Namespace, context: Context) -> int:
    """Draw a transcript of ``arguments.files``; 2 when one of them could not be read, otherwise 0.

    Raises UserError where there is no transcript, no such job, or where the picture cannot be written.
    """
    documents = list(context.documents(arguments.files))
    is_read = not any(isinstance(document, UserError) for document in documents)
    try:
        from callback_lens.ui.timeline_rendering import TimelineOptions, render_timeline
    except ImportError as error:
        raise qt_missing(error) from error
    options = TimelineOptions(
        arguments.size,
        arguments.theme,
        arguments.scale,
        arguments.start,
        arguments.end,
        arguments.colouring or COLOURINGS[0],
        arguments.is_redacted,
    )
    out: Path = arguments.out
    speech = _chosen(documents, arguments.job)
    rendered = render_timeline(speech, options, context.language, is_svg=out.suffix.lower() == ".svg")
    write_file(out, rendered.content, arguments.force)
    if rendered.hidden:
        context.warn(Message("lanes are cut off: the picture is {pixels} pixels too low", {"pixels": rendered.hidden}))
    return 0 if is_read else 2


def _chosen(documents: "Iterable[Document | UserError]", job: str | None) -> "SpeechJob":
    from callback_lens.tags import summarize
    from callback_lens.ui.timeline.speech_jobs import speech_jobs

    summaries = [summarize(document) for document in documents if not isinstance(document, UserError)]
    found = [speech for summary in summaries for speech in speech_jobs(summary)]
    for number, speech in enumerate(found, 1):
        if job in (None, str(number), speech.job.job_id if speech.job else None):
            return speech
    hint = Message("transcripts come from SpeechRecognition jobs; callback-lens show says what is in a file")
    if found:
        raise UserError(Message("there is no transcript of a job {job} in it", {"job": job}), hint)
    raise UserError(Message("there is no transcript in it"), hint)
