"""The paths of all sentences and words of a transcript."""

from collections.abc import Iterable, Iterator

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import Transcript


def sentence_paths(transcript: Transcript) -> list[str]:
    """Where each sentence stands in the payload."""
    return list(_paths(transcript.sentences.nodes))


def word_paths(transcript: Transcript) -> list[str]:
    """Where each word stands in the payload."""
    sentences = range(len(transcript.sentences.text))
    return [path for sentence in sentences for path in _paths(transcript.word_nodes_of(sentence))]


def _paths(nodes: Iterable[Node]) -> Iterator[str]:
    """Of siblings behind each other only the first is asked for its path, which is made from the top."""
    parent, above = None, ""
    for node in nodes:
        step = "" if node.index is None else f"[{node.index}]"
        if node.parent is not parent or not step:
            parent, above = node.parent, node.path.removesuffix(step)
        yield above + step
