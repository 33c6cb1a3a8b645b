"""What does not add up about sentences: their order, their texts, and the lines of Result."""

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node, join_path
from callback_lens.transcript.columns import NO_TIME, Layout, Places, Sentences, Transcript
from callback_lens.transcript.listing import findings_at
from callback_lens.transcript.neighbours import numbered, places_ahead
from callback_lens.transcript.result_lines import ResultLine, read_result_lines
from callback_lens.transcript.texts import same_text


def reversed_sentences(transcript: Transcript) -> list[Finding]:
    """Sentences that end before they start."""
    start, end = transcript.sentences.start, transcript.sentences.end

    def finding(sentence: int, node: Node) -> Finding:
        message = Message("the sentence ends before it starts")
        return Finding(
            Severity.WARNING, "sentence-order", message, node.path, None, f"{start[sentence]}–{end[sentence]}"
        )

    backwards = (start != NO_TIME) & (end != NO_TIME) & (end < start)
    return findings_at(transcript.node, np.flatnonzero(backwards).tolist(), transcript.sentence_nodes, finding)


def sentence_order(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Sentences that start before the one of the same speaker that stands ahead of them."""
    start = transcript.sentences.start
    ahead = _same_speaker_ahead(transcript.sentences, start != NO_TIME)

    def finding(sentence: int, node: Node) -> Finding:
        message = Message("the sentence starts before the same speaker's sentence ahead of it")
        expected, found = str(start[ahead[sentence]]), str(start[sentence])
        return Finding(Severity.WARNING, "sentence-order", message, node.path, expected, found)

    early = (ahead >= 0) & (start < start[ahead] - tolerance_ms)
    return findings_at(transcript.node, np.flatnonzero(early).tolist(), transcript.sentence_nodes, finding)


def sentences_overlap(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Sentences that start before the same speaker has ended the one ahead; that others do not wait is natural."""
    start, end = transcript.sentences.start, transcript.sentences.end
    ahead = _same_speaker_ahead(transcript.sentences, (start != NO_TIME) & (start <= end))

    def finding(sentence: int, node: Node) -> Finding:
        message = Message("the sentence starts before the same speaker's sentence ahead of it has ended")
        expected, found = str(end[ahead[sentence]]), str(start[sentence])
        return Finding(Severity.INFO, "sentences-overlap", message, node.path, expected, found)

    in_order = (ahead >= 0) & (start >= start[ahead] - tolerance_ms)
    overlapping = in_order & (start < end[ahead] - tolerance_ms)
    return findings_at(transcript.node, np.flatnonzero(overlapping).tolist(), transcript.sentence_nodes, finding)


def _same_speaker_ahead(sentences: Sentences, counting: NDArray[np.bool_]) -> Places:
    """For each sentence the last one before it of the same speaker, among those that count; -1 without any."""
    _, speaker = numbered(sentences.speaker)
    places = np.flatnonzero(counting)
    return places_ahead(places[np.argsort(speaker[places], kind="stable")], speaker)


def text_mismatches(transcript: Transcript) -> list[Finding]:
    """Sentences whose words say something else than their text."""
    sentences = transcript.sentences
    spoken = ["".join(transcript.words.text[sentences.words(place)]) for place in range(len(sentences.text))]

    def finding(sentence: int, node: Node) -> Finding:
        message = Message("the words of the sentence are not its text")
        return Finding(
            Severity.WARNING, "text-mismatch", message, node.path, sentences.text[sentence], spoken[sentence]
        )

    return findings_at(transcript.node, _different(sentences.text, spoken), transcript.sentence_nodes, finding)


def slice_mismatches(transcript: Transcript) -> list[Finding]:
    """Sentences whose SliceSentence says something else than their text."""
    texts, slices = transcript.sentences.text, transcript.sentences.slice_text

    def finding(sentence: int, node: Node) -> Finding:
        message = Message("SliceSentence is not the text of the sentence")
        path = join_path(node.path, "SliceSentence")
        return Finding(Severity.WARNING, "text-mismatch", message, path, texts[sentence], slices[sentence])

    return findings_at(transcript.node, _different(texts, slices), transcript.sentence_nodes, finding)


def _different(texts: list[str], others: list[str]) -> list[int]:
    pairs = enumerate(zip(texts, others, strict=True))
    return [place for place, (text, other) in pairs if text and other and not same_text(text, other)]


def result_mismatches(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Lines of Result that are not the sentences: other in number, times or text."""
    lines = [] if transcript.layout is Layout.RESULT else read_result_lines(transcript.node)
    if not lines:
        return []
    sentences = _as_lines(transcript)
    if any(line.start == NO_TIME for line in lines):  # a text without times
        lines, sentences = _as_one(lines), _as_one(sentences)
    elif transcript.layout is Layout.FLASH_RESULT:  # by channel there, by time here
        lines, sentences = sorted(lines, key=_by_time), sorted(sentences, key=_by_time)
    if len(lines) != len(sentences):
        return [_other_number(lines, sentences)]

    def finding(place: int, node: Node) -> Finding:
        line, sentence = lines[place], sentences[place]
        message = Message("a line of Result is not the sentence in {layout}", {"layout": str(transcript.layout)})
        return Finding(Severity.WARNING, "result-mismatch", message, node.path, _written(sentence), _written(line))

    pairs = enumerate(zip(lines, sentences, strict=True))
    unlike = [place for place, (line, sentence) in pairs if not _alike(line, sentence, tolerance_ms)]
    return findings_at(transcript.node, unlike, lambda places: [lines[place].node for place in places], finding)


def _as_lines(transcript: Transcript) -> list[ResultLine]:
    sentences = transcript.sentences
    columns = sentences.start.tolist(), sentences.end.tolist(), sentences.speaker, sentences.text, sentences.nodes
    return list(map(ResultLine, *columns))


def _by_time(line: ResultLine) -> tuple[int, int, str]:
    return line.start, line.end, line.text


def _as_one(lines: list[ResultLine]) -> list[ResultLine]:
    text = "\n".join(line.text for line in lines)
    return [ResultLine(NO_TIME, NO_TIME, None, text, lines[0].node)]


def _alike(line: ResultLine, sentence: ResultLine, tolerance_ms: int) -> bool:
    pairs = ((line.start, sentence.start), (line.end, sentence.end))
    if any(abs(one - other) > tolerance_ms for one, other in pairs if NO_TIME not in (one, other)):
        return False
    return not sentence.text or same_text(line.text, sentence.text)


def _other_number(lines: list[ResultLine], sentences: list[ResultLine]) -> Finding:
    message = Message(
        "Result has {lines} lines for {sentences} sentences", {"lines": len(lines), "sentences": len(sentences)}
    )
    path, expected = lines[0].node.path, str(len(sentences))
    return Finding(Severity.WARNING, "result-mismatch", message, path, expected, str(len(lines)))


def _written(line: ResultLine) -> str:
    return line.text if line.start == NO_TIME else f"{line.start}–{line.end} {line.text}"
