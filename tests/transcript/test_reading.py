import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from callback_lens.payload.nodes import Node
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.columns import NO_TIME, Layout, Transcript, WordKind, known_times
from callback_lens.transcript.reading import read_transcript
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from hypothesis import given
from hypothesis import strategies as st

Result = Callable[[object], Node]
DOCUMENTED = [
    "SpeechRecognition-seed003a-api.xml",
    "SpeechRecognition-seed003b-workflow.xml",
    "SpeechRecognition-seed003c-workflow.json",
    "SpeechRecognition-4-workflow.xml",
    "SpeechRecognition-6-workflow.json",
]
KINDS = {0: "WORD", 1: "PUNCTUATION"}


def read(result: Node) -> Transcript:
    transcript = read_transcript(result)
    assert transcript is not None
    return transcript


def rows(transcript: Transcript) -> list[dict[str, Any]]:
    """The transcript sentence by sentence, out of its columns."""
    sentences, words = transcript.sentences, transcript.words
    starts, ends = known_times(words.start), known_times(words.end)
    return [
        {
            "start": known_times(sentences.start)[place],
            "end": known_times(sentences.end)[place],
            "text": sentences.text[place],
            "speaker": sentences.speaker[place],
            "speed": sentences.speed[place],
            "words_num": sentences.words_num[place],
            "slice": sentences.slice_text[place],
            "path": transcript.sentences.nodes[place].path.partition("SpeechRecognitionResult.")[2],
            "words": [
                (
                    words.text[word],
                    starts[word],
                    ends[word],
                    WordKind(words.kind[word]).name,
                    int(words.voice_type[word]),
                    transcript.word_nodes([word])[0].path.partition("SpeechRecognitionResult.")[2],
                )
                for word in range(*sentences.words(place).indices(len(words.text)))
            ],
        }
        for place in range(len(sentences.text))
    ]


def expected_rows(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What documented sentences (ResultDetail as data) say, read one word after the other."""
    return [
        {
            "start": int(sentence["StartMs"]),
            "end": int(sentence["EndMs"]),
            "text": sentence["FinalSentence"],
            "speaker": sentence["SpeakerId"],
            "speed": float(sentence["SpeechSpeed"]),
            "words_num": int(sentence["WordsNum"]),
            "slice": sentence["SliceSentence"],
            "path": f"ResultDetail[{place}]",
            "words": [
                (
                    word["Word"],
                    int(sentence["StartMs"]) + int(word["OffsetStartMs"]),
                    int(sentence["StartMs"]) + int(word["OffsetEndMs"]),
                    KINDS.get(int(word["VoiceType"]), "OTHER"),
                    int(word["VoiceType"]),
                    f"ResultDetail[{place}].Words[{number}]",
                )
                for number, word in enumerate(sentence["Words"])
            ],
        }
        for place, sentence in enumerate(sentences)
    ]


def sentence(*words: object, **fields: object) -> dict[str, object]:
    return {"StartMs": "1000", "EndMs": "9000", "FinalSentence": "ab", **fields, "Words": list(words)}


def word(text: object = "a", start: object = "0", end: object = "100", **fields: object) -> dict[str, object]:
    return {"OffsetEndMs": end, "OffsetStartMs": start, "Word": text, **fields}


def unreadable(transcript: Transcript) -> dict[str, list[int]]:
    places = {**transcript.unreadable_sentences, **transcript.unreadable_words}
    return {field: where.tolist() for field, where in places.items()}


def documented_data(file: Path) -> tuple[str, list[dict[str, Any]]]:
    """AudioTime and sentences, read without the program."""
    if file.suffix == ".json":
        job = json.loads(file.read_text("utf-8"))["JobsDetail"]
        result = (job[0] if isinstance(job, list) else job)["Operation"]["SpeechRecognitionResult"]
        detail = result["ResultDetail"]
        return result["AudioTime"], detail if isinstance(detail, list) else [detail]
    result = ElementTree.parse(file).find("JobsDetail/Operation/SpeechRecognitionResult")  # noqa: S314 - documented
    assert result is not None
    sentences = [
        {field.tag: field.text for field in detail}
        | {"Words": [{field.tag: field.text for field in entry} for entry in detail.iter("Words")]}
        for detail in result.iter("ResultDetail")
    ]
    return result.findtext("AudioTime", ""), sentences


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_documented_samples_read_as_an_independent_reading(
    name: str, corpus: Path, result_in: Callable[[bytes], Node]
) -> None:
    audio_time, sentences = documented_data(corpus / name)
    transcript = read(result_in((corpus / name).read_bytes()))
    assert rows(transcript) == expected_rows(sentences)
    assert Decimal(str(transcript.audio_ms)) == Decimal(audio_time) * 1000
    assert (transcript.layout, transcript.word_times) == (Layout.RESULT_DETAIL, "relative")
    assert unreadable(transcript) == {}


some_speech = st.builds(
    SyntheticSpeech,
    sentences=st.integers(1, 6),
    words_per_sentence=st.integers(1, 12),
    speakers=st.integers(1, 3),
    overlap=st.floats(0, 1),
    punctuation=st.booleans(),
    seed=st.integers(),
)


@given(speech=some_speech)
def test_xml_and_json_of_one_job_give_equal_transcripts(
    speech: SyntheticSpeech, result_in: Callable[[bytes], Node]
) -> None:
    from_xml = read(result_in(synthetic_speech_xml(speech)))
    from_json = read(result_in(synthetic_speech_json(speech)))
    assert rows(from_xml) == rows(from_json)
    assert from_xml.audio_ms == from_json.audio_ms
    assert from_xml.node.path == from_json.node.path == "JobsDetail[0].Operation.SpeechRecognitionResult"


times = st.integers(-(10**15) + 1, 10**15 - 1)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5).map(str.strip).filter(bool)
well_formed_words = st.builds(
    lambda text, start, end, voice_type: {
        "OffsetEndMs": end,
        "OffsetStartMs": start,
        "VoiceType": voice_type,
        "Word": text,
    },
    texts,
    times,
    times,
    st.integers(0, 3),
)
well_formed_sentences = st.builds(
    lambda words, text, speaker, span, speed: {
        "EndMs": span[1],
        "FinalSentence": text,
        "SliceSentence": text,
        "SpeakerId": speaker,
        "SpeechSpeed": speed,
        "StartMs": span[0],
        "Words": words,
        "WordsNum": len(words),
    },
    st.lists(well_formed_words, max_size=6),
    texts,
    texts,
    st.tuples(times, times),
    st.floats(0, 99, allow_nan=False).map(lambda speed: round(speed, 1)),
)


@given(sentences=st.lists(well_formed_sentences, min_size=1, max_size=6), as_xml=st.booleans())
def test_columns_equal_a_reading_word_by_word(
    sentences: list[dict[str, Any]], as_xml: bool, json_result: Result, xml_result: Result
) -> None:
    result = (xml_result if as_xml else json_result)({"ResultDetail": sentences})
    assert rows(read(result)) == expected_rows(sentences)


def test_a_lone_sentence_with_a_lone_word_needs_no_array(json_result: Result) -> None:
    alone = {"ResultDetail": {**sentence(), "Words": word()}}
    assert rows(read(json_result(alone))) == rows(read(json_result({"ResultDetail": [sentence(word())]})))


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
    ("entry", "kind"),
    [
        (word("a", VoiceType="0"), WordKind.WORD),
        (word("，", VoiceType="0"), WordKind.WORD),
        (word("a", VoiceType=1), WordKind.PUNCTUATION),
        (word("a", VoiceType="2"), WordKind.OTHER),
        (word("a"), WordKind.WORD),
        (word("don't"), WordKind.WORD),
        (word("*"), WordKind.WORD),
        (word("，"), WordKind.PUNCTUATION),
        (word("?!", VoiceType="?"), WordKind.PUNCTUATION),
        (word(""), WordKind.OTHER),
    ],
)
def test_the_kind_is_by_voice_type_and_without_one_by_the_text(
    entry: dict[str, object], kind: WordKind, json_result: Result
) -> None:
    assert read(json_result({"ResultDetail": sentence(entry)})).words.kind.tolist() == [kind]


def test_words_without_text_are_kept(json_result: Result) -> None:
    silent = {"OffsetStartMs": "0", "OffsetEndMs": "5"}
    transcript = read(
        json_result({"ResultDetail": sentence(silent, word(None), word(5), word({"x": "y"}), word(" b "))})
    )
    assert transcript.words.text == ["", "", "5", "", "b"]


@pytest.mark.parametrize("words", [None, "", [], {}, [None], [[]], [{}], {"Word": None}, [{"Word": " "}]])
def test_empty_words_are_none(words: object, json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": {"StartMs": "0", "Words": words}}))
    assert transcript.words.text == []
    assert transcript.sentences.first_word.tolist() == [0, 0]


def test_words_that_are_no_words_are_no_crash(json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": {"StartMs": "0", "Words": ["some text", 5, [word("b")]]}}))
    assert transcript.words.text == ["", "", "b"]
    assert known_times(transcript.words.start) == [None, None, 0]
    assert unreadable(transcript) == {"EndMs": [0], "OffsetStartMs": [0, 1], "OffsetEndMs": [0, 1]}


def test_paths_count_the_empty_words_that_are_passed_over(xml_result: Result) -> None:
    first = "<Words/><Words><Word>a</Word><OffsetStartMs>1</OffsetStartMs></Words>"
    second = "<Words> </Words><Words><Word>b</Word></Words>"
    transcript = read(xml_result(f"<ResultDetail/><ResultDetail><StartMs>0</StartMs>{first}{second}</ResultDetail>"))
    (only,) = rows(transcript)
    assert only["path"] == "ResultDetail[1]"
    assert [(entry[0], entry[-1]) for entry in only["words"]] == [
        ("a", "ResultDetail[1].Words[1]"),
        ("b", "ResultDetail[1].Words[3]"),
    ]


def test_arrays_in_arrays_and_strangers_among_sentences(json_result: Result) -> None:
    details = ["text", [sentence(word("a"), StartMs="5")], None, [[sentence(StartMs="6")]], 7]
    transcript = read(json_result({"ResultDetail": details}))
    assert transcript.sentences.start.tolist() == [5, 6]
    assert [row["path"] for row in rows(transcript)] == ["ResultDetail[1][0]", "ResultDetail[3][0][0]"]


def test_a_key_that_stands_twice_gives_both(json_result: Result) -> None:
    written = (
        f'{{"ResultDetail": {json.dumps(sentence(word("a")))}, "ResultDetail": {json.dumps(sentence(word("b")))}}}'
    )
    assert read(json_result(written)).words.text == ["a", "b"]


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


def test_a_word_takes_at_most_64_bytes_beyond_the_payload(result_in: Callable[[bytes], Node]) -> None:
    result = result_in(synthetic_speech_xml(SyntheticSpeech(sentences=500)))
    read(result)  # what is made once for all is no matter of words
    tracemalloc.start()
    try:
        transcript = read(result)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken <= 64 * len(transcript.words.text)


def test_other_jobs_do_not_pay_for_numpy() -> None:
    modules = "callback_lens.transcript.columns, callback_lens.transcript.result_lines"
    program = f"import sys, {modules}; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


NAMES = (
    "ResultDetail Words Word StartMs EndMs OffsetStartMs OffsetEndMs VoiceType FinalSentence SliceSentence SpeakerId "
    "SpeechSpeed WordsNum FlashResult sentence_list word_list start_time end_time text word speaker_id channel_id "
    "Result AudioTime"
)
names = st.sampled_from(NAMES.split())
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["0", "1", "500", "-3", "2.5", "[0:1.0,0:2.5] a", str(2**63), "\ud800", "\0"]),
)


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=3), inner, max_size=6)


entries = st.dictionaries(st.sampled_from(["Word", "OffsetStartMs", "OffsetEndMs", "VoiceType"]), scalars, max_size=4)
shapes = st.recursive(scalars | entries, containers, max_leaves=25)


@given(result=st.dictionaries(names, shapes, max_size=8))
def test_nothing_under_the_result_raises(result: dict[str, Any], json_result: Result) -> None:
    transcript = read_transcript(json_result({**result, "ObjectName": "not empty"}))
    if transcript is not None:
        check_transcript(transcript)
        rows(transcript)
        assert transcript.words.start.min(initial=0) >= NO_TIME


xml_texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=5)
elements = st.recursive(
    st.none() | st.integers() | xml_texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=25,
)


@given(result=st.dictionaries(names, elements, max_size=8))
def test_nothing_under_the_result_raises_in_xml_either(result: dict[str, Any], xml_result: Result) -> None:
    transcript = read_transcript(xml_result({**result, "ObjectName": "not empty"}))
    if transcript is not None:
        check_transcript(transcript)
        rows(transcript)
