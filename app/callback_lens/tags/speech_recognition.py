"""SpeechRecognition: what was said, by whom, and when."""

from collections.abc import Iterator

from callback_lens.blocks.fields import fields_below, named_below
from callback_lens.blocks.model import Block, Field, Fields, Text, TranscriptBlock, View
from callback_lens.blocks.outputs import read_outputs
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node
from callback_lens.transcript import TOLERANCE_MS
from callback_lens.transcript.columns import Transcript

TAG = "SpeechRecognition"
RESULT = "Operation.SpeechRecognitionResult"
RESULT_FIELDS = ("AudioTime", "ObjectName", "DetailObjectName")
COVERED = tuple(f"{RESULT}.{name}" for name in (*RESULT_FIELDS, "Result", "ResultDetail", "FlashResult"))
SENTENCE_NODES = frozenset(
    ("FinalSentence", "SliceSentence", "StartMs", "EndMs", "WordsNum", "SpeechSpeed", "SpeakerId", "Words")
)
FLASH_NODES = frozenset(("text", "start_time", "end_time", "speaker_id", "word_list"))


def view(job: Job, tolerance_ms: int = TOLERANCE_MS) -> View:
    """The result files, the length of the audio, and the transcript with what does not add up in it.

    Its times may differ by ``tolerance_ms`` before they contradict each other.
    """
    outputs = read_outputs(job)
    result = job.node.first(RESULT)
    if result is None:
        return View(outputs)
    # Needs numpy, which the command must not load for jobs that have no words.
    from callback_lens.transcript.checks import check_transcript
    from callback_lens.transcript.reading import read_transcript

    transcript = read_transcript(result)
    findings = tuple(check_transcript(transcript, tolerance_ms)) if transcript else ()
    blocks: list[Block | None] = [
        _fields_block(result),
        TranscriptBlock("transcript", Message("Transcript"), transcript, job.run_ms) if transcript else None,
        _text_block(result, transcript, findings),
        _more_block(result),
    ]
    shown = tuple(block for block in blocks if block is not None)
    return View(outputs, blocks=shown, findings=findings, transcript=transcript, covered=COVERED)


def _fields_block(result: Node) -> Fields | None:
    fields = tuple(field for name in RESULT_FIELDS for node in result.all(name) for field in fields_below(node))
    return Fields("result", Message("Result"), fields) if fields else None


def _text_block(result: Node, transcript: Transcript | None, findings: tuple[Finding, ...]) -> Text | None:
    """The lines of Result, where the transcript does not say the same."""
    is_complete = transcript is not None and all(transcript.sentences.text)
    lines = [node for node in result.all("Result") if node.text]
    if not lines or (is_complete and not any(finding.code == "result-mismatch" for finding in findings)):
        return None
    text = "\n".join(node.text or "" for node in lines)
    return Text("result-text", Message("Recognised text"), text, lines[0].path)


def _more_block(result: Node) -> Fields | None:
    """What the speech recognition behind CI may say of sentences: nobody documents it for callbacks."""
    fields = tuple(named_below(result, _unknown_fields(result)))
    return Fields("sentences-rest", Message("More about the sentences"), fields) if fields else None


def _unknown_fields(result: Node) -> Iterator[Field]:
    yield from _unknown_below(result, "ResultDetail", SENTENCE_NODES)
    for channel in result.named("FlashResult"):
        yield from fields_below(channel, ("channel_id", "text", "sentence_list"))
        yield from _unknown_below(channel, "sentence_list", FLASH_NODES)


def _unknown_below(above: Node, name: str, known: frozenset[str]) -> Iterator[Field]:
    if above.record_names(name) - known:  # a node for each sentence only where needed
        for sentence in above.named(name):
            yield from fields_below(sentence, known)
