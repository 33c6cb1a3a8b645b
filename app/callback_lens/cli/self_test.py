"""``self-test``: what is installed works."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import AddParser
from callback_lens.cli.context import Context
from callback_lens.cli.program import own_command
from callback_lens.errors import Message, UserError
from callback_lens.export.layout import one_line
from callback_lens.i18n import LANGUAGES, Words, words_in
from callback_lens.resources import resource, sample_names, sample_path

if TYPE_CHECKING:
    from callback_lens.tags import Summary

SENT = "SmartCover/api-success.xml"
PATIENCE = 30.0  # seconds for a listener to end


def add_self_test(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("check that what is installed works"))
    parser = add("self-test", help=about, description=about)
    parser.set_defaults(run=self_test)
    return parser


def self_test(_: Namespace, context: Context) -> int:
    """Run each check and say how it went; 0 when all passed, otherwise 1."""
    checks: tuple[tuple[Message, Callable[[Context], str]], ...] = (
        (Message("translations"), _check_translations),
        (Message("what nodes mean"), _check_notes),
        (Message("samples"), _check_samples),
        (Message("Tags"), _check_tags),
        (Message("transcript"), _check_transcript),
        (Message("listener and store"), _check_listener),
    )
    return max([_run(name, check, context) for name, check in checks])


def _run(name: Message, check: Callable[[Context], str], context: Context) -> int:
    try:
        status, detail = 0, check(context)
    except Exception as error:  # noqa: BLE001  # whatever is broken is what this command is there to say
        status, detail = 1, f"{type(error).__name__}: {error}"
    outcome = Message("failed") if status else Message("ok")
    line = Message("{name}: {detail}", {"name": name, "detail": one_line(detail)})
    context.print(f"{context.language.words(outcome)}  {context.language.words(line)}")
    return status


def _check_translations(_: Context) -> str:
    said = [words_in(language, resource("i18n"))(Message("the file is empty")) for language in LANGUAGES]
    if len(set(said)) != len(LANGUAGES):
        raise ValueError(f"languages say the same: {said}")
    return ", ".join(LANGUAGES)


def _check_notes(context: Context) -> str:
    terms = [context.language.notes.note("JobsDetail[0].JobId", language) for language in LANGUAGES]
    return ", ".join(note.term for note in terms if note) if all(terms) else _missing("JobId")


def _missing(what: str) -> str:
    raise ValueError(f"missing: {what}")


def _check_samples(context: Context) -> str:
    names = sample_names()
    for name in names:
        _summary(name, context)
    return str(len(names)) if names else _missing("samples")


def _check_tags(context: Context) -> str:
    from callback_lens.tags import TAG_MODULES

    tags = [module.TAG for module in TAG_MODULES]
    for tag in tags:
        (view,) = _summary(f"{tag}/api-success.xml", context).views
        if not view.outputs or any(finding.code == "tag-module-failed" for finding in view.findings):
            _missing(tag)
    return ", ".join(tags)


def _check_transcript(context: Context) -> str:
    (view,) = _summary("SpeechRecognition/api-success.xml", context).views
    return str(len(view.transcript.words.text)) if view.transcript else _missing("transcript")


def _check_listener(_: Context) -> str:
    """A sample that is sent to a listener in a process of its own, and read back from the store."""
    from tempfile import TemporaryDirectory

    from callback_lens.store.index import open_index
    from callback_lens.store.opening import open_store

    body = sample_path(SENT).read_bytes()
    with TemporaryDirectory() as folder:
        profile = Path(folder)
        status = _sent_to_listener(profile, body)
        with open_store(profile) as store, open_index(profile) as index:
            index.catch_up()
            (capture,) = index.page()
            is_kept = capture.facts is not None and store.body(capture.id) == body
    return f"{SENT}, {status}" if is_kept else _missing(SENT)


def _sent_to_listener(profile: Path, body: bytes) -> int:
    """The status that a listener on ``profile`` answers; it has ended again."""
    import asyncio
    from subprocess import PIPE, Popen

    command = [*own_command(profile), "listen", "--port", "0", "--json"]
    with Popen(command, stdin=PIPE, stdout=PIPE) as listener:  # noqa: S603 - this program
        try:
            first_line = listener.stdout.readline() if listener.stdout else b""
            return asyncio.run(_send(json.loads(first_line)["listening"], body))
        finally:
            listener.communicate(b"stop\n", timeout=PATIENCE)


async def _send(url: str, body: bytes) -> int:
    from callback_lens.listener.posting import ci_request, posting

    async with posting(url) as post:
        return (await post(ci_request(body))).status


def _summary(name: str, context: Context) -> "Summary":
    from callback_lens.tags import summarize

    (result,) = context.documents([str(sample_path(name))])
    if isinstance(result, UserError):
        raise result
    return summarize(result)
