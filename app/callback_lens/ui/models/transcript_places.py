"""Which sentence and which word of a transcript a node of the payload stands in."""

import re
from bisect import bisect_left

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import Layout, Transcript

PLACE = re.compile(
    r"""\.?(?:FlashResult(?:\[(?P<channel>\d+)\])?\.)?
        (?P<name>ResultDetail|sentence_list|Result)(?:\[(?P<sentence>\d+)\])?
        (?:\.(?:Words|word_list)(?:\[(?P<word>\d+)\])?)?(?=[.\[]|\Z)""",
    re.VERBOSE,
)
NAMES = {Layout.RESULT_DETAIL: "ResultDetail", Layout.FLASH_RESULT: "sentence_list", Layout.RESULT: "Result"}


def sentence_at(transcript: Transcript, node: Node) -> int | None:
    """The first sentence that stands in ``node`` or above it."""
    return sentence_at_path(transcript, node.path)


def word_at(transcript: Transcript, node: Node) -> int | None:
    """The word that ``node`` stands in; None for what is no word's."""
    return word_at_path(transcript, node.path)


def sentence_at_path(transcript: Transcript, path: str) -> int | None:
    """The same for the neutral path of a node."""
    match = _match(transcript, path)
    return None if match is None else _sentence(transcript, match)


def word_at_path(transcript: Transcript, path: str) -> int | None:
    """The same for the neutral path of a node."""
    match = _match(transcript, path)
    sentence = _sentence(transcript, match) if match is not None and match["word"] else None
    if match is None or sentence is None:
        return None
    return _word(transcript, sentence, int(match["word"]))


def _match(transcript: Transcript, path: str) -> re.Match[str] | None:
    top = transcript.node.path
    match = PLACE.match(path, len(top)) if path.startswith(top) and path != top else None
    return match if match is not None and match["name"] == NAMES[transcript.layout] else None


def _sentence(transcript: Transcript, match: re.Match[str]) -> int | None:
    """Sentences stand in the order written, several of them perhaps in one node."""
    nodes = transcript.sentences.nodes
    wanted = (int(match["channel"] or 0), int(match["sentence"] or 0))
    place = bisect_left(nodes, wanted, key=_order)
    return place if place < len(nodes) and _order(nodes[place]) == wanted else None


def _word(transcript: Transcript, sentence: int, index: int) -> int | None:
    words = transcript.sentences.words(sentence)
    place: int = words.start + index
    if place < words.stop and transcript.word_nodes([place])[0].index == index:  # no empty one is before it
        return place
    indices = [word.index for word in transcript.word_nodes_of(sentence)]
    return words.start + indices.index(index) if index in indices else None


def _order(sentence: Node) -> tuple[int, int]:
    """The indices of its channel and of itself."""
    above = sentence.parent
    while above is not None and above.name != "FlashResult":
        above = above.parent
    return (above.index or 0) if above is not None else 0, sentence.index or 0
