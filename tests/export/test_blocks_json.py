from typing import Any, get_args

import pytest
from callback_lens.blocks.model import (
    Block,
    Field,
    Fields,
    Gallery,
    Media,
    Notice,
    Picture,
    Row,
    Stream,
    Table,
    Text,
    TranscriptBlock,
)
from callback_lens.errors import Message
from callback_lens.export.blocks_json import block_json
from callback_lens.export.statistics_json import statistics_json
from callback_lens.payload.document import Document
from callback_lens.payload.findings import Severity
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.objects import CosObject
from callback_lens.payload.reader import read_documents
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.reading import read_transcript
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json

TITLE = Message("Title of {what}", {"what": "it"})
FIELD, FIELD_JSON = Field("Name", "text", "a.Name", "kbps"), {"name": "Name", "value": "text", "path": "a.Name"}
PICTURE = Picture(CosObject("b-1", "r", "k.jpg"), 0, "p")
PICTURE_JSON = {"index": 0, "key": "k.jpg", "url": "https://b-1.cos.r.myqcloud.com/k.jpg", "path": "p"}


def speech() -> Transcript:
    callback = synthetic_speech_json(SyntheticSpeech(sentences=2))
    (document,) = read_documents(Input("speech", None, callback, None), Limits())
    assert isinstance(document, Document)
    result = document.payload.first("JobsDetail.Operation.SpeechRecognitionResult")
    transcript = read_transcript(result) if result else None
    assert transcript is not None
    return transcript


SPEECH = speech()
CASES: list[tuple[Block, dict[str, Any]]] = [
    (Fields("x", TITLE, (FIELD,)), {"fields": [FIELD_JSON]}),
    (
        Table("x", TITLE, (Message("A"), Message("B"), Message("C")), (Row(("1", None, TITLE), "p"),)),
        {"columns": ["A", "B", "C"], "rows": [{"cells": ["1", None, "Title of it"], "path": "p"}]},
    ),
    (Text("x", TITLE, "one\ntwo", "p"), {"text": "one\ntwo", "path": "p"}),
    (
        Gallery("x", TITLE, (PICTURE,), 16, None, "k${Number}"),
        {"width": 16, "height": None, "template": "k${Number}", "pictures": [PICTURE_JSON]},
    ),
    (
        Media("x", TITLE, (FIELD,), (Stream("Video", "0", (FIELD,), "s"),)),
        {"format": [FIELD_JSON], "streams": [{"type": "Video", "index": "0", "path": "s", "fields": [FIELD_JSON]}]},
    ),
    (TranscriptBlock("x", TITLE, SPEECH, 5), {"statistics": statistics_json(SPEECH, 5)}),  # its words stand elsewhere
    (Notice("x", TITLE, Severity.ERROR, Message("why")), {"severity": "error", "message": "why"}),
]


@pytest.mark.parametrize(("block", "content"), CASES, ids=[block.kind for block, _ in CASES])
def test_each_kind_of_block(block: Block, content: dict[str, Any]) -> None:
    assert block_json(block, str) == {"id": "x", "kind": block.kind, "title": "Title of it"} | content


def test_no_kind_is_forgotten() -> None:
    assert {type(block) for block, _ in CASES} == set(get_args(Block))
