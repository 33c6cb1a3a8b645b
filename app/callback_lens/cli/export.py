"""``export``: the transcript of a speech job as subtitles, labels or tables."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from callback_lens.cli.arguments import AddParser
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.export.files import check_target, encoded, file_for, write_file
from callback_lens.i18n import Words
from callback_lens.payload.inputs import STANDARD_INPUT

if TYPE_CHECKING:
    from callback_lens.payload.document import Document
    from callback_lens.transcript.columns import Transcript

# As callback_lens.export.formats has them, which loads numpy.
FORMATS = ("srt", "vtt", "textgrid", "audacity", "csv", "tsv", "json")
LEVELS = ("sentence", "word")
LISTED = 10


class Found(NamedTuple):
    """A transcript and the JobId it belongs to; ``number`` counts from 1."""

    number: int
    job_id: str | None
    transcript: "Transcript"


def add_export(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("write the transcript of a speech job as subtitles, labels or tables"))
    parser = add("export", help=about, description=about)
    parser.add_argument("file", metavar="FILE", help=words(Message("a callback; - is standard input")))
    parser.add_argument("--to", choices=FORMATS, required=True, help=words(Message("the format")))
    parser.add_argument(
        "--level", choices=LEVELS, default="sentence", help=words(Message("what gets a time (default: sentence)"))
    )
    parser.add_argument("--speakers", action="store_true", help=words(Message("say who speaks")))
    parser.add_argument("--bom", action="store_true", help=words(Message("begin with a byte order mark")))
    parser.add_argument("--crlf", action="store_true", help=words(Message("end lines as Windows does")))
    parser.add_argument(
        "--excel", action="store_true", help=words(Message("csv: --bom, --crlf, and no cell becomes a formula"))
    )
    parser.add_argument(
        "--job", metavar="JOB", help=words(Message("of several transcripts the one with this JobId or number"))
    )
    parser.add_argument(
        "-o",
        dest="out",
        metavar="OUT",
        type=Path,
        help=words(Message("a file, or a folder (default: standard output)")),
    )
    parser.add_argument("--force", action="store_true", help=words(Message("replace the file that is there")))
    parser.set_defaults(run=export)
    return parser


def export(arguments: Namespace, context: Context) -> int:
    """Write one transcript; 2 when something could not be read, otherwise 0. Warnings go to stderr.

    Raises UserError where there is no transcript, or none chosen of several, or where it cannot be written.
    """
    from callback_lens.export.cues import ExportOptions, Level
    from callback_lens.export.formats import FORMATS

    excel, format_ = arguments.excel, FORMATS[arguments.to]
    if excel and arguments.to != "csv":
        raise UserError(Message("--excel is for csv"))
    out = _target(arguments, format_.suffix)
    documents = list(context.documents([arguments.file]))
    is_read = not any(isinstance(document, UserError) for document in documents)
    found = list(_transcripts(documents))
    if not found and not is_read:
        return 2
    bom, crlf = arguments.bom or excel, arguments.crlf or excel
    options = ExportOptions(Level(arguments.level), arguments.speakers, bom, crlf, excel)
    exported = format_.export(_chosen(found, arguments), options)
    for warning in exported.warnings:
        context.warn(warning)
    content = encoded(exported.lines, bom, crlf)
    if out is None:
        context.write(content)
    else:
        write_file(out, content, arguments.force)
    return 0 if is_read else 2


def _target(arguments: Namespace, suffix: str) -> Path | None:
    """The file to write, in a folder called as what is read. Raises UserError where it cannot be written."""
    if arguments.out is None:
        return None
    name = "" if arguments.file == STANDARD_INPUT else Path(arguments.file).stem
    file = file_for(arguments.out, f"{name or 'transcript'}{suffix}")
    check_target(file, arguments.force)
    return file


def _transcripts(documents: "Iterable[Document | UserError]") -> Iterator[Found]:
    """Every transcript that has sentences."""
    from callback_lens.payload.envelope import read_envelope
    from callback_lens.tags.speech_recognition import RESULT
    from callback_lens.transcript.reading import read_transcript

    number = 0
    for document in documents:
        for job in () if isinstance(document, UserError) else read_envelope(document.payload).jobs:
            result = job.node.first(RESULT)
            transcript = read_transcript(result) if result else None
            if transcript and transcript.sentences.text:
                number += 1
                yield Found(number, job.job_id, transcript)


def _chosen(found: list[Found], arguments: Namespace) -> "Transcript":
    job, file = arguments.job, arguments.file
    chosen = [one for one in found if job in (None, one.job_id, str(one.number))]
    if not found:
        hint = Message("transcripts come from SpeechRecognition jobs; callback-lens show says what is in a file")
        raise UserError(Message("there is no transcript in it"), hint, source=file)
    if len(chosen) != 1:
        listed = ", ".join(f"{one.number}: {one.job_id or '-'}" for one in found[:LISTED])
        values = {"listed": listed + (", …" if len(found) > LISTED else "")}
        hint = Message("--job chooses one by its number or JobId")
        raise UserError(Message("transcripts in it: {listed}", values), hint, source=file)
    return chosen[0].transcript
