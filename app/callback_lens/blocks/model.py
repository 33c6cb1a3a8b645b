"""The kinds of block: frozen data that a window draws, ``show`` prints and exporters write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.objects import CosObject
from callback_lens.transcript.columns import Transcript


@dataclass(frozen=True, slots=True)
class Field:
    """A scalar of the payload: its node's name, the text as written, and the path it stands at.

    ``unit`` is only set where the unit depends on other nodes; the usual one follows from the path (field notes).
    """

    name: str
    text: str
    path: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values, one below the other."""

    kind: ClassVar[str] = "fields"
    id: str
    title: Message
    fields: tuple[Field, ...]


class State(str):
    """The cell of a state, as written: a window says what it means, with its icon and colour."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a cell is a text as written, a Message, or None for an empty one.

    ``object`` is the object in COS that the row is about, where it is about one.
    """

    cells: tuple[str | Message | None, ...]
    path: str
    object: CosObject | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under column titles."""

    kind: ClassVar[str] = "table"
    id: str
    title: Message
    columns: tuple[Message, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of several lines."""

    kind: ClassVar[str] = "text"
    id: str
    title: Message
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the job wrote: where it is, and its place in the order of the payload, from 0."""

    object: CosObject
    index: int
    path: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures in order; ``width`` and ``height`` in pixels as asked for, None where the payload does not say."""

    kind: ClassVar[str] = "gallery"
    id: str
    title: Message
    pictures: tuple[Picture, ...]
    width: int | None
    height: int | None
    template: str | None


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of a media file: ``Video``, ``Audio`` or ``Subtitle``, its number as written, and its fields."""

    type: str
    index: str | None
    fields: tuple[Field, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Media:
    """Technical data of a media file: the container's fields and its streams."""

    kind: ClassVar[str] = "media"
    id: str
    title: Message
    format: tuple[Field, ...]
    streams: tuple[Stream, ...]


@dataclass(frozen=True, slots=True)
class TranscriptBlock:
    """Sentences and words in time; ``run_ms`` is how long the job ran."""

    kind: ClassVar[str] = "transcript"
    id: str
    title: Message
    transcript: Transcript
    run_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence to the reader in place of something that cannot be shown."""

    kind: ClassVar[str] = "notice"
    id: str
    title: Message
    severity: Severity
    message: Message


Block = Fields | Table | Text | Gallery | Media | TranscriptBlock | Notice


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was asked for, written, or both; ``path`` is the node that says so.

    ``role`` is a stable word (``output``, ``stream``, ``cover``, ``sprite``, ``voice``, ``transcript`` …), ``index``
    the stream's number or the picture's place. ``produced`` means that the payload lists the file as written.
    """

    object: CosObject
    role: str
    path: str
    md5: str | None = None
    index: int | None = None
    requested: bool = False
    produced: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """All there is to say about a job beyond its envelope.

    ``covered`` names the nodes (paths below the job) that the blocks show, so that nobody shows them again.
    """

    outputs: tuple[Output, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    transcript: Transcript | None = None
    covered: tuple[str, ...] = ()
