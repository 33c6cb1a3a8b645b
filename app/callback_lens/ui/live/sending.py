"""Captures sent again, and samples sent as CI would."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message, UserError
from callback_lens.payload.findings import Severity
from callback_lens.payload.masking import masked_target
from callback_lens.ui.background import Job
from callback_lens.ui.live.errand import Errand
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.listener.posting import Reply
    from callback_lens.ui.live.capture_store import CaptureStore

SENDING = Message("Sending {number} of {count}…")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of sending ``count`` captures again; ``fault`` is why the rest was not sent."""

    url: str
    count: int
    replies: "Sequence[Reply]"
    fault: UserError | None


class Sending(Errand):
    """Sends in the background; results come to the message bar, and those of captures to their rows.

    ``failed`` says, too, that a sample was sent but not taken.
    """

    def __init__(self, session: Session, captures: "CaptureStore", parent: QObject | None = None) -> None:
        super().__init__(
            session,
            SENDING,
            Message("Sending was stopped; the Request tab of each capture says whether it was sent"),
            parent,
        )
        self._folder = captures.folder

    def ask_to_replay(self, ids: Sequence[int], parent: QWidget) -> None:
        """Ask where to send captures again, then do it."""
        from callback_lens.ui.live.replay_dialog import ReplayDialog

        dialog = ReplayDialog(self.session, self._folder, len(ids), parent)
        dialog.chosen.connect(lambda url: self.replay(ids, url))
        dialog.open()

    def replay(self, ids: Sequence[int], url: str) -> None:
        """Send captures again in the order they arrived; at the first that is not answered it ends."""
        folder, in_order = self._folder, sorted(ids)
        self.start(lambda job: _replay(in_order, url, folder, job), self._tell_replayed, len(ids))

    def send_sample(self, name: str, url: str) -> None:
        """Post the shipped sample called ``name`` as CI would."""
        self.start(lambda job: _send_sample(name, url, job), lambda reply: self._tell_sent(url, reply), 1)

    def _tell_replayed(self, replayed: Replayed) -> None:
        replies, tell = replayed.replies, self.session.messages.tell
        values = {
            "sent": len(replies),
            "count": replayed.count,
            "url": masked_target(replayed.url),
            "statuses": _statuses(replies),
        }
        if replayed.fault is not None:
            reason = {**values, "reason": replayed.fault.message, "name": replayed.fault.source or ""}
            if replayed.fault.source:
                tell(Message("{sent} of {count} sent; {name}: {reason}", reason), Severity.ERROR)
            else:
                tell(Message("{sent} of {count} sent; {reason}", reason), Severity.ERROR, replayed.fault.hint)
        else:
            is_taken = all(reply.is_success for reply in replies)
            message = Message("{sent} of {count} sent to {url}: {statuses}", values)
            tell(message, Severity.INFO if is_taken else Severity.WARNING)

    def _tell_sent(self, url: str, reply: "Reply") -> None:
        values = {"url": masked_target(url), "status": reply.status, "milliseconds": f"{reply.milliseconds:.1f}"}
        message = Message("sent to {url}: answered {status} after {milliseconds} ms", values)
        self.session.messages.tell(message, Severity.INFO if reply.is_success else Severity.WARNING)
        if not reply.is_success:
            self.failed.emit()


def _statuses(replies: "Sequence[Reply]") -> str:
    counts = Counter(reply.status for reply in replies)
    return ", ".join(f"{count} × {status}" for status, count in sorted(counts.items()))


def _replay(ids: Sequence[int], url: str, folder: Path, job: Job) -> Replayed:
    """With a store of its own: a receiver that takes its time is not to keep the list waiting."""
    from callback_lens.capture.sending_again import check_target, send_again
    from callback_lens.store.opening import open_store
    from callback_lens.ui.live.watched import run_watched

    check_target(url, folder)
    replies: list[Reply] = []
    fault = None

    def take(_: int, reply: "Reply") -> None:
        replies.append(reply)
        job.report(len(replies) / len(ids))

    with open_store(folder) as store:
        try:
            run_watched(send_again(ids, url, store, take), job.check)
        except UserError as error:
            fault = error
    return Replayed(url, len(ids), replies, fault)


def _send_sample(name: str, url: str, job: Job) -> "Reply":
    from callback_lens.listener.posting import ci_request, posting
    from callback_lens.resources import sample_path
    from callback_lens.ui.live.watched import run_watched

    async def send() -> "Reply":
        async with posting(url) as post:
            return await post(ci_request(sample_path(name).read_bytes()))

    return run_watched(send(), job.check)
