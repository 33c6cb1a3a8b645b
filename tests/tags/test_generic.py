"""What every job shows, whatever its Tag: also one nobody has heard of, and one whose module fails."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from callback_lens import tags
from callback_lens.blocks.model import Block, Fields, Gallery, Media, Notice, Table, Text, TranscriptBlock, View
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.jobs import Job
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node
from callback_lens.payload.paths import walk
from callback_lens.payload.reader import read_documents
from callback_lens.tags import DOCUMENTED_TAGS, TAG_MODULES, summarize, view_job

MakeJob = Callable[..., Job]
MakeDocument = Callable[[Any], Document]
# The lines of Result are the transcript's, a template has no address, "/" as a prefix is part of each key.
ELSEWHERE = (".Result", ".Output.Bucket", ".ObjectPrefix")
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def read(content: bytes) -> Document:
    (document,) = read_documents(Input("payload", None, content, None), Limits())
    assert isinstance(document, Document)
    return document


def codes(view: View) -> list[str]:
    return [finding.code for finding in view.findings]


def test_an_unknown_tag_gets_a_useful_view(job: MakeJob) -> None:
    operation = {
        "Output": {"Bucket": "b-1", "Region": "r", "Object": "a.bin"},
        "MediaResult": {"OutputFile": {"Bucket": "b-1", "Region": "r", "ObjectName": "a.bin", "Md5Info": None}},
        "MediaInfo": {"Format": {"Duration": "1"}},
        "Novelty": {"Strength": "7"},
        "NoveltyResult": {"Marks": [{"At": "1"}, {"At": "2"}]},
        "UserData": "mine",
    }
    view = view_job(job(Tag="Novelty", State="Success", Input={"Object": "in.mp4"}, Operation=operation))
    assert [block.id for block in view.blocks] == ["settings", "outputs", "media", "job", "input", "rest"]
    assert view.settings == {"Strength": "7"}
    assert [(output.object.key, output.produced) for output in view.outputs] == [("a.bin", True)]
    (finding,) = view.findings
    assert (finding.code, finding.found, finding.severity.value) == ("unknown-tag", "Novelty", "info")
    assert str(finding.message) == "Novelty is no Tag that Callback Lens knows: it is shown generically"
    rest = view.blocks[-1]
    assert isinstance(rest, Fields)
    assert [field.name for field in rest.fields] == [
        "Operation.NoveltyResult.Marks[0].At",
        "Operation.NoveltyResult.Marks[1].At",
    ]


@pytest.mark.parametrize("tag", [*sorted(DOCUMENTED_TAGS), "ReviewImage", None])
def test_documented_tags_are_not_unknown(job: MakeJob, tag: str | None) -> None:
    assert "unknown-tag" not in codes(view_job(job(Tag=tag, JobId="j1", State="Success")))


def test_every_module_is_for_a_documented_tag() -> None:
    assert {module.TAG for module in TAG_MODULES} <= DOCUMENTED_TAGS


def test_a_job_that_says_nothing(job: MakeJob) -> None:
    view = view_job(job(JobId="j1"))
    assert ([block.id for block in view.blocks], view.findings, view.outputs) == (["job"], (), ())


# --- a module that fails ----------------------------------------------------------------------------------------------


@pytest.fixture
def broken_module(monkeypatch: pytest.MonkeyPatch) -> None:
    def view(job: Job) -> View:
        raise ZeroDivisionError("its own fault")

    monkeypatch.setattr(tags, "TAG_MODULES", (SimpleNamespace(TAG="Broken", view=view),))


def test_a_module_that_fails_is_contained(job: MakeJob, broken_module: None, caplog: pytest.LogCaptureFixture) -> None:
    broken = job(Tag="Broken", State="Success", Operation={"Broken": {"A": "1"}, "Output": {"Object": "out"}})
    nodes = [(node.path, node.value) for node in walk(broken.node)]
    view = view_job(broken)
    notice = view.blocks[0]
    assert isinstance(notice, Notice)
    sentence = (
        "this part of Callback Lens failed on a Broken job; the tree is complete: ZeroDivisionError: its own fault"
    )
    assert str(notice.message) == sentence
    failure = view.findings[-1]
    assert (failure.code, str(failure.message), failure.path) == ("tag-module-failed", sentence, "JobsDetail[0]")
    assert [(node.path, node.value) for node in walk(broken.node)] == nodes, "the tree is intact"
    (record,) = caplog.records
    assert (record.levelno, record.name) == (logging.ERROR, "callback_lens.tags")
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_what_is_generic_is_still_shown(job: MakeJob, broken_module: None) -> None:
    operation = {"Broken": {"A": "1"}, "BrokenResult": {"B": "2"}, "Output": {"Object": "out"}}
    view = view_job(job(Tag="Broken", JobId="j1", Operation=operation))
    assert [block.id for block in view.blocks] == ["failed", "settings", "outputs", "job", "rest"]
    assert view.settings == {"A": "1"}
    assert [output.object.key for output in view.outputs] == ["out"]


def test_a_generic_part_that_fails_is_contained_too(job: MakeJob, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(job: Job) -> Iterator[Fields]:
        raise ValueError

    monkeypatch.setattr(tags, "common_blocks", fail)
    view = view_job(job(Tag="Concat", State="Success"))
    assert [block.id for block in view.blocks] == ["failed"]
    assert codes(view) == ["tag-module-failed"]


def test_one_broken_job_does_not_take_the_others_with_it(document: MakeDocument, broken_module: None) -> None:
    jobs = [{"Tag": "Broken", "JobId": "j1"}, {"Tag": "Concat", "JobId": "j2"}]
    summary = summarize(document({"EventName": "TaskFinish", "JobsDetail": jobs}))
    assert [codes(view) for view in summary.views] == [["unknown-tag", "tag-module-failed"], []]


# --- the whole payload ------------------------------------------------------------------------------------------------


def test_a_workflow_run_is_summarised(document: MakeDocument) -> None:
    run = {"RunId": "i1", "State": "Failed", "Tasks": {"Type": "Concat", "State": "Failed"}}
    summary = summarize(document({"EventName": "WorkflowFinish", "WorkflowExecution": run}))
    assert [block.id for block in summary.blocks] == ["workflow-run", "steps"]
    assert [finding.code for finding in summary.findings] == ["job-failed", "embedded-failure"]
    assert summary.views == ()


def test_what_was_repaired_comes_before_what_is_wrong() -> None:
    payload = b'{"EventName": "WorkflowFinish", "WorkflowExecution": {"State": "Failed",}, "WorkflowExecution": {}}'
    findings = summarize(read(payload)).findings
    assert [finding.code for finding in findings][:2] == ["repaired-input", "duplicate-key"]


def test_floods_of_findings_are_bounded(document: MakeDocument) -> None:
    tasks = [{"State": "Failed"}] * 300
    jobs = {"Tag": "Concat", "State": "Success", "Operation": {"Step": [{"State": "Failed"}] * 300}}
    summary = summarize(document({"EventName": "WorkflowFinish", "WorkflowExecution": {"Tasks": tasks}}))
    assert len(summary.findings) == 21
    (view,) = summarize(document({"EventName": "TaskFinish", "JobsDetail": jobs})).views
    assert len(view.findings) == 21


def test_a_payload_that_is_no_callback_shows_its_nodes() -> None:
    summary = summarize(read(b'{"hello": {"world": [1, 2]}}'))
    (block,) = summary.blocks
    assert isinstance(block, Fields)
    assert [(field.name, field.text) for field in block.fields] == [("hello.world[0]", "1"), ("hello.world[1]", "2")]


# --- nothing is lost --------------------------------------------------------------------------------------------------


def texts(block: Block) -> Iterator[str]:
    """All that a block shows of a payload."""
    match block:
        case Fields():
            yield from (text for field in block.fields for text in (field.name, field.text))
        case Table():
            yield from (str(cell) for row in block.rows for cell in row.cells)
        case Text():
            yield block.text
        case Gallery():
            yield from (str(part) for picture in block.pictures for part in (picture.object.key, picture.object.url))
            yield str(block.template)
        case Media():
            yield from (field.text for field in block.format)
            yield from (field.text for stream in block.streams for field in stream.fields)
        case TranscriptBlock():
            sentences, words = block.transcript.sentences, block.transcript.words
            times = (*sentences.start, *sentences.end, *words.start, *words.end)
            yield from (*sentences.text, *words.text, *map(str, (*times, *sentences.speaker, *sentences.speed)))
        case Notice():
            yield str(block.message)


def unseen(document: Document) -> list[str]:
    """The paths of scalars whose text is nowhere in the blocks."""
    summary = summarize(document)
    blocks = [*summary.blocks, *(block for view in summary.views for block in view.blocks)]
    seen = "\n".join(text for block in blocks for text in texts(block))
    return [node.path for node in scalars(document.payload) if (node.text or "") not in seen]


def scalars(node: Node) -> Iterator[Node]:
    for item in node.items():
        if item.text is not None and item.name not in ("EventName", "ResultDetail"):
            yield item
        yield from () if item.name == "ResultDetail" else scalars(item)


@pytest.mark.parametrize("file", [file for file in SAMPLES.rglob("*.*") if file.is_file()], ids=lambda file: file.stem)
def test_no_scalar_of_a_sample_is_hidden(file: Path) -> None:
    hidden = unseen(read(file.read_bytes()))
    assert [path for path in hidden if not path.endswith(ELSEWHERE)] == []


def test_no_scalar_of_a_documented_payload_is_hidden(corpus: Path) -> None:
    files = [file for file in corpus.iterdir() if file.suffix in (".xml", ".json")]
    assert len(files) > 90
    for file in files:
        hidden = unseen(read(file.read_bytes()))
        assert [path for path in hidden if not path.endswith(ELSEWHERE)] == [], file.name


def test_nodes_nobody_has_heard_of_are_not_hidden() -> None:
    """A new node in each container that a documented job has."""
    payload = json.loads((SAMPLES / "StreamExtract" / "workflow-success.json").read_bytes())
    planted = list(plant(payload))
    assert len(planted) > 10
    assert unseen(read(json.dumps(payload).encode())) == []


def plant(node: Any, path: str = "") -> Iterator[str]:
    for name, child in list(node.items()) if isinstance(node, dict) else []:
        yield from plant(child, f"{path}.{name}")
    for item in node if isinstance(node, list) else []:
        yield from plant(item, path)
    if isinstance(node, dict) and "Key" not in node:
        node["Unheard"] = f"new in {path} {id(node)}"
        yield path
