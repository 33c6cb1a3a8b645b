"""SpeechRecognition: what was said, by whom, and when."""

from callback_lens.blocks.fields import fields_below
from callback_lens.blocks.model import Block, Fields, Text, TranscriptBlock, View
from callback_lens.blocks.outputs import read_outputs
from callback_lens.errors import Message
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node

TAG = "SpeechRecognition"
RESULT = "Operation.SpeechRecognitionResult"
RESULT_FIELDS = ("AudioTime", "ObjectName", "DetailObjectName")


def view(job: Job) -> View:
    """The result files, the length of the audio, and the transcript with what does not add up in it."""
    outputs = read_outputs(job)
    result = job.node.first(RESULT)
    if result is None:
        return View(outputs)
    # Needs numpy, which the command must not load for jobs that have no words.
    from callback_lens.transcript.checks import check_transcript
    from callback_lens.transcript.reading import read_transcript

    transcript = read_transcript(result)
    blocks = list(_result_blocks(result))
    covered = tuple(f"{RESULT}.{name}" for name in (*RESULT_FIELDS, "Result", "ResultDetail", "FlashResult"))
    if transcript is None:
        return View(outputs, blocks=tuple(blocks), covered=covered)
    blocks.append(TranscriptBlock("transcript", Message("Transcript"), transcript))
    return View(
        outputs,
        blocks=tuple(blocks),
        findings=tuple(check_transcript(transcript)),
        transcript=transcript,
        covered=covered,
    )


def _result_blocks(result: Node) -> list[Block]:
    fields = tuple(field for name in RESULT_FIELDS for node in result.all(name) for field in fields_below(node))
    blocks: list[Block] = [Fields("result", Message("Result"), fields)] if fields else []
    lines = [node for node in result.all("Result") if node.text is not None]
    if lines:
        text = "\n".join(node.text or "" for node in lines)
        blocks.append(Text("result-text", Message("Recognised text"), text, lines[0].path))
    return blocks
