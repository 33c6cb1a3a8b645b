"""Numbers of a speech result, however they are written."""

import pytest
from callback_lens.transcript.columns import known_times
from speech_results import Result, read, sentence, unreadable, word


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5", 5),
        (" 5 ", 5),
        ("\n+5", 5),
        ("12.0", 12),
        ("-7", -7),
        ("0012", 12),
        ("1e3", 1000),
        (12.0, 12),
        (999_999_999_999_999, 999_999_999_999_999),
        ("-999999999999999", -999_999_999_999_999),
        ("00000000000000000000000000000000000000007", 7),
    ],
)
def test_numbers_however_written(written: object, number: int, json_result: Result, xml_result: Result) -> None:
    value = {"ResultDetail": sentence(word(start=written), word(end=written), StartMs="0")}
    for result in (json_result(value), xml_result(value)):
        transcript = read(result)
        assert known_times(transcript.words.start) == [number, 0]
        assert known_times(transcript.words.end) == [100, number]
        assert unreadable(transcript) == {}


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            None,
            "abc",
            "12.5",
            "1_000",
            "１２",
            "²",
            "0x1f",
            "1 2",
            "--1",
            "NaN",
            "Infinity",
            "1e400",
            "1e300",
        ),
        *("9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551617", 2**63, 10**15),
        *("9" * 5000, True, False, {"a": "1"}, ["1"], []),
    ],
)
def test_what_is_no_number_is_no_time_and_remembered(written: object, json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": sentence(word(), word(start=written), word(end=written))}))
    assert known_times(transcript.words.start) == [1000, None, 1000]
    assert known_times(transcript.words.end) == [1100, 1100, None]
    assert unreadable(transcript) == {"OffsetStartMs": [1], "OffsetEndMs": [2]}
    transcript = read(json_result({"ResultDetail": [sentence(word(), StartMs=written), sentence(word())]}))
    assert known_times(transcript.sentences.start) == [None, 1000]
    assert known_times(transcript.words.start) == [None, 1000], "an offset from nowhere is no time"
    assert unreadable(transcript) == {"StartMs": [0]}


def test_optional_numbers_may_be_missing_but_not_nonsense(json_result: Result) -> None:
    details = [
        sentence(word(VoiceType="x"), word(), word(VoiceType="-1"), word(VoiceType=40_000), WordsNum="many"),
        sentence(SpeechSpeed="fast"),
        sentence(SpeechSpeed="2.4", WordsNum="7"),
    ]
    transcript = read(json_result({"ResultDetail": details}))
    assert transcript.words.voice_type.tolist() == [-1] * 4
    assert transcript.sentences.speed == [None, None, 2.4]
    assert transcript.sentences.words_num == [None, None, 7]
    assert unreadable(transcript) == {"VoiceType": [0, 2, 3], "WordsNum": [0], "SpeechSpeed": [1]}


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [
        ("19.7124", 19712.4),
        ("19.712", 19712),
        (41.2864, 41286.4),
        ("0", 0),
        (" 7 ", 7000),
        ("1e2", 100_000),
        ("-1", -1000),
        ("abc", None),
        ("1e300", None),
        (None, None),
    ],
)
def test_audio_time_is_exact(written: object, milliseconds: float | None, json_result: Result) -> None:
    found = read(json_result({"AudioTime": written, "ResultDetail": sentence(word())})).audio_ms
    assert found == milliseconds
    assert isinstance(found, float) == isinstance(milliseconds, float)
