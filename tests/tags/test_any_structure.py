"""Known nodes in any place with any value: nothing a payload says makes the reading of it fail."""

import json
from typing import Any
from unicodedata import category

import xmltodict
from callback_lens.export.language import Language
from callback_lens.export.summary_json import summary_json
from callback_lens.export.summary_text import summary_text
from callback_lens.i18n import LANGUAGES
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import Family
from callback_lens.payload.field_notes import load_field_notes
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.resources import resource
from callback_lens.tags import DOCUMENTED_TAGS, Summary, summarize
from hypothesis import given
from hypothesis import strategies as st

FIELD_NOTES = resource("fields")
NAMES = sorted(
    {name for file in FIELD_NOTES.iterdir() for key in json.loads(file.read_bytes()) for name in key.split(".")}
)
CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
TAGS = ("SmartCover", "SpeechRecognition", "StreamExtract", *sorted(DOCUMENTED_TAGS), "Nonsense")
NUMBERS = ["0", "1", "-1", "2", "7", "1.5", "1e308", "-1e308", "9e-320", "1e400", "NaN", "50/1", "1/0", "9" * 308]
TIMES = ["-", "2022-06-30T19:27:39+0800", "9999-12-31T23:59:59-2359", "0001-01-01T00:00:00+2359"]
KEYS = ["${Number}", "a-${Number}.jpg", "a-0.jpg", "/a-0.jpg", "${${}}", "a-"]
LINES = ["[0:3.320,0:19.712]  x\n\ny", "[0:0.000,0:1.000,0]", "[9:9.999"]
TEXTS = [
    *NUMBERS,
    *TIMES,
    *KEYS,
    *LINES,
    "Success",
    "Failed",
    "ReviewImage",
    "9" * 400,
    "x" * 300,
    "\u202e",
    "\u3000",
    "好",
]
scalars = st.sampled_from(TEXTS) | st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)
written = scalars | st.none()
json_scalars = written | st.integers() | st.booleans() | st.floats(allow_nan=False)


def nodes(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Scalars, objects of known names and lists of objects, a few levels deep."""
    return st.recursive(
        leaves,
        lambda below: st.dictionaries(st.sampled_from(NAMES), below | st.lists(below, max_size=4), max_size=6),
        max_leaves=30,
    )


def documented(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What the three Tags read, each node with a shape it may have or any other."""
    any_node = nodes(leaves)

    def objects(**fields: Any) -> st.SearchStrategy[Any]:
        return st.fixed_dictionaries({}, optional={name: field | any_node for name, field in fields.items()})

    def several(node: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return node | st.lists(node, max_size=4)

    words = several(objects(Word=leaves, OffsetStartMs=leaves, OffsetEndMs=leaves, VoiceType=leaves))
    times = {"StartMs": leaves, "EndMs": leaves, "SpeakerId": leaves, "SpeechSpeed": leaves, "WordsNum": leaves}
    detail = objects(FinalSentence=leaves, SliceSentence=leaves, Words=words, **times)
    flash_words = several(objects(word=leaves, start_time=leaves, end_time=leaves))
    flash = objects(text=leaves, start_time=leaves, end_time=leaves, speaker_id=leaves, word_list=flash_words)
    channel = objects(channel_id=leaves, text=leaves, sentence_list=several(flash))
    speech = objects(
        AudioTime=leaves, Result=several(leaves), ResultDetail=several(detail), FlashResult=several(channel)
    )
    sums = several(objects(ObjectName=leaves, Md5=leaves))
    files = objects(Bucket=leaves, Region=leaves, ObjectPrefix=leaves, ObjectName=several(leaves), Md5Info=sums)
    streams = several(objects(Index=leaves, Output=leaves, Object=leaves))
    wanted = objects(Bucket=leaves, Region=leaves, Object=leaves, SpriteObject=leaves, StreamExtract=streams)
    container = objects(Bitrate=leaves, Duration=leaves, Size=leaves, NumStream=leaves)
    stream = several(objects(Index=leaves, Bitrate=leaves, Fps=leaves, Width=leaves, Height=leaves, Duration=leaves))
    operation = objects(
        Output=wanted,
        MediaResult=objects(OutputFile=several(files)),
        MediaInfo=objects(Format=container, Stream=objects(Video=stream, Audio=stream)),
        SmartCover=objects(Count=leaves, Width=leaves, Height=leaves),
        SpeechRecognitionResult=speech,
    )
    job_times = {"CreationTime": leaves, "StartTime": leaves, "EndTime": leaves}
    state = st.sampled_from(["Success", "Failed"])
    return objects(Tag=st.sampled_from(TAGS), State=state, Operation=operation, Input=any_node, **job_times)


def payloads(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Anything under the names that tell the families apart."""
    job = documented(leaves) | nodes(leaves)
    events = st.sampled_from(["TaskFinish", "WorkflowFinish", "ReviewImage", "ReviewText"]) | leaves
    roots = {"EventName": events, "JobsDetail": job | st.lists(job, max_size=3), "WorkflowExecution": nodes(leaves)}
    simple = {"code": leaves, "message": leaves, "data": nodes(leaves), "RequestId": leaves}
    return st.fixed_dictionaries({}, optional=roots) | st.fixed_dictionaries({}, optional=roots | simple)


def summarised(text: str) -> Summary | None:
    """The summary of what the text holds; texts that cannot be read are another test's."""
    (result,) = read_documents(Input("any", None, text.encode(), None), Limits())
    return summarize(result) if isinstance(result, Document) else None


def assert_sound(summary: Summary | None) -> None:
    if summary is None:
        return
    assert len(summary.views) == len(summary.envelope.jobs)
    assert isinstance(summary.envelope.family, Family)
    findings = [finding for view in summary.views for finding in view.findings]
    failed = [str(finding.message) for finding in findings if finding.code == "tag-module-failed"]
    assert failed == []
    assert json.loads(json.dumps(summary_json(summary, str), allow_nan=False))
    for language in LANGUAGES:
        text = "".join(summary_text(summary, LANGUAGE[language]))
        assert not CONTROL.intersection(map(category, text))


PIECES = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "{",
    "}",
    '"JobsDetail"',
    '"Operation"',
    '"Tag"',
    '"a b"',
    '""',
    "1",
    "NaN",
    "null",
)
LANGUAGE = {name: Language(name, str, load_field_notes(FIELD_NOTES)) for name in LANGUAGES}


@given(payloads(json_scalars))
def test_json(payload: Any) -> None:
    assert_sound(summarised(json.dumps(payload)))


@given(payloads(written))
def test_xml(payload: Any) -> None:
    assert_sound(summarised(xmltodict.unparse({"Response": payload})))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_json_with_odd_keys(text: str) -> None:
    for result in read_documents(Input("any", None, text.encode(), None), Limits()):
        assert_sound(summarize(result) if isinstance(result, Document) else None)
