"""Findings about many places, bounded."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding
from callback_lens.transcript.columns import Transcript

LISTED = 20


def findings_at(transcript: Transcript, places: Sequence[int], finding_at: Callable[[int], Finding]) -> list[Finding]:
    """A finding for each of the first ``LISTED`` places; where there are more, one about the total follows."""
    findings = [finding_at(place) for place in places[:LISTED]]
    if len(places) > LISTED:
        total = Message(
            "{total} findings like this, of which {listed} are listed", {"total": len(places), "listed": LISTED}
        )
        findings.append(replace(findings[0], message=total, path=transcript.node.path, expected=None, found=None))
    return findings
