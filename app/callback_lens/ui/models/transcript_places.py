"""Which sentence and which word of a transcript a node of the payload stands in."""

import re

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import Layout, Transcript

PLACE = re.compile(
    r"""\.?(?:FlashResult(?:\[(?P<channel>\d+)\])?\.)?
        (?:ResultDetail|sentence_list|Result)(?:\[(?P<sentence>\d+)\])?
        (?:\.(?:Words|word_list)(?:\[(?P<word>\d+)\])?)?(?=[.\[]|\Z)""",
    re.VERBOSE,
)


def sentence_at(transcript: Transcript, node: Node) -> int | None:
    """The first sentence that stands in ``node`` or above it."""
    match = _match(transcript, node)
    return None if match is None else _sentence(transcript, match)


def word_at(transcript: Transcript, node: Node) -> int | None:
    """The word that ``node`` stands in; None for what is no word's."""
    match = _match(transcript, node)
    sentence = _sentence(transcript, match) if match is not None and match["word"] else None
    if match is None or sentence is None:
        return None
    name = "word_list" if transcript.layout is Layout.FLASH_RESULT else "Words"
    indices = [word.index for word in transcript.sentences.nodes[sentence].named(name)]
    wanted = int(match["word"])
    return transcript.sentences.words(sentence).start + indices.index(wanted) if wanted in indices else None


def _match(transcript: Transcript, node: Node) -> re.Match[str] | None:
    top, path = transcript.node.path, node.path
    return PLACE.match(path, len(top)) if path.startswith(top) and path != top else None


def _sentence(transcript: Transcript, match: re.Match[str]) -> int | None:
    wanted = int(match["sentence"] or 0)
    channel = int(match["channel"]) if match["channel"] else None
    for place, node in enumerate(transcript.sentences.nodes):
        if (node.index or 0) == wanted and (channel is None or _channel(node) == channel):
            return place
    return None


def _channel(sentence: Node) -> int:
    above = sentence.parent
    while above is not None and above.name != "FlashResult":
        above = above.parent
    return (above.index or 0) if above is not None else 0
