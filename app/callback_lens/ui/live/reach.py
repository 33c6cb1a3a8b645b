"""Whether callbacks sent to a public address arrive here: one is sent there, and looked for among the captures."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from callback_lens.errors import Message, UserError
from callback_lens.payload.findings import Severity

if TYPE_CHECKING:
    from callback_lens.listener.posting import Reply
    from callback_lens.store.filters.model import Term
    from callback_lens.store.model import Capture

PATIENCE = 15.0  # seconds: tunnels that were just opened take their time
MARK = "callback-lens-check"
# What CI's console sends to an address before it accepts it (Tencent's documentation): always answered 200.
PROBE = b'{"code": 0, "message": "Test request when setting callback url", "data": {"trace_id": "test_trace_id"}}'
# Where a tunnel's program has to run, and how it is told where the listener is.
TUNNELS = (
    ("Cloudflare", "cloudflared tunnel --url http://{endpoint}"),
    ("ngrok", "ngrok http {endpoint}"),
    ("frp", "frpc tcp -n callbacks -s frp.example.com -P 7000 -l {port} -r {port}"),
    ("ssh", "ssh -N -R 0.0.0.0:{port}:{endpoint} user@server.example.com"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check: INFO where the callback arrived as it should."""

    message: Message
    severity: Severity
    hint: Message | None = None


def check_reach(url: str, note: str, folder: Path, check: Callable[[], None]) -> Verdict:
    """Send a callback to ``url``, as CI's console does, and look for it among the captures in ``folder``.

    It stays there, with ``note``: what a tunnel makes of a request is worth a look. ``check`` is called now and then,
    and may raise. Raises UserError where ``url`` is none to send to, or where the captures cannot be read.
    """
    from callback_lens.listener.posting import checked_url
    from callback_lens.store.index import open_index
    from callback_lens.store.opening import open_store

    checked_url(url)
    mark = token_hex(8)
    marked = f"{url}{'&' if '?' in url else '?'}{MARK}={mark}"
    with open_store(folder) as store, open_index(folder) as index:
        newest = index.page(limit=1)
        answer = _post(marked, check)
        found = index.page(_has(mark), after=newest[0].id if newest else 0, limit=1)
        store.annotate([capture.id for capture in found], note)
    return _verdict(found[0] if found else None, answer)


def _has(mark: str) -> "Term":
    from callback_lens.store.filters.model import Key, Term

    return Term(Key.PATH, mark)


def _post(url: str, check: Callable[[], None]) -> "Reply | UserError":
    from callback_lens.listener.posting import ci_request, posting
    from callback_lens.ui.live.watched import run_watched

    async def post_once() -> "Reply":
        async with posting(url, PATIENCE) as post:
            return await post(ci_request(PROBE))

    try:
        return run_watched(post_once(), check)
    except UserError as error:
        return error


def _verdict(found: "Capture | None", answer: "Reply | UserError") -> Verdict:
    if isinstance(answer, UserError):
        if found is None:
            return Verdict(answer.message, Severity.ERROR, answer.hint)
        reason = {"reason": answer.message}
        return Verdict(Message("It arrived, but the answer did not come back: {reason}", reason), Severity.WARNING)
    if found is None:
        message = Message("Somebody else answered {status}: nothing arrived here", {"status": answer.status})
        return Verdict(message, Severity.ERROR, Message("does the tunnel lead to the port of this listener?"))
    if found.refused is not None:
        message = Message("It arrived, but was refused: {reason}", {"reason": found.refused})
        return Verdict(message, Severity.ERROR, Message("does the address have the token of this listener?"))
    values = {"milliseconds": f"{answer.milliseconds:.0f}", "status": answer.status}
    return Verdict(Message("It arrived, and was answered {status} after {milliseconds} ms", values), Severity.INFO)
