"""What is answered: statuses, in the order asked for, and how they look on the wire."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

from callback_lens.listener.access import is_console_probe
from callback_lens.listener.request import Received

OK = 200
SCANNED_BYTES = 64 << 10  # of a body, for its job id
JOB_ID = re.compile(rb"""(?:<JobId>|"(?:JobId|trace_id)"\s{0,9}:\s{0,9}")\s{0,9}([^<"\s]{1,100})""")
REMEMBERED = 100_000  # jobs whose answers are counted; the ones seen first are forgotten
WITHOUT_BODY = (204, 205, 304)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a request that was kept: ``statuses`` one after the other, the last again and again.

    ``body`` is text/plain in UTF-8; ``delay`` is in seconds.
    """

    statuses: Sequence[int] = (OK,)
    body: bytes = b""
    delay: float = 0.0


class Answers:
    """Which status is whose turn: counted for each job, or for each target where a body names no job.

    So it is seen how a sender tries again. CI's console is always answered 200, or it would not take the address.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._given: dict[bytes, int] = {}

    @property
    def delay(self) -> float:
        """Seconds from keeping a request to its answer."""
        return self._answer.delay

    def choose(self, request: Received, beginning: bytes) -> None:
        """Put the answer into ``request``, whose body has this ``beginning``."""
        request.status = OK if is_console_probe(beginning) else self._status(request.target, beginning)
        request.answer = b"" if request.status in WITHOUT_BODY else self._answer.body

    def _status(self, target: bytes, beginning: bytes) -> int:
        statuses = self._answer.statuses
        if len(statuses) == 1:
            return statuses[0]
        job = JOB_ID.search(beginning, 0, SCANNED_BYTES)
        key = job[1] if job else b" " + target  # no job id begins with a space
        given = self._given.get(key, 0)
        self._given[key] = given + 1
        if len(self._given) > REMEMBERED:
            del self._given[next(iter(self._given))]
        return statuses[min(given, len(statuses) - 1)]


def response(request: Received, status: int, body: bytes, *, keeps_open: bool, second: int) -> bytes:
    """The bytes of the answer to ``request``; ``second`` is the time, since 1970."""
    connection = b"" if keeps_open and request.http_version != "1.0" else b"keep-alive" if keeps_open else b"close"
    head = _head(status, len(body), connection, second)
    return head if request.method == "HEAD" else head + body


@lru_cache(maxsize=64)
def _head(status: int, length: int, connection: bytes, second: int) -> bytes:
    phrase = HTTPStatus(status).phrase.encode() if status in HTTPStatus.__members__.values() else b""
    lines = [b"HTTP/1.1 %d %b" % (status, phrase)]
    if status not in WITHOUT_BODY:
        lines.append(b"Content-Length: %d" % length)
    if length:
        lines.append(b"Content-Type: text/plain; charset=utf-8")
    if connection:
        lines.append(b"Connection: " + connection)
    return b"\r\n".join([*lines, b"Date: " + formatdate(second, usegmt=True).encode(), b"", b""])
