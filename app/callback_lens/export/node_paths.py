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
    parent = name = above = None
    for node in nodes:
        if node.index is None:
            yield node.path
            continue
        if node.parent is not parent or node.name != name:
            parent, name, above = node.parent, node.name, node.path.removesuffix(f"[{node.index}]")
        yield f"{above}[{node.index}]"
