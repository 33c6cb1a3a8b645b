"""``self-test``: what is installed works."""

from argparse import Namespace
from collections.abc import Callable

from callback_lens.cli.context import Context
from callback_lens.cli.samples import sample_names, sample_path
from callback_lens.errors import Message, UserError
from callback_lens.export.layout import one_line
from callback_lens.i18n import LANGUAGES, words_in
from callback_lens.resources import resource
from callback_lens.tags import TAG_MODULES, Summary, summarize


def self_test(_: Namespace, context: Context) -> int:
    """Run each check and say how it went; 0 when all passed, otherwise 1."""
    checks: tuple[tuple[Message, Callable[[Context], str]], ...] = (
        (Message("translations"), _check_translations),
        (Message("what nodes mean"), _check_notes),
        (Message("samples"), _check_samples),
        (Message("Tags"), _check_tags),
        (Message("transcript"), _check_transcript),
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
    tags = [module.TAG for module in TAG_MODULES]
    for tag in tags:
        (view,) = _summary(f"{tag}/api-success.xml", context).views
        if not view.outputs or any(finding.code == "tag-module-failed" for finding in view.findings):
            _missing(tag)
    return ", ".join(tags)


def _check_transcript(context: Context) -> str:
    (view,) = _summary("SpeechRecognition/api-success.xml", context).views
    return str(len(view.transcript.words.text)) if view.transcript else _missing("transcript")


def _summary(name: str, context: Context) -> Summary:
    (result,) = context.documents([str(sample_path(name))])
    if isinstance(result, UserError):
        raise result
    return summarize(result)
