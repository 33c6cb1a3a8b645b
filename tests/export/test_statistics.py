"""The statistics of a transcript as ``show`` prints them, as text and as JSON."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from callback_lens.blocks.model import TranscriptBlock
from callback_lens.export.blocks_json import block_json
from callback_lens.export.transcript_text import transcript_lines
from callback_lens.payload.document import Document
from callback_lens.tags import summarize

MakeDocument = Callable[[Any], Document]
RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
TIMES = {"StartTime": "2025-04-18T09:00:00+0800", "EndTime": "2025-04-18T09:00:03+0800"}


def word(text: str, start: int, end: int, voice_type: int = 0) -> dict[str, str]:
    return {"Word": text, "OffsetStartMs": str(start), "OffsetEndMs": str(end), "VoiceType": str(voice_type)}


def sentence(speaker: str, start: int, *words: dict[str, str]) -> dict[str, Any]:
    """One second with a pause of half a second after it, if another follows."""
    times = {"StartMs": str(start), "EndMs": str(start + 1000)}
    return {"SpeakerId": speaker, "SpeechSpeed": "3.5", **times, "Words": list(words)}


FIRST = sentence("0", 0, word("水", 0, 200), word("上", 200, 400), word("船上", 400, 800), word("，", 400, 800, 1))
SECOND = sentence("1", 1500, word("山", 0, 900), word("路", 900, 1000))


def block(document: MakeDocument, *sentences: dict[str, Any], **result: str) -> TranscriptBlock:
    operation = {"SpeechRecognitionResult": {"ResultDetail": list(sentences), **result}}
    job = {"JobId": "j", "Tag": "SpeechRecognition", "State": "Success", "Operation": operation, **TIMES}
    (view,) = summarize(document({"EventName": "TaskFinish", "JobsDetail": job})).views
    return next(block for block in view.blocks if isinstance(block, TranscriptBlock))


def lines(block: TranscriptBlock) -> dict[str, str]:
    """What stands behind the first words of each line."""
    parted = [line.strip().partition("  ") for line in transcript_lines(block, str)]
    return {label: value.strip() for label, _, value in parted}


def test_text(document: MakeDocument) -> None:
    shown = lines(block(document, FIRST, SECOND, AudioTime="2.5"))
    assert shown["Characters"] == "6, with punctuation 7"
    assert shown["Characters per second"] == (
        "3 in sentences, 3.33 in words, with punctuation 3.5 and 3.89; SpeechSpeed 3.5"
    )
    assert shown["ms per character"] == "median 200, median deviation 0, worst 900 (山)"
    assert shown["Pauses"] == "between sentences 1 (500 ms, longest 500 ms), in slow words 1 (700 ms)"
    assert shown["Time grid"] == "multiples of 100 ms"
    assert shown["Real-time factor"] == "1.2 (3 s for 0:02.500)"
    assert shown["1"].split() == ["1", "2", "2", "2", "500", "1", "0"]


def test_overlaps(document: MakeDocument) -> None:
    shown = lines(block(document, FIRST, sentence("0", 900, word("水", 0, 300), word("上", 200, 400)), SECOND))
    assert shown["Overlaps"] == "sentences with one of the same speaker 1, of another 1; words 1"


def test_a_lone_speaker_has_no_line_of_his_own(document: MakeDocument) -> None:
    shown = lines(block(document, FIRST))
    assert not {"Speaker", "0", "Pauses", "Overlaps", "Real-time factor"} & shown.keys()


def test_what_nothing_says_is_no_number(document: MakeDocument) -> None:
    shown = lines(block(document, {"FinalSentence": "水上。", "StartMs": "5", "EndMs": "5"}))
    assert shown["Characters"] == "2, with punctuation 3"
    assert shown["Characters per second"].startswith("- in sentences, - in words")
    assert not {"ms per character", "Time grid"} & shown.keys()


def test_json(document: MakeDocument) -> None:
    shown = block_json(block(document, FIRST, SECOND, AudioTime="2.5"), str)["statistics"]
    assert shown["real_time_factor"] == 1.2
    assert shown["time_grid"] == {"step_ms": 100, "changes": []}
    assert shown["all"]["speech"] == {
        "sentences": 2,
        "words": 5,
        "chars": 7,
        "spoken_chars": 6,
        "sentence_ms": 2000,
        "word_ms": 1800,
    }
    assert shown["all"]["chars_per_second"] == {
        "spoken_by_sentences": 3,
        "spoken_by_words": 3.333,
        "all_by_sentences": 3.5,
        "all_by_words": 3.889,
        "reported": 3.5,
    }
    assert shown["all"]["paces"] == {"median": 200, "deviation": 0, "worst": 900, "slowest": 4}
    assert shown["all"]["pauses"] == {"pauses": 1, "ms": 500, "longest_ms": 500, "hidden": 1, "hidden_ms": 700}
    assert shown["all"]["overlaps"] == {"same_speaker": 0, "other_speaker": 0, "words": 0}
    assert [group["speech"]["chars"] for group in shown["sentences"]] == [5, 2]
    assert [(group["speaker"], group["pauses"]["ms"]) for group in shown["speakers"]] == [("0", 0), ("1", 500)]


def test_json_has_null_for_what_nothing_says(document: MakeDocument) -> None:
    shown = block_json(block(document, {"FinalSentence": "水上。"}), str)["statistics"]
    assert shown["sentences"][0]["paces"] == dict.fromkeys(("median", "deviation", "worst", "slowest"))
    assert set(shown["sentences"][0]["chars_per_second"].values()) == {None}
    assert (shown["time_grid"]["step_ms"], shown["real_time_factor"]) == (None, None)
    assert json.dumps(shown, allow_nan=False)


@pytest.mark.parametrize(("tolerance", "codes"), [(None, ["words-overlap"]), ("29", ["words-overlap"]), ("30", [])])
def test_the_tolerance_of_show(tolerance: str | None, codes: list[str], tmp_path: Path, run_cli: RunCli) -> None:
    overlapping = sentence("0", 0, word("水", 0, 200), word("上", 170, 400))
    operation = {"SpeechRecognitionResult": {"ResultDetail": overlapping}}
    job = {"JobId": "j", "Tag": "SpeechRecognition", "State": "Success", "Operation": operation}
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"EventName": "TaskFinish", "JobsDetail": job}))
    done = run_cli("show", "--json", *(("--tolerance", tolerance) if tolerance else ()), file)
    (shown,) = json.loads(done.stdout)
    assert [finding["code"] for finding in shown["jobs"][0]["findings"]] == codes
