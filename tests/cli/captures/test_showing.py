"""``captures show``, and captures where a file could be named."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from callback_lens.store.model import Forward, microseconds
from callback_lens.store.opening import open_store
from stored_captures import ARRIVED, sample, store_captures, wire

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
MISSING = "error: id:9: there is no capture with the id 9 (callback-lens captures list lists them)\n"


def test_request_times_answer_and_payload(captures: RunCli, run_cli: RunCli, profile: Path) -> None:
    with open_store(profile) as store, store.writing() as writer:
        writer.answered([(2, ARRIVED + 2000)])
    done = captures("show", 2)
    head, facts, payload = done.stdout.split("\n\n", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert head.splitlines() == [
        "POST /callback?token=*** HTTP/1.1",
        "  Host: localhost:8787",
        "  User-Agent: Go-http-client/1.1",
        "  Content-Length: 9999",
        "  Content-Type: application/xml",
        "  x-MiXed: 1",
        "  X-Token: ***",
        "  x-MiXed: 2",
        "  Accept-Encoding: gzip",
    ]
    for said in ("127.0.0.1:50000", "(after 0.5 ms)", "(after 2.0 ms)", "200 OK", "2.21 KiB"):
        assert said in facts
    assert payload == run_cli("show", "id:2").stdout


def test_secrets_are_shown_on_request(captures: RunCli) -> None:
    assert "hush" not in captures("show", "id:2").stdout
    shown = captures("show", "id:2", "--secrets").stdout
    assert "POST /callback?token=hush HTTP/1.1\n" in shown
    assert "  X-Token: hush\n" in shown


def test_deliveries_and_forwards(captures: RunCli, profile: Path) -> None:
    with open_store(profile) as store, store.writing() as writer:
        writer.forwarded(
            Forward(3, "http://a.example/?token=hush", 1, microseconds(datetime.now(UTC)), error="refused")
        )
        writer.forwarded(Forward(3, "http://a.example/?token=hush", 2, microseconds(datetime.now(UTC)), status=204))
    lines = captures("show", 3).stdout.splitlines()
    deliveries = lines.index("Deliveries of this job")
    assert [line.split()[0] for line in lines[deliveries + 1 : deliveries + 3]] == ["1", "3"]
    assert lines[deliveries + 2].endswith("0 s later  delivery 2 of 2")
    sent_on = lines.index("Sent on")
    assert lines[sent_on + 1].endswith("http://a.example/?token=***  attempt 1  refused")
    assert lines[sent_on + 2].endswith("http://a.example/?token=***  attempt 2  204")


def test_as_json(captures: RunCli, run_cli: RunCli) -> None:
    done = captures("show", 3, "--json")
    item = json.loads(done.stdout)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert (item["id"], item["target"], item["answer"]) == (3, "/callback?token=***", "OK")
    assert (item["committed"], item["answered"]) == ("2023-11-14T22:13:20.000500+00:00", None)
    assert item["headers"][4:7] == [["x-MiXed", "1"], ["X-Token", "***"], ["x-MiXed", "2"]]
    assert [(other["id"], other["delivery"]) for other in item["deliveries"]] == [(1, 1), (3, 2)]
    assert item["payloads"] == json.loads(run_cli("show", "--json", "id:3").stdout)


def test_the_line_end_of_an_answer_is_no_part_of_it(captures: RunCli, profile: Path) -> None:
    (id_,) = store_captures(profile, [wire(b"", status=400, answer=b"no proper HTTP\n")])
    lines = captures("show", id_).stdout.splitlines()
    assert [line.split(maxsplit=1)[1] for line in lines if "Answer " in line] == ["400 no proper HTTP"]
    assert json.loads(captures("show", id_, "--json").stdout)["answer"] == "no proper HTTP\n"


def test_a_body_that_is_no_payload(captures: RunCli) -> None:
    done = captures("show", 6)
    assert done.returncode == 2
    assert done.stdout.startswith("POST /\\udcff\\x1b HTTP/1.1\n")
    assert done.stderr.startswith("error: id:6:1:1: ")
    assert json.loads(captures("show", 6, "--json").stdout)["payloads"][0]["error"]["line"] == 1


def test_no_body_at_all(captures: RunCli) -> None:
    done = captures("show", 5)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(captures("show", 5, "--json").stdout)["payloads"] == []


def test_the_body_as_it_came(profile: Path) -> None:
    body = bytes(range(256)) * 5000  # more than the store keeps in one row
    with open_store(profile) as store:
        with store.writing() as writer:
            upload = writer.begin(wire(b"").request)
            writer.append(upload, body[:1_000_000])
            writer.append(upload, body[1_000_000:])
        with store.writing() as writer:
            number = writer.finish(upload, wire(b""), ARRIVED)
    command = [sys.executable, "-m", "callback_lens", "--profile", profile, "captures", "show", str(number), "--raw"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == body


def test_there_is_no_such_capture(captures: RunCli) -> None:
    assert captures("show", 9).stderr == MISSING.replace("id:9: ", "")
    done = captures("show", "nine")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'nine' is no id such as 12" in done.stderr


# --- id:N where a file could be named ---------------------------------------------------------------------------------


def test_show_and_tree_take_captures_among_files(captures: RunCli, run_cli: RunCli) -> None:
    done = run_cli("show", "id:2", "id:9", "id:1")
    assert (done.returncode, done.stderr) == (2, MISSING)
    assert [line.split(" · ")[0] for line in done.stdout.splitlines() if line.startswith("id:")] == ["id:2", "id:1"]
    assert run_cli("tree", "id:4", "--path", "WorkflowExecution.RunId").stdout.endswith(
        "i5a73956737fa11f074d220d78f4e7288\n"
    )
    assert run_cli("show", "id:5").stderr == "error: id:5: the request has no body\n"


def test_a_transcript_of_a_capture(run_cli: RunCli, profile: Path) -> None:
    (number,) = store_captures(profile, [wire(sample("SpeechRecognition/api-success.xml"))])
    done = run_cli("export", f"id:{number}", "--to", "srt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "-->" in done.stdout


def test_a_picture_of_a_capture(run_cli: RunCli, profile: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out.png", tmp_path / "other.png"
    assert run_cli("render", "id:2", "-o", out, "--tab", "request").returncode == 0
    assert run_cli("render", "id:1", "-o", other, "--tab", "request").returncode == 0
    assert out.read_bytes() != other.read_bytes()
    assert run_cli("render", "id:9", "-o", tmp_path / "none.png").stderr == MISSING.replace("id:9: ", "")
    assert not (tmp_path / "none.png").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_open_takes_captures(run_cli: RunCli, profile: Path) -> None:
    done = run_cli("id:2", env={"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""})
    assert done.stdout == run_cli("show", "id:2").stdout


def test_a_file_that_is_called_so(run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "id:1").write_bytes(sample("SmartCover/api-failed.xml"))
    monkeypatch.chdir(tmp_path)
    assert run_cli("show", os.path.join(".", "id:1")).returncode == 0  # noqa: PTH118 - pathlib would drop the dot
