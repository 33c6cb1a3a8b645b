import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.blocks.model import Notice
from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.export.summary_text import FAMILIES, block_lines, summary_text
from callback_lens.i18n import words_in
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import Family
from callback_lens.payload.field_notes import load_field_notes
from callback_lens.payload.findings import Severity
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.resources import resource
from callback_lens.tags import summarize

MakeDocument = Callable[[Any], Document]
NOTES = load_field_notes(resource("fields"))
ENGLISH = Language("en", str, NOTES)
CHINESE = Language("zh", words_in("zh", resource("i18n")), NOTES)
PLACE = {"Bucket": "lens-1250000000", "Region": "ap-guangzhou"}


def sections(document: Document, language: Language = ENGLISH) -> dict[str, list[str]]:
    """The text by titles of blocks; what stands before the first block is under ""."""
    found: dict[str, list[str]] = {"": []}
    title = ""
    lines = list(summary_text(summarize(document), language))
    for before, line in zip(["x", *lines], lines, strict=False):
        if not before and " · " not in line:
            title = line
            found[title] = []
        elif line:
            found[title if line.startswith("  ") else ""].append(line)
    return found


def job_text(document: MakeDocument, language: Language = ENGLISH, **nodes: Any) -> dict[str, list[str]]:
    return sections(document({"EventName": "TaskFinish", "JobsDetail": {"JobId": "j1"} | nodes}), language)


def read(content: str, file: str = "a.json", member: str | None = None) -> Document:
    (document,) = read_documents(Input(file, member, content.encode(), None), Limits())
    assert isinstance(document, Document)
    return document


def test_the_head(document: MakeDocument) -> None:
    times = {"CreationTime": "2025-04-18T09:00:00+0800", "StartTime": "2025-04-18T09:00:02+0800"}
    nodes = {"Tag": "Concat", "State": "Success", "EndTime": "2025-04-18T09:03:02+0800"} | times
    job = document({"EventName": "TaskFinish", "JobsDetail": {"JobId": "j1"} | nodes})
    head, empty, title, *_ = summary_text(summarize(job), ENGLISH)
    assert head == f"payload · job callback · TaskFinish · {job.source.format.upper()}, utf-8"
    assert empty == ""
    assert title == "Concat · Success · j1 · queued 2 s · ran 3:00.000"


def test_a_member_and_one_of_several() -> None:
    documents = read_documents(Input("s.zip", "a\x1b.jsonl", b'{"a": "1"}\n{"b": "2"}', None), Limits())
    heads = [next(iter(summary_text(summarize(each), ENGLISH))) for each in documents if isinstance(each, Document)]
    assert heads == [
        r"s.zip!a\x1b.jsonl · not a CI callback · JSON, utf-8",
        r"s.zip!a\x1b.jsonl [1] · not a CI callback · JSON, utf-8",
    ]


def test_a_job_that_says_nothing_of_itself(document: MakeDocument) -> None:
    job = document({"EventName": "TaskFinish", "JobsDetail": {"Progress": "50"}})
    assert list(summary_text(summarize(job), ENGLISH))[2] == "JobsDetail[0]"


def test_every_family_has_a_name() -> None:
    assert FAMILIES.keys() == set(Family)


@pytest.mark.parametrize(("result", "verdict"), [(0, "normal"), (1, "violating"), (2, "suspected"), (9, None)])
@pytest.mark.parametrize("name", ["Result", "Suggestion"])
def test_a_verdict_is_said_in_words(name: str, result: int, verdict: str | None) -> None:
    review = {"EventName": "ReviewImage", "JobsDetail": {"JobId": "s1", "State": "Success", name: result}}
    title = sections(read(json.dumps(review)))[""][1]
    assert title == " · ".join(filter(None, ["ReviewImage", "Success", verdict, "s1"]))


def test_findings_come_first_and_say_where(document: MakeDocument) -> None:
    streams = [{"Index": "0", "Output": "a"}, {"Index": "1", "Output": "b"}]
    operation = {"Output": {"StreamExtract": streams}, "MediaResult": {"OutputFile": {"ObjectName": "a"}}}
    nodes = {"Tag": "StreamExtract", "State": "Success", "Operation": operation}
    assert job_text(document, **nodes)[""][2:] == [
        "  warning: b was asked for, but is not among the files written [output-missing]",
        "    JobsDetail[0].Operation.Output.StreamExtract[1]",
    ]
    assert job_text(document, CHINESE, **nodes)[""][2].endswith("[output-missing]")
    assert "警告" in job_text(document, CHINESE, **nodes)[""][2]


def test_fields_in_english_and_chinese(document: MakeDocument) -> None:
    nodes = {"Tag": "Concat", "State": "Success", "Operation": {"UserData": "mine"}}
    assert job_text(document, **nodes)["Job"] == [
        "  JobId     j1",
        "  Tag       Concat",
        "  State     Success",
        "  UserData  mine",
    ]
    assert job_text(document, CHINESE, **nodes)["任务"] == [
        "  JobId     任务 ID       j1",
        "  Tag       任务类型      Concat",
        "  State     任务状态      Success",
        "  UserData  透传用户信息  mine",
    ]


def test_headers_are_no_nodes_with_a_term(document: MakeDocument) -> None:
    headers = [{"Key": "Size", "Value": "68294731"}, {"Key": "x-cos-meta-scene", "Value": "harbour"}]
    assert job_text(document, CHINESE, Input={"Object": "a.mp4", "CosHeaders": headers})["输入"] == [
        "  Object            源对象键  a.mp4",
        "  Size                        68294731",
        "  x-cos-meta-scene            harbour",
    ]


def test_numbers_are_said_in_units_beside_the_original(document: MakeDocument) -> None:
    container = {"Size": "68294731", "Duration": "19.712", "Bitrate": "27717", "StartTime": "soon"}
    media = {"Format": container, "Stream": {"Video": {"Index": "0", "Width": "1280", "Height": "960", "Fps": "25/1"}}}
    lines = job_text(document, Operation={"MediaInfo": media})["Media information"]
    assert lines == [
        "  Size       65.1 MiB (68294731)",
        "  Duration   0:19.712 (19.712)",
        "  Bitrate    27.7 Mbit/s (27717)",
        "  StartTime  soon",
        "          Video 0: 1280 × 960",
        "  Index   0",
        "  Width   1280",
        "  Height  960",
        "  Fps     25 fps (25/1)",
    ]


def test_streams_side_by_side_in_chinese(document: MakeDocument) -> None:
    streams = {"Audio": [{"Index": "1", "SampleRate": "44100"}, {"SampleRate": "8000", "Language": "und"}]}
    lines = job_text(document, CHINESE, Operation={"MediaInfo": {"Stream": streams}})["媒体信息"]
    assert lines == [
        "                      Audio 1           Audio",
        "  Index       流编号  1                 -",
        "  SampleRate  采样率  44.1 kHz (44100)  8 kHz (8000)",
        "  Language    语言    -                 und",
    ]


@pytest.mark.parametrize("huge", ["1e308", "-1e308", "9" * 300, "1e-320"])
def test_numbers_beyond_measure_are_said_as_written(document: MakeDocument, huge: str) -> None:
    container = {"Size": huge, "Duration": huge, "Bitrate": huge}
    lines = job_text(document, Operation={"MediaInfo": {"Format": container}})["Media information"]
    assert len(lines) == 3
    assert all(huge in line for line in lines)


def test_output_files_as_a_table(document: MakeDocument) -> None:
    file = PLACE | {"ObjectName": "出/a.mp4", "Md5Info": {"ObjectName": "出/a.mp4", "Md5": "00ff"}}
    operation = {"Output": PLACE | {"Object": "出/a.mp4"}, "MediaResult": {"OutputFile": file}}
    assert job_text(document, Operation=operation)["Output files"] == [
        "  Role    Key       Written  MD5   Region        COS address",
        "  output  出/a.mp4  yes      00ff  ap-guangzhou  cos://lens-1250000000/出/a.mp4",
    ]


def test_covers(document: MakeDocument) -> None:
    names = {"ObjectName": ["c/0.jpg", "c/1.jpg"]}
    operation = {
        "SmartCover": {"Count": "2", "Width": "1280", "Height": "720"},
        "Output": PLACE | {"Object": "c/${Number}.jpg"},
        "MediaResult": {"OutputFile": PLACE | names},
    }
    assert job_text(document, Tag="SmartCover", State="Success", Operation=operation)["Covers"] == [
        "  Width × height  1280 × 720",
        "  Requested key   c/${Number}.jpg",
        "  0  c/0.jpg  ap-guangzhou  cos://lens-1250000000/c/0.jpg",
        "  1  c/1.jpg  ap-guangzhou  cos://lens-1250000000/c/1.jpg",
    ]
    assert job_text(document, Tag="SmartCover", Operation={"UserData": "x"})["Covers"] == []


def test_a_transcript(document: MakeDocument) -> None:
    words = [{"Word": "你好", "OffsetStartMs": "0", "OffsetEndMs": "400", "VoiceType": "0"}]
    details = [
        {"FinalSentence": "Hello\nthere", "StartMs": "0", "EndMs": "900", "SpeakerId": "1"},
        {"FinalSentence": "你好", "StartMs": "3661000", "Words": words},
    ]
    text = job_text(document, Tag="SpeechRecognition", Operation={"SpeechRecognitionResult": {"ResultDetail": details}})
    assert [text["Transcript"][0], *text["Transcript"][-3:]] == [
        "  sentences: 2, words and marks: 1, speakers: 1",
        "  Time                 Speaker  Text",
        "  0:00.000 – 0:00.900  1        Hello\\nthere",
        "  1:01:01.000 – ?      -        你好",
    ]


def test_a_transcript_without_speakers(document: MakeDocument) -> None:
    result = {"AudioTime": "2", "Result": "[0:0.000,0:1.000]  Hello"}
    text = job_text(document, Tag="SpeechRecognition", Operation={"SpeechRecognitionResult": result})
    assert [text["Transcript"][0], *text["Transcript"][-2:]] == [
        "  sentences: 1, words and marks: 0, speakers: 0",
        "  Time                 Text",
        "  0:00.000 – 0:01.000  Hello",
    ]
    text = job_text(document, Tag="SpeechRecognition", Operation={"SpeechRecognitionResult": {"AudioTime": "2"}})
    assert text["Transcript"] == ["  sentences: 0, words and marks: 0, speakers: 0"]


def test_the_lines_of_result_stay_lines(document: MakeDocument) -> None:
    result = {"Result": ["[0:0.000,0:1.000]  Hello", "more\x85less"], "ResultDetail": {"StartMs": "0", "EndMs": "7"}}
    text = job_text(document, Tag="SpeechRecognition", Operation={"SpeechRecognitionResult": result})
    assert text["Recognised text"] == ["  [0:0.000,0:1.000]  Hello", "  more", "  less"]


def test_a_notice() -> None:
    notice = Notice("failed", Message("Not shown"), Severity.ERROR, Message("why: {reason}", {"reason": "a\x07b"}))
    assert list(block_lines(notice, ENGLISH)) == ["", "Not shown", r"  why: a\x07b"]


def test_secrets_are_masked_unless_asked_for(document: MakeDocument) -> None:
    link = "https://b.cos.r.myqcloud.com/a?q-sign-algorithm=sha1&q-signature=abc123&x=1"
    operation = {"DocProcess": {"DocPassword": ["open sesame", "again"]}, "Other": {"UnCompressKey": "sesame 2"}}
    nodes = {"Tag": "DocProcess", "State": "Failed", "Message": f"cannot read {link}", "Operation": operation}
    nodes["Input"] = {"Url": link}
    hidden = "\n".join(line for lines in job_text(document, **nodes).values() for line in lines)
    assert not any(secret in hidden for secret in ("abc123", "sesame", "again"))
    assert hidden.count("q-signature=***&x=1") == 3
    told = Language("en", str, NOTES, hides_secrets=False)
    shown = "\n".join(line for lines in job_text(document, told, **nodes).values() for line in lines)
    assert shown.count("abc123") == 3
    assert all(secret in shown for secret in ("open sesame", "again", "sesame 2"))


@pytest.mark.parametrize("language", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_nothing_in_a_payload_reaches_the_terminal_as_control(document: MakeDocument, language: Language) -> None:
    evil = "\u202egnp\u2066\u200f\u2028x\x85y\x9bz"
    operation = {
        "Output": PLACE | {"Object": evil, "StreamExtract": {"Index": evil, "Output": evil}},
        "MediaResult": {"OutputFile": {"ObjectName": f"other{evil}"}},
        "MediaInfo": {"Stream": {"Video": {"Index": evil, "Width": evil, "Height": evil}}},
        "SpeechRecognitionResult": {"Result": evil, "ResultDetail": {"FinalSentence": "x" + evil, "SpeakerId": evil}},
        "Odd": {"Key": evil, "Value": evil},
        "SmartCover": {"Count": evil},
    }
    for tag in ("StreamExtract", "SmartCover", "SpeechRecognition", evil):
        nodes = {"Tag": tag, "State": "Success", "Message": evil, "CreationTime": evil, "Operation": operation}
        summary = summarize(document({"EventName": evil, "JobsDetail": {"JobId": evil} | nodes}))
        text = "".join(summary_text(summary, language))
        assert {unicodedata.category(character) for character in text} <= VISIBLE
        assert r"\u202egnp" in text


VISIBLE = {"Lu", "Ll", "Lo", "Lm", "Nd", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs"}


def test_long_values_are_cut_but_what_was_said_is_not(document: MakeDocument) -> None:
    long = "字" * 5000
    result = {"ResultDetail": {"FinalSentence": long, "StartMs": "0", "EndMs": "1"}}
    operation = {"UserData": long, "SpeechRecognitionResult": result}
    text = job_text(document, Tag="SpeechRecognition", Operation=operation)
    assert text["Job"][-1] == "  UserData  " + "字" * 1000 + "… (5000)"
    assert text["Transcript"][-1].endswith("  " + long)


def test_a_failed_message_is_cut_too(document: MakeDocument) -> None:
    assert len(job_text(document, State="Failed", Message="x" * 10**6)[""][2]) < 1100


def test_the_workflow_run_stands_before_all_else(document: MakeDocument) -> None:
    run = {"RunId": "i1", "State": "Success", "Tasks": {"Type": "Concat", "JobId": "j1"}}
    text = sections(document({"EventName": "WorkflowFinish", "WorkflowExecution": run}))
    assert list(text) == ["", "Workflow run", "Steps"]
    assert text["Steps"][1].split() == ["Concat", "-", "j1", "-", "-", "-", "-"]
