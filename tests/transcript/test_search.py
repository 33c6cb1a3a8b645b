"""A text looked for in what was said."""

from itertools import count

import pytest
from callback_lens.transcript.columns import NO_TIME
from callback_lens.transcript.search import CHECK_EVERY, find, read_spoken
from hypothesis import given
from hypothesis import strategies as st
from speech_results import sentence, word
from transcripts import transcript_of, transcript_of_result

NAMES = ("人", "工", "AI", "ai", "İ", "ß", " b ", "")


def nothing() -> None:
    """There is nobody who would stop it."""


def places(*words: str, text: str) -> list[int]:
    transcript = transcript_of(sentence(*(word(each) for each in words), StartMs="0"))
    return find(read_spoken(transcript, nothing), text, nothing).word.tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("工", [1, 4]),
        ("人工", [0]),
        ("人 工", [0]),
        ("ai 工", [3]),
        ("工，", [1]),
        ("工智", []),
        ("", []),
        (" \n", []),
    ],
)
def test_it_is_found_across_words_whatever_its_case(text: str, found: list[int]) -> None:
    assert places("人", "工", "，", "AI", "工", text=text) == found


def test_nothing_is_found_across_sentences() -> None:
    transcript = transcript_of(sentence(word("人"), StartMs="0"), sentence(word("工"), StartMs="1000"))
    spoken = read_spoken(transcript, nothing)
    assert find(spoken, "人工", nothing).word.tolist() == []
    assert find(spoken, "工", nothing).word.tolist() == [1]


def test_sentences_without_words_are_found_by_their_text() -> None:
    transcript = transcript_of_result({"Result": "[0:1.000,0:2.000,0]  人工\n[0:3.000,0:4.000,0]  智能 人工"})
    hits = find(read_spoken(transcript, nothing), "人工", nothing)
    assert hits.word.tolist() == [-1, -1]
    assert hits.time.tolist() == [1000, 3000]
    assert hits.node(1) is transcript.sentences.nodes[1]


def test_hits_are_in_order_of_time() -> None:
    early, late = sentence(word("人"), StartMs="0", EndMs="100"), sentence(word("人"), StartMs="5000", EndMs="5100")
    timeless = sentence(word("人", start="?", end="?"))
    hits = find(read_spoken(transcript_of(late, early, timeless), nothing), "人", nothing)
    assert hits.time.tolist() == [NO_TIME, 0, 5000]
    assert hits.word.tolist() == [2, 1, 0]
    assert hits.node(1).path.endswith("ResultDetail[1].Words[0]") or hits.node(1).path.endswith("ResultDetail[1].Words")


@given(words=st.lists(st.sampled_from(NAMES), min_size=1, max_size=8), wanted=st.sampled_from(NAMES))
def test_every_word_that_has_the_text_is_found(words: list[str], wanted: str) -> None:
    folded = "".join(wanted.casefold().split())
    having = [place for place, each in enumerate(words) if folded and folded in "".join(each.casefold().split())]
    assert set(having) <= set(places(*words, text=wanted))


def test_it_can_be_stopped() -> None:
    transcript = transcript_of(sentence(*(word("人") for _ in range(CHECK_EVERY + 1)), StartMs="0"))
    counted = count()
    read_spoken(transcript, lambda: next(counted))
    assert next(counted) >= 2
    with pytest.raises(InterruptedError):
        read_spoken(transcript, stop)


def stop() -> None:
    raise InterruptedError
