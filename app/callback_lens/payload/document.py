"""A payload that was read: its nodes, its data, and what was noticed on the way."""

from dataclasses import dataclass

from callback_lens.payload.findings import Finding
from callback_lens.payload.http_message import HttpMessage
from callback_lens.payload.nodes import Node

# Up to this many characters xmltodict itself says what the data of an XML payload is; at 10 MB/s it is too slow
# for transcripts.
SMALL = 65536


@dataclass(frozen=True, slots=True)
class Source:
    """Where a payload came from.

    ``member`` names a file inside an archive; ``index`` counts the payloads of one file from 0; ``format`` is
    ``xml`` or ``json``; ``encoding`` is that of the bytes.
    """

    file: str
    member: str | None
    index: int
    format: str
    encoding: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Document:
    """One payload.

    ``root`` is the whole document; ``payload`` the node that holds EventName, JobsDetail and so on (the root, or
    the ``Response`` in it), from which paths start. ``text`` is the document's own text (for a callback in an array,
    the array's), ``findings`` what was repaired or is odd about its form, ``request`` the saved HTTP message it came
    in.
    """

    source: Source
    root: Node
    payload: Node
    text: str
    findings: tuple[Finding, ...] = ()
    request: HttpMessage | None = None

    def data(self) -> object:
        """What ``xmltodict.parse`` or ``json.loads`` gives for the payload (for a repaired one: as repaired)."""
        if self.source.format == "json":
            return self.root.data()
        if len(self.text) <= SMALL and not self.findings:
            import xmltodict

            return xmltodict.parse(self.text)
        return self.root.data()
