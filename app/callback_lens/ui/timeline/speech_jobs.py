"""The speech jobs of a payload: what there is a timeline of."""

from collections.abc import Sequence
from typing import NamedTuple

from callback_lens.payload.findings import Finding
from callback_lens.payload.jobs import Job
from callback_lens.tags import Summary
from callback_lens.transcript.columns import Transcript


class SpeechJob(NamedTuple):
    """A transcript, the job that it was made by (None where that is not known), and what was found in it."""

    transcript: Transcript
    job: Job | None = None
    findings: Sequence[Finding] = ()


def speech_jobs(summary: Summary) -> list[SpeechJob]:
    """All jobs that have a transcript with sentences, in the order of the payload."""
    pairs = zip(summary.envelope.jobs, summary.views, strict=True)
    return [
        SpeechJob(view.transcript, job, view.findings)
        for job, view in pairs
        if view.transcript is not None and view.transcript.sentences.text
    ]


def speech_job_of(summary: Summary | None, transcript: Transcript) -> SpeechJob:
    """The one that ``transcript`` is of."""
    found = speech_jobs(summary) if summary is not None else []
    return next((speech for speech in found if speech.transcript is transcript), SpeechJob(transcript))
