import gzip
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.export.json_line import as_json
from hypothesis import given
from hypothesis import strategies as st

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
SAMPLE = SAMPLES / "StreamExtract" / "partial.xml"
JOB_ID = "jf52e619aa25a11f0f462c55fe3381896"
EVIL = "\u202e\u2066\u200f\u061c\ufeff\u2028\x85\x9b\x7f"


def test_a_file_and_what_is_missing_in_it(run_cli: RunCli) -> None:
    done = run_cli("show", SAMPLE)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == f"{SAMPLE} · job callback · TaskFinish · XML, utf-8"
    assert lines[2].startswith(f"StreamExtract · Success · {JOB_ID} · ")
    assert lines[3].endswith(" was asked for, but is not among the files written [output-missing]")


def test_several_files_stand_apart(run_cli: RunCli) -> None:
    one, two = (run_cli("show", SAMPLES / "ReviewImage" / "detail.json").stdout, run_cli("show", SAMPLE).stdout)
    assert run_cli("show", SAMPLES / "ReviewImage" / "detail.json", SAMPLE).stdout == f"{one}\n{two}"


def test_json_is_one_list(run_cli: RunCli) -> None:
    done = run_cli("show", "--json", SAMPLE, SAMPLES / "ReviewImage" / "detail.json")
    items = json.loads(done.stdout)
    assert [item["jobs"][0]["tag"] for item in items] == ["StreamExtract", "ReviewImage"]
    assert len(done.stdout.splitlines()) == 4, "a payload on each line, for tools that read lines"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"<Response>\n  <Tag>a</Tga>\n</Response>", ":2:"),
        (b'{"EventName": "TaskFinish",\n "JobsDetail": {"a" 1}}', ":2:"),
        (b"hello", ":1:"),
        (b"", ": the file is empty"),
    ],
)
def test_what_cannot_be_read(run_cli: RunCli, tmp_path: Path, content: bytes, line: str) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(content)
    done = run_cli("show", broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {broken}{line}")
    assert re.fullmatch(r"(:\d+:\d+)?: [^()]+( \(.+\))?\n", done.stderr.removeprefix(f"error: {broken}"))


def test_other_files_are_still_shown(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<Response>")
    done = run_cli("show", tmp_path / "none.xml", SAMPLE, tmp_path / "broken.xml")
    assert done.returncode == 2
    assert JOB_ID in done.stdout
    assert [line.split(": ")[1].removeprefix(str(tmp_path)) for line in done.stderr.splitlines()] == [
        f"{os.sep}none.xml",
        f"{os.sep}broken.xml:1:11",
    ]


def test_errors_are_items_of_the_list_too(run_cli: RunCli, tmp_path: Path) -> None:
    done = run_cli("show", "--json", tmp_path / "none.xml", SAMPLE)
    assert done.returncode == 2
    failed, shown = json.loads(done.stdout)
    assert (failed["source"]["file"], failed["error"]["message"]) == (
        str(tmp_path / "none.xml"),
        "no such file or folder",
    )
    assert shown["jobs"][0]["job_id"] == JOB_ID
    assert done.stderr.startswith("error: ")


def test_nothing_but_errors_is_a_list(run_cli: RunCli) -> None:
    assert len(json.loads(run_cli("show", "--json", "none.xml").stdout)) == 1


def test_standard_input(run_cli: RunCli) -> None:
    done = run_cli("show", "-", stdin=SAMPLE.read_bytes())
    assert done.stdout.splitlines()[0] == "- · job callback · TaskFinish · XML, utf-8"
    assert run_cli("show", "-").stderr == "error: -: the file is empty\n"


def test_a_folder_a_gzip_file_and_an_archive(run_cli: RunCli, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
        archive.write(SAMPLE, "in/a.xml")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(SAMPLE.read_bytes()))
    done = run_cli("show", "--json", tmp_path)
    places = [(Path(item["source"]["file"]).name, item["source"]["member"]) for item in json.loads(done.stdout)]
    assert places == [("packed.gz", None), ("saved.zip", "in/a.xml")]
    assert f"{tmp_path / 'saved.zip'}!in/a.xml · job callback" in run_cli("show", tmp_path).stdout


def test_a_saved_http_request(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "request").write_bytes(b"POST / HTTP/1.1\r\nHost: x\r\n\r\n" + SAMPLE.read_bytes())
    assert JOB_ID in run_cli("show", tmp_path / "request").stdout


def test_several_payloads_in_one_file(run_cli: RunCli, tmp_path: Path) -> None:
    line = json.dumps({"EventName": "TaskFinish", "JobsDetail": {"JobId": "j1"}})
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line}\n")
    items = json.loads(run_cli("show", "--json", tmp_path / "a.jsonl").stdout)
    assert [item["source"]["index"] for item in items] == [0, 1]
    heads = [line for line in run_cli("show", tmp_path / "a.jsonl").stdout.splitlines() if " · job callback" in line]
    assert [head.partition(" · ")[0] for head in heads] == [f"{tmp_path / 'a.jsonl'}", f"{tmp_path / 'a.jsonl'} [1]"]


@pytest.mark.parametrize("option", [[], ["--json"], ["--lang", "zh"]])
def test_nothing_reaches_a_terminal_as_control(run_cli: RunCli, tmp_path: Path, option: list[str]) -> None:
    payload = {"EventName": EVIL, "JobsDetail": {"JobId": EVIL, "Tag": EVIL, "State": "Failed", EVIL: EVIL}}
    (tmp_path / "evil.json").write_text(json.dumps(payload, ensure_ascii=False), "utf-8")
    done = run_cli("show", tmp_path / "evil.json", *option)
    assert done.returncode == 0
    assert not set(EVIL) & set(done.stdout)
    if option == ["--json"]:
        (item,) = json.loads(done.stdout)
        assert (item["event"], item["jobs"][0]["job_id"]) == (EVIL, EVIL.strip())


def test_lone_surrogates_are_valid_json(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "half.json").write_text('{"JobsDetail": {"JobId": "a\\ud83c", "UserData": "\\udcff\\u0000"}}')
    (item,) = json.loads(run_cli("show", "--json", tmp_path / "half.json").stdout)
    assert item["jobs"][0]["job_id"] == "a\ud83c"
    assert r"a\ud83c" in run_cli("show", tmp_path / "half.json").stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_file_name_that_is_no_text(run_cli: RunCli, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x1b[31m.xml")
    (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    assert run_cli("show", tmp_path).stdout.startswith(f"{tmp_path}{os.sep}\\udcff\\x1b[31m.xml · job callback")
    (item,) = json.loads(run_cli("show", "--json", tmp_path).stdout)
    assert item["source"]["file"] == str(tmp_path / name)


def test_secrets(run_cli: RunCli, tmp_path: Path) -> None:
    job = {"Tag": "DocProcess", "Operation": {"DocProcess": {"DocPassword": "sesame"}}}
    (tmp_path / "a.json").write_text(json.dumps({"EventName": "TaskFinish", "JobsDetail": job}))
    assert "DocPassword  ***" in run_cli("show", tmp_path / "a.json").stdout
    assert "DocPassword  sesame" in run_cli("show", "--secrets", tmp_path / "a.json").stdout


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda below: st.lists(below) | st.dictionaries(st.text(), below)
    )
)
def test_json_says_the_same_on_one_line(value: object) -> None:
    text = as_json(value)
    assert json.loads(text) == value
    assert len(text.splitlines()) == 1
    assert all(character >= " " for character in text)


def test_a_broken_member_of_an_archive_is_told_by_file_and_member(run_cli: RunCli, tmp_path: Path) -> None:
    archive = tmp_path / "saved.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("broken.xml", "<Response>")
    done = run_cli("show", archive, "--json")
    assert done.stderr.startswith(f"error: {archive}!broken.xml:1:11: ")
    (item,) = json.loads(done.stdout)
    assert (item["source"]["file"], item["source"]["member"]) == (str(archive), "broken.xml")
