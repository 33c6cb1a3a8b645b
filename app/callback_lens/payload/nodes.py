"""The nodes of a payload as written, and one way to read them for XML and JSON alike."""

import json
import re
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import count

# Names that documented payloads repeat: they carry an index in paths even where they stand alone, so that one
# job has one path whether it came as XML or JSON, single or many.
REPEATED_NAMES = frozenset(
    (
        "ActionTags",
        "Audio",
        "AudioSection",
        "BodyRecognition",
        "CarRecognition",
        "ClipFrameResult",
        "CosHeaders",
        "DetailPerSecond",
        "FaceRecognition",
        "FlashResult",
        "JobsDetail",
        "MatchDetail",
        "Md5Info",
        "NonExistJobIds",
        "ObjectInfo",
        "ObjectName",
        "ObjectTags",
        "Objects",
        "OcrResults",
        "PageInfo",
        "PersonTags",
        "PetRecognition",
        "PlaceTags",
        "ResultDetail",
        "Results",
        "Section",
        "SentenceScores",
        "Snapshot",
        "SpriteObjectInfo",
        "StreamExtract",
        "Subtitle",
        "Tags",
        "Tasks",
        "TextDetections",
        "TimeInfo",
        "Video",
        "WatermarkTemplateId",
        "Words",
        "WordsGeneralizeLable",
        "WordsGeneralizeToken",
        "WorkflowExecutionList",
        "sentence_list",
        "word_list",
    )
)


MANY_NAMES = 1000
FEW_KINDS = 20
PLAIN_NAME = re.compile(r"[@#]?[^\W\d][\w:-]*")


class Kind(StrEnum):
    """What a node is in its document."""

    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "instruction"
    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


class Node(ABC):
    """One node, made when somebody looks at it; the parsed document behind it is shared and never changed.

    ``name`` is the node's name as written; ``index`` its place among the items of its name, or None where the
    name stands alone; ``parent`` is None for the document itself.
    """

    __slots__ = ("index", "name", "parent")

    def __init__(self, name: str, index: int | None, parent: "Node | None") -> None:
        self.name = name
        self.index = index
        self.parent = parent

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """What the node is in its document."""

    @property
    @abstractmethod
    def value(self) -> str | None:
        """The scalar exactly as written (JSON strings unescaped); None for what only holds other nodes."""

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """True when no text stands in the node or anywhere below it."""

    @abstractmethod
    def data(self) -> object:
        """What xmltodict or ``json.loads`` gives for this node."""

    def children(self) -> list["Node"]:
        """All nodes directly below, in document order; whitespace between XML elements is no node."""
        return []

    @property
    def child_count(self) -> int:
        """How many nodes ``children()`` has."""
        return 0

    @property
    def has_children(self) -> bool:
        """Whether ``children()`` has any, without counting them."""
        return self.child_count > 0

    def children_at(self, positions: Sequence[int]) -> list["Node"]:
        """Those of ``children()`` at ascending ``positions``, without making the others where there may be many."""
        children = self.children()
        return [children[position] for position in positions]

    def position_of(self, child: "Node") -> int:
        """Where ``child`` stands among ``children()``. Raises StopIteration for what is no child."""
        same = (child.name, child.index)
        return next(position for position, node in enumerate(self.children()) if (node.name, node.index) == same)

    def items(self) -> Iterator["Node"]:
        """The named nodes below in order, arrays taken apart: the same for XML and JSON."""
        yield from ()

    def named(self, name: str) -> list["Node"]:
        """The nodes of ``items()`` called ``name`` that are not empty: empty and absent are one in CI's payloads."""
        return [item for item in self.items() if item.name == name and not item.is_empty]

    def named_at(self, name: str, positions: Sequence[int], count: int) -> list["Node"]:  # noqa: ARG002  # XML, JSON
        """Those at ``positions`` of the ``count`` nodes of ``named(name)``; no others are made if none is empty."""
        nodes = self.named(name)
        return [nodes[position] for position in positions]

    def records(self, name: str) -> list[Mapping[str, object]]:
        """For each item called ``name`` its scalar children by name, without a node for each (for long lists)."""
        return [{child.name: child.value for child in item.items()} for item in self.items() if item.name == name]

    def record_names(self, name: str) -> set[str]:
        """All names in the ``records`` called ``name``."""
        return set().union(*self.records(name))

    @property
    def text(self) -> str | None:
        """The scalar's text without the whitespace around it; None when nothing is left."""
        return (self.value or "").strip() or None

    @property
    def path(self) -> str:
        """The neutral path, e.g. ``JobsDetail[0].Operation.Output``: one form for XML and JSON, no ``Response``."""
        if self.parent is None or (self.name == "Response" and self.parent.parent is None):
            return ""
        return join_path(self.parent.path, path_step(self.name, self.index))

    def all(self, path: str) -> list["Node"]:
        """Every node that is not empty at ``path`` (names joined by dots), through repeats and arrays."""
        name, _, below = path.partition(".")
        nodes = self.named(name)
        return [found for node in nodes for found in node.all(below)] if below else nodes

    def first(self, path: str) -> "Node | None":
        """The first node of ``all(path)``, or None."""
        nodes = self.all(path)
        return nodes[0] if nodes else None

    def text_at(self, path: str) -> str | None:
        """The text of the first node at ``path``; None when absent, empty or no scalar."""
        node = self.first(path)
        return node.text if node is not None else None

    def texts_at(self, path: str) -> list[str]:
        """The text of every scalar at ``path``."""
        return [node.text for node in self.all(path) if node.text is not None]


def path_step(name: str, index: int | None = None) -> str:
    """A node's own part of its path: ``Output``, ``JobsDetail[0]``, ``["any other name"]``."""
    quoted = name if PLAIN_NAME.fullmatch(name) else f"[{json.dumps(name, ensure_ascii=False)}]"
    return quoted if index is None else f"{quoted}[{index}]"


def join_path(above: str, step: str) -> str:
    """The path of ``step`` below the node at ``above``."""
    return f"{above}.{step}" if above and not step.startswith("[") else above + step


def numbered(names: list[str]) -> list[int | None]:
    """For each of sibling ``names`` its index among those of the same name; None where a name needs no index."""
    if len(set(names)) == len(names):
        return [0 if name in REPEATED_NAMES else None for name in names]
    total = Counter(names)
    indexes: defaultdict[str, Iterator[int]] = defaultdict(count)
    return [next(indexes[name]) if total[name] > 1 or name in REPEATED_NAMES else None for name in names]


def numbered_at(names: list[str], positions: Sequence[int]) -> list[int | None]:
    """What ``numbered`` gives at ascending ``positions``, without a step in Python for each of very many names."""
    wanted = {names[position] for position in positions}
    if len(names) < MANY_NAMES or len(wanted) > FEW_KINDS:
        indexes = numbered(names)
        return [indexes[position] for position in positions]
    found: dict[int, int] = {}
    for name in wanted:
        if name in REPEATED_NAMES or names.count(name) > 1:
            seen = reached = 0
            for position in positions:
                if names[position] == name:
                    seen += names[reached:position].count(name)
                    found[position], reached = seen, position
    return [found.get(position) for position in positions]
