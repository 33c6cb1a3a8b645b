"""Where sentences are found: ResultDetail, FlashResult, the lines of Result."""

import pytest
from callback_lens.transcript.columns import Layout
from callback_lens.transcript.reading import read_transcript
from speech_results import Result, read, rows, sentence


def flash(*words: dict[str, object], start: int = 1000, end: int = 3000, **fields: object) -> dict[str, object]:
    return {"text": "ab", "start_time": start, "end_time": end, **fields, "word_list": list(words)}


def flash_word(start: int, end: int) -> dict[str, object]:
    return {"word": "a", "start_time": start, "end_time": end}


def test_flash_results_of_one_channel(json_result: Result, xml_result: Result) -> None:
    channel = {
        "channel_id": 0,
        "text": "abab",
        "sentence_list": [
            flash(flash_word(1000, 2000), flash_word(2000, 3000), speaker_id=2),
            flash(flash_word(4000, 4500), start=4000, end=5000),
        ],
    }
    for result in (json_result({"FlashResult": [channel]}), xml_result({"FlashResult": channel})):
        transcript = read(result)
        first, second = rows(transcript)
        assert (transcript.layout, transcript.word_times) == (Layout.FLASH_RESULT, "absolute")
        assert (first["speaker"], second["speaker"]) == ("2", "0")
        assert (first["start"], first["end"], first["text"]) == (1000, 3000, "ab")
        assert first["words"][1] == ("a", 2000, 3000, "WORD", -1, "FlashResult[0].sentence_list[0].word_list[1]")
        assert second["path"] == "FlashResult[0].sentence_list[1]"


def test_flash_results_with_several_channels_have_them_for_speakers(json_result: Result) -> None:
    channels = [
        {"channel_id": 0, "sentence_list": [flash(speaker_id=0)]},
        {"channel_id": 1, "sentence_list": [flash(speaker_id=0), flash(speaker_id=0)]},
        {"sentence_list": flash(speaker_id=5)},
    ]
    assert read(json_result({"FlashResult": channels})).sentences.speaker == ["0", "1", "1", "5"]


@pytest.mark.parametrize(
    ("words", "word_times", "starts"),
    [
        ([(1000, 1500), (1500, 2900)], "absolute", [1000, 1500]),
        ([(0, 500), (500, 1900)], "relative", [1000, 1500]),
        ([(-5, 500), (500, 1900), (1900, 2000)], "relative", [995, 1500, 2900]),
        ([(5000, 6000)], "absolute", [5000]),
        ([], "absolute", []),
    ],
)
def test_flash_word_times_are_what_fits_more_words(
    words: list[tuple[int, int]], word_times: str, starts: list[int], json_result: Result
) -> None:
    entries = [flash_word(*span) for span in words]
    transcript = read(json_result({"FlashResult": {"sentence_list": flash(*entries)}}))
    assert transcript.word_times == word_times
    assert transcript.words.start.tolist() == starts


def test_result_lines_are_read_where_there_is_nothing_else(json_result: Result, xml_result: Result) -> None:
    value = {"AudioTime": "9", "Result": "[0:1.000,0:2.500,1]  a\n[0:3.000,0:4.000]  b", "ResultDetail": None}
    for result in (json_result(value), xml_result(value)):
        transcript = read(result)
        assert transcript.layout is Layout.RESULT
        assert transcript.audio_ms == 9000
        assert [(row["start"], row["end"], row["text"], row["speaker"]) for row in rows(transcript)] == [
            (1000, 2500, "a", "1"),
            (3000, 4000, "b", None),
        ]
        assert transcript.words.start.tolist() == []
        assert transcript.sentences.nodes[1].path.endswith("SpeechRecognitionResult.Result")


def test_sentences_are_looked_for_until_some_are_found(json_result: Result) -> None:
    channel = {"sentence_list": flash()}
    everything = {"Result": "[0:1.0,0:2.0] a", "FlashResult": channel, "ResultDetail": sentence()}
    layouts = []
    for name in ("ResultDetail", "FlashResult", "Result"):
        layouts.append(read(json_result(everything)).layout)
        everything[name] = "no object" if name != "Result" else ""
    assert layouts == [Layout.RESULT_DETAIL, Layout.FLASH_RESULT, Layout.RESULT]


def test_without_text_a_transcript_needs_the_audio_time(json_result: Result) -> None:
    assert read(json_result({"AudioTime": "3.5", "Result": ""})).sentences.text == []
    assert read_transcript(json_result({"ObjectName": "a.txt"})) is None
