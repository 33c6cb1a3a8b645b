"""The shipped samples: where they are, that they are sound, and that they are our own."""

import json
import re
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import xmltodict

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
TAGS = ("StreamExtract", "SmartCover", "SpeechRecognition")
PAIRED = [f"{tag}/{name}" for tag in TAGS for name in ("api-success", "api-failed", "workflow-success")]
JOBS = [f"{name}.{suffix}" for name in PAIRED for suffix in ("xml", "json")] + ["StreamExtract/partial.xml"]
RUN = "WorkflowFinish/workflow-success"
FILES = [*JOBS, f"{RUN}.xml", f"{RUN}.json", "ReviewImage/detail.json"]
OUR_OWN = {"JobId", "QueueId", "RunId", "WorkflowId", "TemplateId", "BucketId", "Bucket", "Object", "ObjectName"}
OUR_OWN |= {"Md5", "UserData", "FinalSentence", "WorkflowName", "TemplateName", "DataId"}


def many(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [node]


def read(name: str) -> Any:
    """The sample without ``Response``, empty nodes and lists of one: equal for XML and JSON."""
    text = (SAMPLES / name).read_text("utf-8")
    return normalised(xmltodict.parse(text)["Response"] if name.endswith(".xml") else json.loads(text))


def normalised(node: Any) -> Any:
    if isinstance(node, list):
        items = [normalised(item) for item in node]
        return items[0] if len(items) == 1 else items
    if isinstance(node, dict):
        children = {name: normalised(child) for name, child in node.items()}
        return {name: child for name, child in children.items() if child not in (None, "", {})}
    return node


def scalars(node: Any, name: str = "") -> list[tuple[str, Any]]:
    """Each value with the name of its node."""
    if isinstance(node, dict):
        return [pair for child_name, child in node.items() for pair in scalars(child, child_name)]
    if isinstance(node, list):
        return [pair for item in node for pair in scalars(item, name)]
    return [(name, node)]


def job(name: str) -> Any:
    return read(name)["JobsDetail"]


def test_every_sample_is_where_it_belongs() -> None:
    assert {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()} == set(FILES)


@pytest.mark.parametrize("name", [*PAIRED, RUN])
def test_xml_and_json_are_the_same_job(name: str) -> None:
    assert read(f"{name}.xml") == read(f"{name}.json")


def test_the_samples_show_the_shapes_of_ci() -> None:
    raw = {name: json.loads((SAMPLES / name).read_bytes()) for name in FILES if name.endswith(".json")}
    jobs = {name: callback for name, callback in raw.items() if name in JOBS}
    assert {type(callback["JobsDetail"]) for callback in jobs.values()} == {dict, list}
    assert {type(value) for callback in jobs.values() for _, value in scalars(callback)} == {str}
    assert all(value for callback in jobs.values() for _, value in scalars(callback)), "JSON leaves empty nodes out"
    assert all("<Message/>" in (SAMPLES / f"{tag}/api-success.xml").read_text("utf-8") for tag in TAGS)
    details = [job(f"SpeechRecognition/{name}.json") for name in ("api-success", "workflow-success")]
    shapes = [type(node["Operation"]["SpeechRecognitionResult"]["ResultDetail"]) for node in details]
    assert shapes == [list, dict], "several sentences, and one alone"


@pytest.mark.parametrize("name", JOBS)
def test_the_envelope_adds_up(name: str) -> None:
    node, (tag, file) = job(name), name.split("/")
    assert read(name)["EventName"] == "TaskFinish"
    assert node["Tag"] == tag
    assert re.fullmatch("[js][0-9a-f]{32}", node["JobId"])
    times = [datetime.fromisoformat(node[part]) for part in ("CreationTime", "StartTime", "EndTime")]
    assert times == sorted(times)
    assert all(time.utcoffset() for time in times)
    assert ("Workflow" in node, "CosHeaders" in node["Input"]) == (file.startswith("workflow"),) * 2


@pytest.mark.parametrize("name", JOBS)
def test_state_code_and_results_agree(name: str) -> None:
    node = job(name)
    results = {"MediaResult", "MediaInfo", "SpeechRecognitionResult"} & set(node["Operation"])
    if "failed" in name:
        assert node["State"] == "Failed"
        assert node["Code"] in {"InvalidArgument", "ResourceNotFound", "ResourceNotSupported"}
        assert node["Message"].endswith(".")
        assert not results
    else:
        assert node["State"] == node["Code"] == "Success"
        assert "Message" not in node
        assert results


def test_only_the_two_forms_of_one_job_share_its_id() -> None:
    ids = [job(name)["JobId"] for name in JOBS if name.endswith(".xml")]
    assert len(ids) == len(set(ids)) == len(PAIRED) + 1


@pytest.mark.parametrize(("name", "missing"), [("api-success", 0), ("workflow-success", 0), ("partial", 1)])
def test_extracted_streams_are_the_requested_ones(name: str, missing: int) -> None:
    operation = job(f"StreamExtract/{name}.xml")["Operation"]
    files = operation["MediaResult"]["OutputFile"]
    requested = [stream["Output"] for stream in operation["Output"]["StreamExtract"]]
    assert files["ObjectName"] == [md5["ObjectName"] for md5 in files["Md5Info"]]
    assert files["ObjectName"] == requested[: len(requested) - missing]
    assert all(re.fullmatch("[0-9a-f]{32}", md5["Md5"]) for md5 in files["Md5Info"])


@pytest.mark.parametrize("name", ["api-success", "workflow-success"])
def test_covers_are_as_many_as_asked_for(name: str) -> None:
    operation = job(f"SmartCover/{name}.xml")["Operation"]
    settings, template = operation["SmartCover"], operation["Output"]["Object"]
    covers = [template.replace("${Number}", str(number)) for number in range(int(settings["Count"]))]
    assert operation["MediaResult"]["OutputFile"]["ObjectName"] == covers
    assert 3 <= len(set(covers)) <= 5
    assert (settings["Width"], settings["Height"]) == ("1280", "720")


def test_the_speech_sample_has_something_to_show() -> None:
    sentences = job("SpeechRecognition/api-success.json")["Operation"]["SpeechRecognitionResult"]["ResultDetail"]
    words = [word for sentence in sentences for word in sentence["Words"] if word["VoiceType"] == "0"]
    paces = [(int(word["OffsetEndMs"]) - int(word["OffsetStartMs"])) / len(word["Word"]) for word in words]
    gaps = [int(after["StartMs"]) - int(before["EndMs"]) for before, after in pairwise(sentences)]
    assert {sentence["SpeakerId"] for sentence in sentences} == {"0", "1", "2"}
    slow = [word["Word"] for word, pace in zip(words, paces, strict=True) if pace > 2 * median(paces)]
    assert slow == ["茶"], "a hidden pause"
    assert min(gaps) > 0
    assert max(gaps) > 3000
    assert any(re.search("[A-Za-z]", word["Word"]) for word in words)


def test_the_workflow_run_is_that_of_the_workflow_samples() -> None:
    run = read(f"{RUN}.xml")["WorkflowExecution"]
    assert read(f"{RUN}.xml")["EventName"] == "WorkflowFinish"
    assert [task["Type"] for task in run["Tasks"]] == list(TAGS)
    for task in run["Tasks"]:
        node = job(f"{task['Type']}/workflow-success.xml")
        assert node["Workflow"] == {name: run[name] for name in ("RunId", "WorkflowId", "WorkflowName")} | {
            "Name": task["Name"]
        }
        assert (node["JobId"], node["State"]) == (task["JobId"], task["State"])
        assert (node["Input"]["BucketId"], node["Input"]["Object"]) == (run["BucketId"], run["Object"])
        assert node["Input"]["CosHeaders"] == run["CosHeaders"]
        for ours, theirs in (("CreationTime", "CreateTime"), ("StartTime", "StartTime"), ("EndTime", "EndTime")):
            assert datetime.fromisoformat(node[ours]) == datetime.fromisoformat(task[theirs])


def test_the_review_is_a_detail_with_native_types() -> None:
    review = json.loads((SAMPLES / "ReviewImage/detail.json").read_bytes())
    assert review["EventName"] == "ReviewImage"
    assert {type(review["JobsDetail"][name]) for name in ("Result", "Score", "ForbidState")} == {int}
    assert isinstance(review["JobsDetail"]["CosHeaders"], dict)
    assert datetime.fromisoformat(review["JobsDetail"]["CreationTime"]).utcoffset()


def test_nothing_is_taken_from_the_documented_payloads(corpus: Path) -> None:
    documented = "\n".join(path.read_text("utf-8", errors="replace") for path in corpus.iterdir() if path.is_file())
    ours = {str(value) for name in FILES for node, value in scalars(read(name)) if node in OUR_OWN}
    assert documented
    assert len(ours) > 40
    assert {value for value in ours if value in documented} == set()
