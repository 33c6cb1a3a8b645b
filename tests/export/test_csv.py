"""Tables of sentences and words, read back by Python's csv; those with tabs by splitting."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from callback_lens.export.cues import Export, ExportOptions, Level
from callback_lens.export.delimited import export_csv, export_tsv
from callback_lens.export.files import encoded
from callback_lens.export.plain_text import plain_texts
from callback_lens.transcript.columns import NO_TIME, Transcript
from exports import said, warnings, written
from hypothesis import assume, given
from hypothesis import strategies as st
from odd_results import odd_results
from speech_results import sentence, word
from transcripts import corpus_transcripts, hostile_texts, sample_transcripts, transcript_of, transcript_or_none

WORDS, SENTENCES = ExportOptions(Level.WORD), ExportOptions(Level.SENTENCE)
EXCEL = ExportOptions(Level.WORD, bom=True, crlf=True, excel=True)

Row = dict[str, str]


def read_csv(content: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content, newline=""), strict=True))


def read_tsv(content: str) -> list[Row]:
    header, *lines, last = content.split("\n")
    assert last == ""
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def words_of(*sentences: Any) -> list[Row]:
    return read_csv(written(export_csv(transcript_of(*sentences), WORDS)))


def column(rows: list[Row], name: str) -> list[str]:
    return [row[name] for row in rows]


def check_against_payload(transcript: Transcript) -> None:
    above = transcript.node.path
    sentences, words = [], []
    for number, one in enumerate(said(transcript), 1):
        about = (str(number), one.speaker)
        sentences.append((*about, *map(str, one.sentence), f"{above}.{one.path}"))
        words += [
            (*about, *map(str, span), voice_type, f"{above}.{one.path}.Words[{place}]")
            for place, (span, voice_type) in enumerate(one.words)
        ]
    sentence_columns = ("sentence", "speaker", "start_ms", "end_ms", "text", "path")
    word_columns = ("sentence", "speaker", "start_ms", "end_ms", "word", "voice_type", "path")
    for export, read in ((export_csv, read_csv), (export_tsv, read_tsv)):
        of_sentences = read(written(export(transcript, SENTENCES)))
        of_words = read(written(export(transcript, WORDS)))
        assert [tuple(row[name] for name in sentence_columns) for row in of_sentences] == sentences
        assert [tuple(row[name] for name in word_columns) for row in of_words] == words
        for row in (*of_sentences, *of_words):
            assert int(row["dur_ms"]) == int(row["end_ms"]) - int(row["start_ms"])


def test_a_table_has_each_sentence_and_word_to_the_millisecond() -> None:
    for transcript in sample_transcripts():
        check_against_payload(transcript)


def test_a_table_has_what_the_documented_payloads_say(corpus: Path) -> None:
    transcripts = corpus_transcripts(corpus)
    assert transcripts
    for transcript in transcripts:
        check_against_payload(transcript)


def cell(time: int) -> str:
    return "" if time == NO_TIME else str(time)


@given(odd_results)
def test_every_number_is_as_it_was_read_whatever_is_odd(result: dict[str, Any]) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    rows = read_csv(written(export_csv(transcript, WORDS)))
    words, sentences = transcript.words, transcript.sentences
    expected: list[tuple[int, int, int, str]] = []
    for place, text in enumerate(sentences.text):
        each = range(*sentences.words(place).indices(len(words.text)))
        whole = () if each else [(place, sentences.start[place], sentences.end[place], text)]
        expected += [*((place, words.start[word], words.end[word], words.text[word]) for word in each), *whole]
    assert [(row["sentence"], row["start_ms"], row["end_ms"], row["word"]) for row in rows] == [
        (str(place + 1), cell(start), cell(end), plain_texts([text]).texts[0]) for place, start, end, text in expected
    ]
    of_sentences = read_csv(written(export_csv(transcript, SENTENCES)))
    assert column(of_sentences, "start_ms") == list(map(cell, sentences.start.tolist()))
    assert column(of_sentences, "end_ms") == list(map(cell, sentences.end.tolist()))


@given(st.lists(hostile_texts, min_size=1, max_size=4), hostile_texts)
def test_any_text_comes_back_from_its_cell(texts: list[str], speaker: str) -> None:
    transcript = transcript_of(sentence(*map(word, texts), SpeakerId=speaker))
    plain = plain_texts(transcript.words.text).texts
    assert column(read_csv(written(export_csv(transcript, WORDS))), "word") == plain
    windows = encoded(export_csv(transcript, EXCEL).lines, bom=True, crlf=True).decode("utf-8-sig")
    assert [text.replace("\r\n", "\n").removeprefix("'") for text in column(read_csv(windows), "word")] == [
        text.removeprefix("'") for text in plain
    ]
    tabbed = column(read_tsv(written(export_tsv(transcript, WORDS))), "word")
    assert tabbed == [text.replace("\n", " ").replace("\t", " ") for text in plain]


def test_what_a_row_says_of_a_word() -> None:
    words = [word("水", "0", "200", VoiceType="0"), word("，", "0", "200", VoiceType="1"), word("船上", "250", "550")]
    transcript = transcript_of(sentence(*words, SpeakerId="7"))
    path = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[0]"
    assert written(export_csv(transcript, WORDS)) == (
        "sentence,speaker,start_ms,end_ms,dur_ms,voice_type,word,chars,ms_per_char,gap_before_ms,flags,path\n"
        f"1,7,1000,1200,200,0,水,1,200,,,{path}.Words[0]\n"
        f"1,7,1000,1200,200,1,，,1,,,,{path}.Words[1]\n"
        f"1,7,1250,1550,300,,船上,2,150,50,,{path}.Words[2]\n"
    )


def test_what_a_row_says_of_a_sentence() -> None:
    transcript = transcript_of(
        sentence(FinalSentence="水 上"),
        sentence(StartMs="8000", EndMs="8000"),
        sentence(StartMs="500", EndMs="400"),
        sentence(EndMs=None),
    )
    path = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail"
    assert written(export_tsv(transcript, SENTENCES)).replace("\t", "|") == (
        "sentence|speaker|start_ms|end_ms|dur_ms|text|chars|ms_per_char|gap_before_ms|flags|path\n"
        f"1||1000|9000|8000|水 上|2|4000|||{path}[0]\n"
        f"2||8000|8000|0|ab|2||-1000|overlapping no-length|{path}[1]\n"
        f"3||500|400|-100|ab|2||-7500|reversed out-of-order|{path}[2]\n"
        f"4||1000|||ab|2||600|incomplete|{path}[3]\n"
    )


def test_flags_say_what_is_odd() -> None:
    usual = [word("水", str(place * 100), str(place * 100 + 100)) for place in range(9)]
    rows = words_of(
        sentence(*usual, word("船", "900", "3000"), word("上", "2000", "9500"), word("下", "40", "20"), word("x", None))
    )
    assert column(rows, "flags")[8:] == [
        "",
        "slow",
        "slow outside-sentence overlapping",
        "reversed out-of-order",
        "incomplete",
    ]
    assert column(rows, "gap_before_ms")[:3] == ["", "0", "0"]
    assert (rows[-2]["dur_ms"], rows[-1]["start_ms"], rows[-1]["dur_ms"]) == ("-20", "", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-", "@SUM(A1)", "="])
def test_nothing_is_taken_for_a_formula_by_a_spreadsheet(text: str) -> None:
    transcript = transcript_of(sentence(word("a"), StartMs="-5"), sentence(word(text), word(text), StartMs="-5"))
    exported = export_csv(transcript, EXCEL)
    assert column(read_csv(written(exported)), "word") == ["a", f"'{text}", f"'{text}"]
    assert column(read_csv(written(exported)), "start_ms") == ["-5", "-5", "-5"]
    what = "texts that begin like formulas, written with an apostrophe before them"
    assert warnings(exported) == [(what, 2, "ResultDetail[1]")]
    untouched = export_csv(transcript, WORDS)
    assert (column(read_csv(written(untouched)), "word"), warnings(untouched)) == (["a", text, text], [])


def test_a_speaker_is_no_formula_either() -> None:
    exported = export_csv(transcript_of(sentence(word("a"), SpeakerId="@b")), EXCEL)
    assert column(read_csv(written(exported)), "speaker") == ["'@b"]
    assert [count for _, count, _ in warnings(exported)] == [1]


def test_a_table_for_excel_begins_with_a_mark_and_ends_lines_as_windows_does() -> None:
    export: Export = export_csv(transcript_of(sentence(word())), EXCEL)
    content = encoded(export.lines, EXCEL.bom, EXCEL.crlf)
    assert content.startswith(b"\xef\xbb\xbfsentence,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_what_is_changed_is_said() -> None:
    transcript = transcript_of(sentence(word("a\tb")), sentence(word("a\n\nb"), word("\x01")))
    assert warnings(export_csv(transcript, WORDS)) == [
        ("blank lines left out", 1, "ResultDetail[1]"),
        ("control characters replaced by �", 1, "ResultDetail[1]"),
    ]
    assert warnings(export_tsv(transcript, WORDS))[2:] == [
        ("line ends and tabs replaced by spaces", 2, "ResultDetail[0]")
    ]
