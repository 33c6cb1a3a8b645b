from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.reading import read_transcript
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from hypothesis import given
from hypothesis import strategies as st
from odd_results import odd_results

Result = Callable[[object], Node]
DETAIL = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail"


def findings(result: Node, **options: int) -> list[Finding]:
    transcript = read_transcript(result)
    assert transcript is not None
    return check_transcript(transcript, **options)


def word(text: str, start: object, end: object, voice_type: object = "0") -> dict[str, object]:
    return {"OffsetEndMs": end, "OffsetStartMs": start, "VoiceType": voice_type, "Word": text}


def clean() -> dict[str, Any]:
    """A result in which everything adds up; the tests break one thing each."""
    return {
        "AudioTime": "4.9996",
        "Result": "[0:1.000,0:2.000,0]  水上有船，\n[0:3.000,0:5.000,1]  API好。",
        "ResultDetail": [
            {
                "EndMs": "2000",
                "FinalSentence": "水上有船，",
                "SliceSentence": "水 上 有 船 ，",
                "SpeakerId": "0",
                "SpeechSpeed": "4.0",
                "StartMs": "1000",
                "Words": [
                    word("水", "0", "200"),
                    word("上", "200", "400"),
                    word("有", "500", "700"),
                    word("船", "700", "900"),
                    word("，", "700", "900", "1"),
                ],
                "WordsNum": "5",
            },
            {
                "EndMs": "5000",
                "FinalSentence": "API好。",
                "SliceSentence": "API 好 。",
                "SpeakerId": "1",
                "SpeechSpeed": "2.0",
                "StartMs": "3000",
                "Words": [word("API", "0", "600"), word("好", "600", "800"), word("。", "600", "800", "1")],
                "WordsNum": "3",
            },
        ],
    }


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    result = clean()
    change(result)
    return result


def first(**fields: object) -> Callable[[dict[str, Any]], object]:
    """Changes fields of the first sentence."""
    return lambda result: result["ResultDetail"][0].update(fields)


def entry(place: int, **fields: object) -> Callable[[dict[str, Any]], object]:
    """Changes fields of a word of the first sentence."""
    return lambda result: result["ResultDetail"][0]["Words"][place].update(fields)


def second(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda result: result["ResultDetail"][1].update(fields)


def the_result(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda result: result.update(fields)


def test_nothing_is_found_where_everything_adds_up(json_result: Result, xml_result: Result) -> None:
    assert findings(json_result(clean())) == []
    assert findings(xml_result(clean()), tolerance_ms=1) == []


WARNING, ERROR, INFO = Severity.WARNING, Severity.ERROR, Severity.INFO


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (first(WordsNum="4"), (WARNING, "words-num-mismatch", "ResultDetail[0].WordsNum", "5", "4")),
        (
            entry(0, OffsetStartMs="-50"),
            (WARNING, "word-outside-sentence", "ResultDetail[0].Words[0]", "0–1000", "-50–200"),
        ),
        (
            entry(4, OffsetEndMs="1050"),
            (WARNING, "word-outside-sentence", "ResultDetail[0].Words[4]", "0–1000", "700–1050"),
        ),
        (entry(4, OffsetEndMs="650"), (WARNING, "word-order", "ResultDetail[0].Words[4]", None, "700–650")),
        (entry(4, OffsetStartMs="600"), (WARNING, "word-order", "ResultDetail[0].Words[4]", "700", "600")),
        (entry(2, OffsetStartMs="350"), (WARNING, "words-overlap", "ResultDetail[0].Words[2]", "400", "350")),
        (entry(1, Word="下"), (WARNING, "text-mismatch", "ResultDetail[0]", "水上有船，", "水下有船，")),
        (
            first(SliceSentence="水 下"),
            (WARNING, "text-mismatch", "ResultDetail[0].SliceSentence", "水上有船，", "水 下"),
        ),
        (
            the_result(Result="[0:1.000,0:2.000,0]  水上有船，"),
            (WARNING, "result-mismatch", "Result", "2", "1"),
        ),
        (
            the_result(Result="[0:1.000,0:2.500,0]  水上有船，\n[0:3.000,0:5.000,1]  API好。"),
            (WARNING, "result-mismatch", "Result", "1000–2000 水上有船，", "1000–2500 水上有船，"),
        ),
        (
            the_result(Result="[0:1.000,0:2.000,0]  水上有船，\n[0:3.000,0:5.000,1]  API差。"),
            (WARNING, "result-mismatch", "Result", "3000–5000 API好。", "3000–5000 API差。"),
        ),
        (
            the_result(Result="something else"),
            (WARNING, "result-mismatch", "Result", "水上有船，\nAPI好。", "something else"),
        ),
        (the_result(AudioTime="4.5"), (WARNING, "audio-time-mismatch", "ResultDetail[1]", "4500", "5000")),
        (the_result(AudioTime="long"), (WARNING, "bad-number", "AudioTime", None, "long")),
        (first(SpeechSpeed="fast"), (WARNING, "bad-number", "ResultDetail[0].SpeechSpeed", None, "fast")),
        (first(WordsNum="five"), (WARNING, "bad-number", "ResultDetail[0].WordsNum", None, "five")),
        (entry(2, VoiceType="word"), (WARNING, "bad-number", "ResultDetail[0].Words[2].VoiceType", None, "word")),
        (second(EndMs="late"), (ERROR, "bad-number", "ResultDetail[1].EndMs", None, "late")),
        (second(EndMs=None), (ERROR, "bad-number", "ResultDetail[1].EndMs", None, None)),
        (
            entry(3, OffsetEndMs=str(2**63)),
            (ERROR, "bad-number", "ResultDetail[0].Words[3].OffsetEndMs", None, str(2**63)),
        ),
        (entry(3, OffsetEndMs=""), (ERROR, "bad-number", "ResultDetail[0].Words[3].OffsetEndMs", None, None)),
        (entry(3, OffsetEndMs="1000"), None),
        (entry(2, OffsetStartMs="500", OffsetEndMs="500"), None),
        (first(FinalSentence="水 上 有 船 ,"), None),
        (first(FinalSentence=None), None),
        (the_result(Result=None), None),
        (the_result(Result="水上有船,\nAPI好。"), None),
        (the_result(AudioTime=None), None),
        (the_result(AudioTime="60"), None),
    ],
)
def test_what_does_not_add_up_is_found(
    change: Callable[[dict[str, Any]], object],
    found: tuple[Severity, str, str, str | None, str | None] | None,
    json_result: Result,
    xml_result: Result,
) -> None:
    for result in (json_result(broken(change)), xml_result(broken(change))):
        below = f"{result.path}."
        assert [
            (finding.severity, finding.code, finding.path.removeprefix(below), finding.expected, finding.found)
            for finding in findings(result)
        ] == ([found] if found else [])


def test_a_reversed_sentence(json_result: Result) -> None:
    result = clean()
    result["ResultDetail"][0] |= {"EndMs": "900", "Words": []}
    del result["Result"], result["ResultDetail"][0]["WordsNum"]
    (finding,) = findings(json_result(result))
    assert (finding.code, finding.path, finding.found) == ("sentence-order", f"{DETAIL}[0]", "1000–900")


def test_sentences_are_in_order_speaker_by_speaker(json_result: Result) -> None:
    spans = [("0", 0, 1000), ("1", 500, 1500), ("0", 300, 900), ("1", 495, 1600), ("0", 200, 300)]
    details = [{"SpeakerId": speaker, "StartMs": start, "EndMs": end} for speaker, start, end in spans]
    found = [
        (each.code, each.path, each.expected, each.found) for each in findings(json_result({"ResultDetail": details}))
    ]
    assert found == [
        ("sentence-order", f"{DETAIL}[4]", "300", "200"),
        ("sentences-overlap", f"{DETAIL}[2]", "1000", "300"),
        ("sentences-overlap", f"{DETAIL}[3]", "1500", "495"),
    ]


def test_a_sentence_before_the_audio(json_result: Result) -> None:
    details = [{"StartMs": start, "EndMs": start + 100} for start in (-11, 200)]
    (finding,) = findings(json_result({"ResultDetail": details}))
    assert (finding.severity, finding.code, finding.path) == (WARNING, "audio-time-mismatch", f"{DETAIL}[0]")
    assert (finding.expected, finding.found) == ("0", "-11")
    assert findings(json_result({"ResultDetail": details}), tolerance_ms=11) == []


def test_words_without_punctuation_match_a_sentence_with_it(json_result: Result) -> None:
    words = [word("水", 0, 200), word("上", 200, 400)]
    for text, codes in (("水，上。", []), ("水，上下。", ["text-mismatch"])):
        detail = {"StartMs": 0, "EndMs": 1000, "FinalSentence": text, "Words": words}
        assert [finding.code for finding in findings(json_result({"ResultDetail": detail}))] == codes


def test_times_may_differ_by_the_tolerance(json_result: Result) -> None:
    result = broken(entry(2, OffsetStartMs="350"))
    result["AudioTime"] = "4.96"
    assert [finding.code for finding in findings(json_result(result), tolerance_ms=39)] == [
        "audio-time-mismatch",
        "words-overlap",
    ]
    assert [finding.code for finding in findings(json_result(result), tolerance_ms=49)] == ["words-overlap"]
    assert findings(json_result(result), tolerance_ms=50) == []


def flash_channel(channel: int, *sentences: tuple[int, int, str]) -> dict[str, Any]:
    return {
        "channel_id": channel,
        "sentence_list": [
            {
                "text": text,
                "start_time": start,
                "end_time": end,
                "word_list": [{"word": text, "start_time": start, "end_time": end}],
            }
            for start, end, text in sentences
        ],
    }


def test_flash_channels_are_compared_with_result_by_time(json_result: Result) -> None:
    channels = [
        flash_channel(0, (0, 1000, "a"), (4000, 5000, "c")),
        flash_channel(1, (2000, 3000, "b"), (4000, 5000, "d")),
    ]
    lines = "[0:0.0,0:1.0,0] a\n[0:2.0,0:3.0,1] b\n[0:4.0,0:5.0,1] d\n[0:4.0,0:5.0,0] c"
    assert findings(json_result({"FlashResult": channels, "Result": lines})) == []
    (finding,) = findings(json_result({"FlashResult": channels, "Result": lines.replace("b", "x")}))
    assert (finding.code, finding.expected, finding.found) == ("result-mismatch", "2000–3000 b", "2000–3000 x")


def test_absolute_word_times_are_shown_as_written(json_result: Result) -> None:
    channel = flash_channel(0, (0, 1000, "a"), (2000, 3000, "b"))
    channel["sentence_list"][1]["word_list"][0]["end_time"] = 3500
    (finding,) = findings(json_result({"FlashResult": channel}))
    assert finding.path.endswith("FlashResult[0].sentence_list[1].word_list[0]")
    assert (finding.code, finding.expected, finding.found) == ("word-outside-sentence", "2000–3000", "2000–3500")


def test_slow_words_are_listed_slowest_first(result_in: Callable[[bytes], Node]) -> None:
    speech = SyntheticSpeech(sentences=60, words_per_sentence=20, slow_words=30)
    found = findings(result_in(synthetic_speech_xml(speech)))
    assert {(finding.severity, finding.code) for finding in found} == {(INFO, "slow-word")}
    assert len(found) == 21
    assert {finding.found for finding in found[:20]} == {"1500"}
    assert found[20].path == DETAIL.rpartition(".")[0]
    assert str(found[20].message) == "30 findings like this, of which 20 are listed"


def test_the_slowest_word_comes_first_and_equal_lengths_are_not_slow(json_result: Result) -> None:
    paces = [200] * 12 + [700, 1900, 300]
    ends = [sum(paces[: place + 1]) for place in range(len(paces))]
    words = [word("水", end - pace, end) for pace, end in zip(paces, ends, strict=True)]
    found = findings(json_result({"ResultDetail": {"StartMs": 0, "EndMs": 9000, "Words": words}}))
    assert [(finding.path, finding.expected, finding.found) for finding in found] == [
        (f"{DETAIL}[0].Words[13]", "200", "1900"),
        (f"{DETAIL}[0].Words[12]", "200", "700"),
    ]
    assert str(found[0].message) == "the word 水 takes 1900 ms for a character, where 200 ms are usual"


def test_findings_of_a_kind_are_bounded(json_result: Result) -> None:
    words = [word("水", "x", "y")] * 50
    details = [{"StartMs": 0, "EndMs": 1000, "WordsNum": 1, "Words": words}] * 25
    found = findings(json_result({"ResultDetail": details}))
    codes = [finding.code for finding in found]
    assert codes.count("bad-number") == 42
    assert codes.count("words-num-mismatch") == 21
    totals = [str(finding.message) for finding in found if finding.path == DETAIL.rpartition(".")[0]]
    assert totals == [
        "1250 findings like this, of which 20 are listed",
        "1250 findings like this, of which 20 are listed",
        "24 findings like this, of which 20 are listed",
        "25 findings like this, of which 20 are listed",
    ]


@pytest.mark.parametrize("layout", ["Result", "ResultDetail"])
def test_one_of_everything_absent_is_no_crash(layout: str, json_result: Result) -> None:
    value = "text" if layout == "Result" else {"FinalSentence": "text"}
    codes = {finding.code for finding in findings(json_result({layout: value, "AudioTime": "1"}))}
    assert codes == (set() if layout == "Result" else {"bad-number"})


some_speech = st.builds(
    SyntheticSpeech,
    sentences=st.integers(1, 30),
    words_per_sentence=st.integers(1, 30),
    speakers=st.integers(2, 4),
    overlap=st.floats(0, 1),
    punctuation=st.booleans(),
    seed=st.integers(),
)


@given(speech=some_speech)
def test_synthetic_speech_raises_no_false_alarm(speech: SyntheticSpeech, result_in: Callable[[bytes], Node]) -> None:
    found = findings(result_in(synthetic_speech_json(speech)))
    assert {finding.code for finding in found} <= {"slow-word"}


def test_the_documented_samples_are_at_most_odd(corpus: Path, result_in: Callable[[bytes], Node]) -> None:
    files = sorted(set(corpus.glob("SpeechRecognition-*")) - {corpus / "SpeechRecognition-submit.xml"})
    assert files
    for file in files:
        found = findings(result_in(file.read_bytes()))
        assert {(finding.severity, finding.code) for finding in found} == {(INFO, "slow-word")}, file


def test_the_slow_word_of_the_documented_sample(corpus: Path, result_in: Callable[[bytes], Node]) -> None:
    sample = corpus / "SpeechRecognition-seed003c-workflow.json"
    slowest, *_ = findings(result_in(sample.read_bytes()))
    assert (slowest.path, slowest.expected, slowest.found) == (f"{DETAIL}[0].Words[0]", "473", "2190")


def by_hand(details: list[dict[str, Any]], tolerance: int) -> set[tuple[str, str]]:
    """Code and path of all that is wrong with the times of words, and of slow words, one word after the other."""
    found, paces = set(), []
    for number, detail in enumerate(details):
        ahead = spoken_ahead = None
        for place, entry in enumerate(detail["Words"]):
            start, end = int(entry["OffsetStartMs"]), int(entry["OffsetEndMs"])
            path = f"{DETAIL}[{number}].Words[{place}]"
            length = int(detail["EndMs"]) - int(detail["StartMs"])
            if start < -tolerance or end > length + tolerance:
                found.add(("word-outside-sentence", path))
            if end < start or (ahead is not None and start < ahead - tolerance):
                found.add(("word-order", path))
            ahead = start
            if entry["VoiceType"] == "1" or end < start:
                continue
            if spoken_ahead and spoken_ahead[0] - tolerance <= start < spoken_ahead[1] - tolerance:
                found.add(("words-overlap", path))
            spoken_ahead = (start, end)
            if end > start and entry["VoiceType"] == "0":
                paces.append((np.float32((end - start) / len(entry["Word"])), path))
    if paces:
        usual = median(pace for pace, _ in paces)
        most = usual + max(6 * median(abs(pace - usual) for pace, _ in paces), usual)
        found |= {("slow-word", path) for pace, path in paces if pace > most}
    return found


some_words = st.lists(
    st.builds(
        word,
        st.sampled_from(["水", "船上", "API"]),
        st.integers(-30, 400).map(str),
        st.integers(-30, 400).map(str),
        st.sampled_from(["0", "1", "2"]),
    ),
    max_size=7,
)
some_details = st.lists(
    st.builds(
        lambda start, length, words: {"StartMs": str(start), "EndMs": str(start + length), "Words": words},
        st.integers(-100, 1000),
        st.integers(0, 400),
        some_words,
    ),
    min_size=1,
    max_size=2,
)


@given(details=some_details, tolerance=st.integers(0, 60))
def test_word_findings_equal_those_found_word_by_word(
    details: list[dict[str, Any]], tolerance: int, json_result: Result
) -> None:
    codes = {"word-outside-sentence", "word-order", "words-overlap", "slow-word"}
    found = findings(json_result({"ResultDetail": details}), tolerance_ms=tolerance)
    assert {(finding.code, finding.path) for finding in found if finding.code in codes} == by_hand(details, tolerance)


@given(value=odd_results, tolerance=st.integers(0, 60))
def test_whatever_is_odd_every_finding_says_where(value: object, tolerance: int, json_result: Result) -> None:
    result = json_result(value)
    transcript = read_transcript(result)
    for finding in check_transcript(transcript, tolerance) if transcript else []:
        assert (finding.path + ".").startswith(result.path + ".")
        assert str(finding.message)
        assert finding.severity in Severity
