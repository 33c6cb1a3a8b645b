import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.blocks.model import Fields, Text, TranscriptBlock, View
from callback_lens.payload.jobs import Job
from callback_lens.tags import view_job

MakeJob = Callable[..., Job]
PLACE = {"Bucket": "lens-1250000000", "Region": "ap-guangzhou", "Object": "talk.txt"}
FILES = {"AudioTime": "2.5", "ObjectName": "/talk.txt", "DetailObjectName": "/talk.txt.detail"}
LINES = "[0:0.100,0:1.000,0]  Good morning.\n[0:1.200,0:2.400,1]  你好。"
WORDS = [
    {"Word": "你好", "OffsetStartMs": "0", "OffsetEndMs": "200", "VoiceType": "0"},
    {"Word": "。", "OffsetStartMs": "0", "OffsetEndMs": "200", "VoiceType": "1"},
]
DETAILS = [
    {
        "FinalSentence": "Good morning.",
        "SliceSentence": "Good morning .",
        "StartMs": "100",
        "EndMs": "1000",
        "SpeakerId": "0",
        "SpeechSpeed": "2.5",
        "WordsNum": "3",
        "Words": [
            {"Word": "Good", "OffsetStartMs": "0", "OffsetEndMs": "400", "VoiceType": "0"},
            {"Word": "morning", "OffsetStartMs": "400", "OffsetEndMs": "880", "VoiceType": "0"},
            {"Word": ".", "OffsetStartMs": "400", "OffsetEndMs": "880", "VoiceType": "1"},
        ],
    },
    {
        "FinalSentence": "你好。",
        "SliceSentence": "你好 。",
        "StartMs": "1200",
        "EndMs": "2400",
        "SpeakerId": "1",
        "WordsNum": "2",
        "Words": WORDS,
    },
]


def speech_view(job: MakeJob, result: Any, **operation: Any) -> View:
    nodes = {"Output": PLACE, "SpeechRecognitionResult": result} | operation
    return view_job(job(Tag="SpeechRecognition", State="Success", Operation=nodes))


def block_ids(view: View) -> list[str]:
    return [block.id for block in view.blocks]


def codes(view: View) -> list[str]:
    return [finding.code for finding in view.findings]


def test_sentences_and_words(job: MakeJob) -> None:
    view = speech_view(job, FILES | {"Result": LINES, "ResultDetail": DETAILS})
    assert view.transcript is not None
    assert view.transcript.sentences.text == ["Good morning.", "你好。"]
    assert view.transcript.words.start.tolist() == [100, 500, 500, 1200, 1200]
    assert view.transcript.audio_ms == 2500
    assert codes(view) == []
    assert block_ids(view) == ["result", "transcript", "outputs", "job"]


def test_result_files(job: MakeJob) -> None:
    view = speech_view(job, FILES | {"ResultDetail": DETAILS})
    assert [(output.role, output.object.key, output.requested, output.produced) for output in view.outputs] == [
        ("output", "/talk.txt", True, True),
        ("detail", "/talk.txt.detail", False, True),
    ]
    fields = next(block for block in view.blocks if isinstance(block, Fields))
    assert [(field.name, field.text) for field in fields.fields] == list(FILES.items())


def test_the_lines_are_shown_where_they_say_something_else(job: MakeJob) -> None:
    lines = LINES.replace("Good", "Bad")
    view = speech_view(job, FILES | {"Result": lines, "ResultDetail": DETAILS})
    assert "result-mismatch" in codes(view)
    (text,) = (block for block in view.blocks if isinstance(block, Text))
    assert text.text == lines
    assert text.path == "JobsDetail[0].Operation.SpeechRecognitionResult.Result"


def test_the_lines_are_shown_where_a_sentence_has_no_text(job: MakeJob) -> None:
    details = [DETAILS[0], {name: value for name, value in DETAILS[1].items() if name != "FinalSentence"}]
    view = speech_view(job, FILES | {"Result": LINES.split("\n"), "ResultDetail": details})
    (text,) = (block for block in view.blocks if isinstance(block, Text))
    assert text.text == LINES
    assert text.path == "JobsDetail[0].Operation.SpeechRecognitionResult.Result[0]"


def test_lines_alone(job: MakeJob) -> None:
    view = speech_view(job, {"AudioTime": "2.5", "Result": LINES.split("\n")})
    assert view.transcript is not None
    assert view.transcript.sentences.text == ["Good morning.", "你好。"]
    assert view.transcript.sentences.speaker == ["0", "1"]
    assert block_ids(view)[:2] == ["result", "transcript"]


def test_a_text_that_no_times_stand_before(job: MakeJob) -> None:
    view = speech_view(job, {"Result": "Good morning."})
    assert view.transcript is not None
    assert view.transcript.sentences.text == ["Good morning."]
    assert block_ids(view)[0] == "transcript"


def test_flash(job: MakeJob) -> None:
    words = [{"word": "你好", "start_time": "1200", "end_time": "2000"}]
    sentences = [{"text": "你好", "start_time": "1200", "end_time": "2400", "speaker_id": "3", "word_list": words}]
    view = speech_view(job, {"FlashResult": {"channel_id": "0", "text": "你好", "sentence_list": sentences}})
    assert view.transcript is not None
    assert (view.transcript.sentences.speaker, view.transcript.words.text) == (["3"], ["你好"])
    assert block_ids(view) == ["transcript", "outputs", "job"]


def test_what_does_not_add_up_is_found(job: MakeJob) -> None:
    wrong = DETAILS[0] | {"WordsNum": "7"}
    view = speech_view(job, FILES | {"ResultDetail": [wrong, DETAILS[1]]})
    assert codes(view) == ["words-num-mismatch"]


def test_nodes_that_nobody_documents_are_shown(job: MakeJob) -> None:
    detail = DETAILS[1] | {"EmotionType": "calm", "SilenceTime": "120"}
    view = speech_view(job, FILES | {"ResultDetail": [DETAILS[0], detail], "Dialect": "Hakka"})
    fields = {block.id: block.fields for block in view.blocks if isinstance(block, Fields)}
    assert [(field.name, field.text) for field in fields["sentences-rest"]] == [
        ("ResultDetail[1].EmotionType", "calm"),
        ("ResultDetail[1].SilenceTime", "120"),
    ]
    dialect = ("Operation.SpeechRecognitionResult.Dialect", "Hakka")
    assert [(field.name, field.text) for field in fields["rest"]] == [dialect]


def test_nodes_that_nobody_documents_in_flash(job: MakeJob) -> None:
    sentence = {"text": "hi", "start_time": "0", "end_time": "9", "emotion": {"type": "calm"}}
    view = speech_view(job, {"FlashResult": {"channel_id": "0", "gain": "2", "sentence_list": [sentence]}})
    (more,) = (block for block in view.blocks if block.id == "sentences-rest")
    assert isinstance(more, Fields)
    assert [(field.name, field.text) for field in more.fields] == [
        ("FlashResult[0].gain", "2"),
        ("FlashResult[0].sentence_list[0].emotion.type", "calm"),
    ]


def test_settings(job: MakeJob) -> None:
    view = speech_view(job, FILES, SpeechRecognition={"EngineModelType": "16k_zh", "ChannelNum": "1"})
    assert view.settings == {"EngineModelType": "16k_zh", "ChannelNum": "1"}
    assert view.transcript is not None
    assert view.transcript.sentences.text == []


@pytest.mark.parametrize("result", [None, {"ObjectName": "/talk.txt"}])
def test_a_job_without_words(job: MakeJob, result: Any) -> None:
    view = speech_view(job, result)
    assert view.transcript is None
    assert not any(isinstance(block, TranscriptBlock) for block in view.blocks)
    assert view.outputs[0].produced == bool(result)


def test_a_failed_job(job: MakeJob) -> None:
    view = view_job(job(Tag="SpeechRecognition", State="Failed", Operation={"Output": PLACE}))
    assert codes(view) == ["job-failed"]
    assert view.transcript is None


def test_a_job_without_result_does_not_pay_for_numpy() -> None:
    program = """
import sys
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.tags import summarize
payload = b'{"JobsDetail": {"Tag": "SpeechRecognition", "State": "Failed", "Operation": {"JobLevel": "0"}}}'
(document,) = read_documents(Input("a", None, payload, None), Limits())
assert summarize(document).envelope.jobs[0].tag == "SpeechRecognition"
print("numpy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
