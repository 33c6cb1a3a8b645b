"""What a body says, as far as a list of captures needs it."""

import hashlib
import logging
from typing import NamedTuple

from callback_lens.errors import UserError
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import Envelope, read_envelope
from callback_lens.payload.inputs import Input
from callback_lens.payload.jobs import Job
from callback_lens.payload.limits import MIB, Limits
from callback_lens.payload.reader import read_documents
from callback_lens.payload.times import Timestamp
from callback_lens.store.model import Facts
from callback_lens.store.reading import decoded_body
from callback_lens.store.text import body_text

# One document is enough for a line in a list, and no callback is as large as this.
LIMITS = Limits(document_bytes=64 * MIB, unpacked_bytes=64 * MIB, documents=1, nodes=2_000_000)
DIGEST_BYTES = 16


class Understanding(NamedTuple):
    """What is derived of a body: ``facts`` without deliveries, the ``text`` to search, and a ``digest`` of that."""

    facts: Facts
    text: str
    digest: bytes


def understand(capture_id: int, headers: bytes, body: bytes) -> Understanding:
    """What a capture's body says. Nothing in a body makes it raise: a fault of ours goes to the log."""
    content, facts, text = body, Facts(), ""
    try:
        content = decoded_body(headers, body, LIMITS)
        text = body_text(content)
        facts = _facts(content)
    except UserError:
        pass  # damaged gzip data: nobody can read them
    except Exception:
        logging.getLogger(__name__).exception("Capture %d could not be indexed", capture_id)
    return Understanding(facts, text, hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest())


def _facts(content: bytes) -> Facts:
    documents = read_documents(Input("", None, content, None), LIMITS) if content else []
    document = next((found for found in documents if isinstance(found, Document)), None)
    if document is None:
        return Facts()
    envelope = read_envelope(document.payload)
    return _job_facts(envelope, envelope.jobs[0]) if envelope.jobs else _run_facts(envelope)


def _job_facts(envelope: Envelope, job: Job) -> Facts:
    given = job.input
    return Facts(
        family=envelope.family,
        event=envelope.event,
        tag=job.tag,
        state=job.state,
        job_id=job.job_id,
        object=(given.object.key or given.url) if given else None,
        started=_iso(job.started),
        ended=_iso(job.ended),
        is_understood=True,
    )


def _run_facts(envelope: Envelope) -> Facts:
    run = envelope.workflow_run
    return Facts(
        family=envelope.family,
        event=envelope.event,
        state=run.state if run else None,
        job_id=run.run_id if run else None,
        object=run.object.key if run else None,
        is_understood=True,
    )


def _iso(time: Timestamp | None) -> str | None:
    return time.iso if time else None
