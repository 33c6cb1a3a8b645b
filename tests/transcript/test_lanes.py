from itertools import pairwise
from typing import Any

import pytest
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Transcript
from callback_lens.transcript.lanes import ROWS, Lanes, read_lanes
from callback_lens.transcript.span_index import SpanIndex
from hypothesis import given
from hypothesis import strategies as st
from speech_results import Result, read, sentence, word

NUMBERS = st.integers(-30, 60).map(str) | st.sampled_from(["", "x", str(10**15 - 1)])
WORDS = st.builds(word, start=NUMBERS, end=NUMBERS)
SENTENCES = st.lists(
    st.builds(
        lambda words, **fields: sentence(*words, **fields),
        st.lists(WORDS, max_size=4),
        StartMs=NUMBERS,
        EndMs=NUMBERS,
        SpeakerId=st.sampled_from(["1", "0", ""]),
    ),
    max_size=25,
)


def lanes_of(result: Node) -> tuple[Transcript, Lanes]:
    transcript = read(result)
    return transcript, read_lanes(transcript)


def detail(*sentences: dict[str, object]) -> dict[str, Any]:
    return {"AudioTime": "1.0", "ResultDetail": list(sentences)}


def by_place(indexes: list[SpanIndex]) -> dict[int, tuple[int, int, int]]:
    """Of each place the number of its row, and from when to when it is there."""
    found = [
        (place, (number, start, end))
        for number, index in enumerate(indexes)
        for place, start, end in zip(index.places.tolist(), index.start.tolist(), index.end.tolist(), strict=True)
    ]
    assert len(dict(found)) == len(found), "nothing is in two rows"
    return dict(found)


@given(SENTENCES)
def test_everything_with_a_time_is_in_its_speakers_lane_and_the_rest_is_named(
    json_result: Result, sentences: list[dict[str, object]]
) -> None:
    transcript, lanes = lanes_of(json_result(detail(*sentences)))
    assert [lane.speaker for lane in lanes.lanes] == list(dict.fromkeys(transcript.sentences.speaker))
    numbers = {id(row): number for number, row in enumerate(lanes.rows())}
    places = by_place([row.sentences for row in lanes.rows()])
    words = by_place([row.words for row in lanes.rows()])
    assert sorted([*places, *lanes.untimed_sentences.tolist()]) == list(range(len(transcript.sentences.text)))
    assert sorted([*words, *lanes.untimed_words.tolist()]) == list(range(len(transcript.words.text)))
    for place, (lane, row) in enumerate(zip(lanes.lane.tolist(), lanes.row.tolist(), strict=True)):
        assert lanes.lanes[lane].speaker == transcript.sentences.speaker[place]
        expected = numbers[id(lanes.lanes[lane].rows[row])]
        assert place not in places or places[place][0] == expected
        of_sentence = range(*transcript.sentences.words(place).indices(len(transcript.words.text)))
        assert {words[word][0] for word in of_sentence if word in words} <= {expected}
    timeless = [NO_TIME, NO_TIME]
    times = zip(transcript.words.start.tolist(), transcript.words.end.tolist(), strict=True)
    assert lanes.untimed_words.tolist() == [place for place, span in enumerate(times) if list(span) == timeless]


@given(SENTENCES)
def test_sentences_of_a_row_do_not_overlap_and_rows_are_as_few_as_can_be(
    json_result: Result, sentences: list[dict[str, object]]
) -> None:
    _, lanes = lanes_of(json_result(detail(*sentences)))
    spans = list(zip(lanes.sentences.start.tolist(), lanes.sentences.end.tolist(), strict=True))
    for lane in lanes.lanes:
        rows = [[spans[place] for place in row.sentences.places.tolist()] for row in lane.rows]
        for row in rows[: ROWS - 1]:
            assert all(one[1] <= other[0] for one, other in pairwise(row))
        for below, row in pairwise(rows):
            for start, _ in row:
                assert any(one[0] <= start < one[1] for one in below), "the row below was free"


def test_a_lane_has_no_more_than_so_many_rows(json_result: Result) -> None:
    _, lanes = lanes_of(json_result(detail(*[sentence(word(), StartMs="0", EndMs="1000")] * (ROWS + 5))))
    (lane,) = lanes.lanes
    assert [len(row.sentences) for row in lane.rows] == [1] * (ROWS - 1) + [6]
    assert [len(row.words) for row in lane.rows] == [1] * (ROWS - 1) + [6]


def test_a_sentence_without_times_is_where_its_words_are(json_result: Result) -> None:
    payload = {"FlashResult": [{"channel_id": "0", "sentence_list": [
        {"text": "a b", "word_list": [
            {"word": "a", "start_time": 5, "end_time": 9}, {"word": "b", "start_time": 12, "end_time": 10},
        ]},
        {"text": "c", "start_time": 11, "end_time": 20, "word_list": [{"word": "c", "start_time": 11}]},
    ]}]}  # fmt: skip
    _, lanes = lanes_of(json_result(payload))
    assert lanes.sentences.start.tolist() == [5, 11]
    assert lanes.sentences.end.tolist() == [12, 20]
    assert lanes.row.tolist() == [0, 1]
    first, second = lanes.lanes[0].rows
    assert (first.words.start.tolist(), first.words.end.tolist()) == ([5, 10], [9, 12])
    assert (second.words.start.tolist(), second.words.end.tolist()) == ([11], [12])


@pytest.mark.parametrize("payload", [{"AudioTime": "1"}, {"Result": "[0:1.000,0:2.000]  ab"}])
def test_a_transcript_without_words_has_lanes_too(json_result: Result, payload: dict[str, object]) -> None:
    transcript, lanes = lanes_of(json_result(payload))
    assert [len(row.words) for row in lanes.rows()] == [0] * len(transcript.sentences.text)
    assert [row.sentences.start.tolist() for row in lanes.rows()] == [[1000]] * len(transcript.sentences.text)
