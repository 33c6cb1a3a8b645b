import subprocess
from argparse import Namespace
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from callback_lens.cli import self_test as module
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.export.language import Language
from callback_lens.payload.field_notes import FieldNotes, load_field_notes
from callback_lens.payload.limits import Limits
from callback_lens.resources import resource
from callback_lens.tags import TAG_MODULES

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


def run(notes: FieldNotes | None = None) -> tuple[int, str]:
    """Status and output, in this process: what is broken can be broken here only."""
    language = Language("en", str, notes or load_field_notes(resource("fields")))
    out = StringIO()
    context = Context(language, Limits(), BytesIO(), out, StringIO(), Path())
    return module.self_test(Namespace(), context), out.getvalue()


def test_what_is_installed_works(run_cli: RunCli) -> None:
    done = run_cli("self-test")
    assert (done.returncode, done.stderr) == (0, "")
    checks = dict(line.split("  ", 1)[1].split(": ", 1) for line in done.stdout.splitlines() if line.startswith("ok  "))
    assert len(checks) == len(done.stdout.splitlines()) >= 5
    assert checks["translations"] == "en, zh"
    assert checks["Tags"].split(", ") == [module.TAG for module in TAG_MODULES]
    assert int(checks["samples"]) > 20
    assert int(checks["transcript"]) > 100
    assert checks["listener and store"] == "SmartCover/api-success.xml, 200"


def test_in_chinese(run_cli: RunCli) -> None:
    done = run_cli("--lang", "zh", "self-test")
    assert done.returncode == 0
    assert "翻译" in done.stdout


def broken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    match name:
        case "translations":
            monkeypatch.setattr(module, "words_in", lambda language, folder: str)
        case "samples":
            monkeypatch.setattr(module, "sample_names", list)
        case "Tags":
            monkeypatch.setattr("callback_lens.tags.stream_extract.read_outputs", None)
        case "transcript":
            monkeypatch.setattr("callback_lens.transcript.reading.read_transcript", lambda result: None)
        case "listener and store":
            monkeypatch.setattr("callback_lens.store.store.Store.body", lambda store, number: b"")


@pytest.mark.parametrize("name", ["translations", "samples", "Tags", "transcript", "listener and store"])
def test_what_is_broken_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(name, monkeypatch)
    status, output = run()
    failed = [line for line in output.splitlines() if line.startswith("failed  ")]
    assert status == 1
    assert [line.split("  ", 1)[1].partition(":")[0] for line in failed] == [name]
    assert len(output.splitlines()) > len(failed), "the other checks go on"


def test_missing_notes() -> None:
    status, output = run(FieldNotes({}))
    assert (status, "failed  what nodes mean: ValueError: missing: JobId" in output) == (1, True)


def test_a_sample_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(given: object, limits: object) -> list[UserError]:
        return [UserError(Message("the file is empty"), source="a.xml")]

    monkeypatch.setattr("callback_lens.payload.reader.read_documents", read)
    status, output = run()
    assert status == 1
    assert "failed  samples: UserError: the file is empty" in output
