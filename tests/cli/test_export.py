"""``export`` writes the transcript of a speech job."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import srt
from callback_lens.cli import export as command
from callback_lens.export.cues import Level
from callback_lens.export.formats import FORMATS
from callback_lens.resources import resource
from speech_results import sentence, word
from transcripts import payload_sentences, transcripts_in

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
SAMPLE = resource("samples", "SpeechRecognition", "api-success.xml")
OTHER = resource("samples", "SmartCover", "api-success.xml")
FULL = Path("/dev/full")
ALL = sorted(FORMATS)


def callback(*jobs: list[dict[str, object]]) -> bytes:
    """A payload of jobs with these sentences and the JobIds s1, s2 and so on."""
    details = [
        {
            "Tag": "SpeechRecognition",
            "JobId": f"s{number}",
            "Operation": {"SpeechRecognitionResult": {"ResultDetail": sentences}},
        }
        for number, sentences in enumerate(jobs, start=1)
    ]
    return json.dumps({"EventName": "TaskFinish", "JobsDetail": details}).encode()


def raw(*arguments: str | Path, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command_line = [sys.executable, "-m", "callback_lens", "export", *map(str, arguments)]
    return subprocess.run(command_line, input=stdin, capture_output=True, check=False)


def test_the_parser_knows_what_there_is() -> None:
    assert set(command.FORMATS) == set(FORMATS)
    assert tuple(Level) == command.LEVELS


def test_a_sample_as_subtitles_on_standard_output(run_cli: RunCli) -> None:
    done = run_cli("export", SAMPLE, "--to", "srt")
    assert (done.returncode, done.stderr) == (0, "")
    (transcript,) = transcripts_in(SAMPLE.read_bytes())
    assert [cue.content for cue in srt.parse(done.stdout)] == [text for _, _, text in payload_sentences(transcript)]


@pytest.mark.parametrize("to", ALL)
@pytest.mark.parametrize("level", list(Level))
def test_every_format_and_level(tmp_path: Path, to: str, level: Level) -> None:
    printed = raw(SAMPLE, "--to", to, "--level", level, "--speakers")
    assert (printed.returncode, printed.stderr) == (0, b"")
    done = raw(SAMPLE, "--to", to, "--level", level, "--speakers", "-o", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (written,) = tmp_path.iterdir()
    assert written.name == f"api-success{FORMATS[to].suffix}"
    assert written.read_bytes() == printed.stdout
    assert printed.stdout.endswith(b"\n")
    assert b"\r" not in printed.stdout
    assert not printed.stdout.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("to", ALL)
def test_byte_order_mark_and_windows_line_ends(to: str) -> None:
    plain = raw(SAMPLE, "--to", to).stdout
    other = raw(SAMPLE, "--to", to, "--bom", "--crlf").stdout
    assert other == b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")


def test_excel_is_all_that_excel_needs() -> None:
    given = callback([sentence(word("=1+1"), FinalSentence="=1+1")])
    excel = raw("-", "--to", "csv", "--excel", stdin=given).stdout
    assert excel.startswith(b"\xef\xbb\xbf")
    assert excel.count(b"\n") == excel.count(b"\r\n") > 1
    assert b"'=1+1" in excel
    assert b"'=1+1" not in raw("-", "--to", "csv", "--bom", "--crlf", stdin=given).stdout


def test_a_file_that_is_there_is_kept_unless_forced(run_cli: RunCli, tmp_path: Path) -> None:
    out = tmp_path / "out.srt"
    out.write_bytes(b"mine")
    done = run_cli("export", SAMPLE, "--to", "srt", "-o", out)
    assert (done.returncode, done.stderr) == (2, f"error: {out} is there already (--force replaces it)\n")
    assert out.read_bytes() == b"mine"
    assert run_cli("export", SAMPLE, "--to", "srt", "-o", out, "--force").returncode == 0
    assert out.read_bytes() == raw(SAMPLE, "--to", "srt").stdout
    assert list(tmp_path.glob("*.srt")) == [out]
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="has other permissions")
def test_a_file_has_the_usual_permissions(run_cli: RunCli, tmp_path: Path) -> None:
    out, usual = tmp_path / "out.srt", tmp_path / "usual"
    usual.touch()
    assert run_cli("export", SAMPLE, "--to", "srt", "-o", out).returncode == 0
    assert out.stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "{tmp}/none/out.srt"], "there is no folder {tmp}/none"),
        (["-o", "{tmp}/" + "a" * 300], "cannot be written: File name too long"),
        (["-o", "{tmp}", "--to", "pdf"], "argument --to: invalid choice: 'pdf'"),
        (["--excel"], "--excel is for csv"),
        (["--job", "3"], "transcripts in it: 1: "),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the system's own words for it")
def test_what_cannot_be_exported_is_an_error(
    run_cli: RunCli, tmp_path: Path, arguments: list[str], message: str
) -> None:
    given = [argument.replace("{tmp}", str(tmp_path)) for argument in ["--to", "srt", *arguments]]
    done = run_cli("export", SAMPLE, *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert message.replace("{tmp}", str(tmp_path)) in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a full disk at hand")
def test_devices_are_no_files(run_cli: RunCli) -> None:
    done = run_cli("export", SAMPLE, "--to", "srt", "-o", FULL, "--force")
    assert (done.returncode, done.stderr) == (2, "error: /dev/full is no file\n")
    with FULL.open("wb") as full:
        arguments = [sys.executable, "-m", "callback_lens", "export", SAMPLE, "--to", "srt"]
        unwritten = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, check=False)
    assert unwritten.returncode == 2
    assert unwritten.stderr.startswith(b"error: the output cannot be written: ")


@pytest.mark.usefixtures("unprivileged")
def test_a_folder_that_takes_no_files(run_cli: RunCli, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run_cli("export", SAMPLE, "--to", "srt", "-o", tmp_path / "out.srt")
    assert done.returncode == 2
    assert f"{tmp_path / 'out.srt'} cannot be written: " in done.stderr


def test_of_several_transcripts_one_is_chosen(run_cli: RunCli, tmp_path: Path) -> None:
    given = callback([sentence(FinalSentence="一")], [], [sentence(FinalSentence="二")])
    done = run_cli("export", "-", "--to", "srt", "-o", tmp_path, stdin=given)
    assert done.returncode == 2
    assert done.stderr == ("error: -: transcripts in it: 1: s1, 2: s3 (--job chooses one by its number or JobId)\n")
    assert list(tmp_path.iterdir()) == []
    for job, text in (("1", "一"), ("2", "二"), ("s3", "二")):
        assert text in run_cli("export", "-", "--to", "srt", "--job", job, stdin=given).stdout
    assert run_cli("export", "-", "--to", "srt", "--job", "s2", stdin=given).returncode == 2


def test_many_transcripts_are_not_all_listed(run_cli: RunCli) -> None:
    done = run_cli("export", "-", "--to", "srt", stdin=callback(*[[sentence()]] * 30))
    assert "transcripts in it: 1: s1, " in done.stderr
    assert "10: s10, …" in done.stderr


@pytest.mark.parametrize("given", [OTHER.read_bytes(), callback([]), callback()])
def test_where_there_is_no_transcript(run_cli: RunCli, given: bytes) -> None:
    done = run_cli("export", "-", "--to", "vtt", stdin=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: -: there is no transcript in it (")


def test_what_cannot_be_read_is_said_beside_what_can(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "b.xml").write_bytes(b"<a>")
    done = run_cli("export", tmp_path, "--to", "srt")
    assert (done.returncode, done.stdout) == (2, run_cli("export", SAMPLE, "--to", "srt").stdout)
    assert done.stderr.startswith(f"error: {tmp_path / 'b.xml'}:")
    alone = run_cli("export", tmp_path / "b.xml", "--to", "srt")
    assert (alone.returncode, alone.stderr.count("error: ")) == (2, 1)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_warnings_count_and_name_the_first(run_cli: RunCli, language: str) -> None:
    given = callback([sentence(), sentence(EndMs="1000"), sentence(StartMs="1", EndMs="1", FinalSentence="<b>")])
    done = run_cli("export", "-", "--to", "srt", "--lang", language, stdin=given)
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("warning: ") for line in lines)
    assert "2" in lines[0]
    assert lines[0].endswith("JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1]")  # not the earliest
    assert len(list(srt.parse(done.stdout))) == 3


@pytest.mark.parametrize("to", ALL)
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("options", [(), ("--speakers", "--crlf")])
def test_hostile_text_is_only_text(run_cli: RunCli, to: str, level: Level, options: tuple[str, ...]) -> None:
    texts = [
        "-->",
        "<b>&amp;",
        "a\n\n\nb",
        "a\rb",
        "a\u2028b",
        "\0",
        "\ud800",
        "\u202eאב",
        "\x1b[31m",
        '"',
        "\t",
        "=1",
        "",
    ]
    words = [word(text, str(10 * place), str(10 * place + 9)) for place, text in enumerate(texts)]
    every = [sentence(*words, FinalSentence=text, SpeakerId=text) for text in ["".join(texts), *texts]]
    done = run_cli("export", "-", "--to", to, "--level", level, *options, stdin=callback(every))
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("warning: ") for line in done.stderr.splitlines())
    assert not set("\0\x1b\u2028") & set(done.stdout) or to in ("csv", "tsv", "json")
    assert not set("\0\x1b\u2028\u202e") & set(done.stderr)


@pytest.mark.parametrize(
    "result",
    [
        {"Result": "[0:1.000,0:2.000,1]  水\n[0:2.000,0:3.000]  船"},
        {"FlashResult": {"channel_id": "0", "sentence_list": {"text": "水", "start_time": "1", "end_time": "9"}}},
    ],
)
@pytest.mark.parametrize("to", ALL)
@pytest.mark.parametrize("level", list(Level))
def test_other_layouts(run_cli: RunCli, result: dict[str, Any], to: str, level: Level) -> None:
    given = {"EventName": "TaskFinish", "JobsDetail": {"Operation": {"SpeechRecognitionResult": result}}}
    done = run_cli("export", "-", "--to", to, "--level", level, stdin=json.dumps(given).encode())
    assert done.returncode == 0, done.stderr
    assert "水" in done.stdout
