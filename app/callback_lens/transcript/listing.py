"""Findings about many places, bounded."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding
from callback_lens.payload.nodes import Node

LISTED = 20


def findings_at(
    result: Node,
    places: Sequence[int],
    nodes_at: Callable[[Sequence[int]], Sequence[Node]],
    finding_at: Callable[[int, Node], Finding],
) -> list[Finding]:
    """A finding for each of the first ``LISTED`` places; where there are more, one about the total follows.

    ``nodes_at`` gives the nodes at some places, ``finding_at`` the finding about a place and its node; the total is
    about ``result``.
    """
    listed = places[:LISTED]
    findings = list(map(finding_at, listed, nodes_at(listed)))
    if len(places) > LISTED:
        values = {"total": len(places), "listed": LISTED}
        message = Message("{total} findings like this, of which {listed} are listed", values)
        findings.append(replace(findings[0], message=message, path=result.path, expected=None, found=None))
    return findings
