import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PAYLOAD = """<?xml version="1.0"?>
<Response a="1"><!-- by hand -->
  <EventName>TaskFinish</EventName>
  <JobsDetail><Tag>Concat</Tag><Message/><Operation><Part>1</Part><Part>2</Part></Operation></JobsDetail>
</Response>
"""
JSON_PAYLOAD = (
    '{"EventName":"TaskFinish","JobsDetail":[{"Tag":"Concat","Operation":{"N":1e400,"Part":["1",null,true]}}]}'
)


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(PAYLOAD)
    return path


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    path = tmp_path / "a.json"
    path.write_text(JSON_PAYLOAD)
    return path


def lines(run_cli: RunCli, *arguments: str | Path) -> list[str]:
    done = run_cli("tree", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_xml_as_written(run_cli: RunCli, xml: Path) -> None:
    assert lines(run_cli, xml) == [
        "Response (4)",
        "  @a: 1",
        "  #comment:  by hand ",
        "  EventName: TaskFinish",
        "  JobsDetail[0] (3)",
        "    Tag: Concat",
        "    Message",
        "    Operation (2)",
        "      Part[0]: 1",
        "      Part[1]: 2",
    ]


def test_json_as_written(run_cli: RunCli, jsonl: Path) -> None:
    assert lines(run_cli, jsonl) == [
        "EventName: TaskFinish",
        "JobsDetail (1)",
        "  JobsDetail[0] (2)",
        "    Tag: Concat",
        "    Operation (2)",
        "      N: 1e400",
        "      Part (3)",
        "        Part[0]: 1",
        "        Part[1]: null",
        "        Part[2]: true",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("JobsDetail[0].Operation", ["Operation (2)", "  Part[0]: 1", "  Part[1]: 2"]),
        ("Response.JobsDetail.Operation.Part[1]", ["Part[1]: 2"]),
        ("EventName", ["EventName: TaskFinish"]),
    ],
)
def test_a_path(run_cli: RunCli, xml: Path, path: str, expected: list[str]) -> None:
    assert lines(run_cli, xml, "--path", path) == expected


def test_a_path_that_leads_nowhere(run_cli: RunCli, xml: Path, jsonl: Path) -> None:
    done = run_cli("tree", xml, jsonl, "--path", "JobsDetail[0].Message")
    assert (done.returncode, done.stdout) == (2, "Message\n")
    hint = "paths look like JobsDetail[0].Operation.Output; --find searches"
    assert done.stderr == f"error: {jsonl}: there is no node at JobsDetail[0].Message ({hint})\n"


@pytest.mark.parametrize(("depth", "count"), [("0", 1), ("1", 5), ("2", 8), ("9", 10)])
def test_depth(run_cli: RunCli, xml: Path, depth: str, count: int) -> None:
    assert len(lines(run_cli, xml, "--depth", depth)) == count


def test_find_shows_what_the_nodes_stand_in(run_cli: RunCli, xml: Path) -> None:
    assert lines(run_cli, xml, "--find", "CONCAT") == ["Response (4)", "  JobsDetail[0] (3)", "    Tag: Concat"]
    assert lines(run_cli, xml, "--find", "part", "--path", "JobsDetail")[1:] == [
        "  Operation (2)",
        "    Part[0]: 1",
        "    Part[1]: 2",
    ]
    assert lines(run_cli, xml, "--find", "nowhere") == []
    assert lines(run_cli, xml, "--find", "part", "--depth", "2") == []


@pytest.mark.parametrize(("language", "term"), [("en", "Job type: "), ("zh", "任务类型")])
def test_notes(run_cli: RunCli, xml: Path, language: str, term: str) -> None:
    (line,) = lines(run_cli, xml, "--notes", "--path", "JobsDetail[0].Tag", "--lang", language)
    assert line.startswith(f"Tag: Concat  # {term}")
    (unknown,) = lines(run_cli, xml, "--notes", "--path", "JobsDetail[0].Operation.Part[0]")
    assert unknown == "Part[0]: 1"


def test_units(run_cli: RunCli, tmp_path: Path) -> None:
    media = "<MediaInfo><Format><Size>2048</Size><Duration>61.5</Duration></Format></MediaInfo>"
    (tmp_path / "a.xml").write_text(f"<JobsDetail><Operation>{media}</Operation></JobsDetail>")
    assert lines(run_cli, tmp_path / "a.xml", "--path", "JobsDetail.Operation.MediaInfo.Format")[1:] == [
        "  Size: 2048 (2 KiB)",
        "  Duration: 61.5 (1:01.500)",
    ]


def test_long_values_are_cut(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"a": "\x1b" * 300, "\x1b" * 300: 1}))
    first, second = lines(run_cli, tmp_path / "a.json")
    assert first == "a: " + r"\x1b" * 200 + "… (300)"
    assert "\x1b" not in second


def test_the_data_as_json(run_cli: RunCli, xml: Path) -> None:
    (line,) = lines(run_cli, xml, "--json")
    assert json.loads(line)["Response"]["JobsDetail"]["Operation"] == {"Part": ["1", "2"]}
    (line,) = lines(run_cli, xml, "--json", "--path", "JobsDetail.Operation")
    assert json.loads(line) == {"Part": ["1", "2"]}


def test_the_data_of_json_is_what_was_written(run_cli: RunCli, jsonl: Path) -> None:
    (line,) = lines(run_cli, jsonl, "--json")
    assert json.loads(line) == json.loads(JSON_PAYLOAD)


def test_several_files_and_one_that_is_broken(run_cli: RunCli, xml: Path, jsonl: Path) -> None:
    done = run_cli("tree", xml, "none.xml", jsonl)
    assert done.returncode == 2
    assert done.stderr == "error: none.xml: no such file or folder\n"
    assert done.stdout.count("Tag: Concat") == 2


def test_every_sample_has_a_tree(run_cli: RunCli) -> None:
    done = run_cli("tree", SAMPLES)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("EventName: ") >= 22


def test_nesting_is_no_matter(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<a>" * 190 + "x" + "</a>" * 190)
    assert lines(run_cli, tmp_path / "a.xml")[-1] == "  " * 189 + "a: x"
