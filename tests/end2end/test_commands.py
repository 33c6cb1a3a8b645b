"""The commands together: a callback on its way from ``send`` through ``listen`` to all that can be done with it."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from callback_lens.resources import sample_names
from listeners import TIMEOUT, Listener, command, lines, listed, listening, run
from stored_captures import sample

SAMPLES = sample_names()
DIGESTS = [hashlib.sha256(sample(name)).hexdigest() for name in SAMPLES]


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    with listening(tmp_path / "profile") as started:
        yield started


def test_every_sample_is_listed_shown_and_exported(listener: Listener, tmp_path: Path) -> None:
    profile = listener.profile
    for name in SAMPLES:
        assert listener.send(name, target="in?token=hush").returncode == 0
    assert [captured["sha256"] for captured in listener.captured(len(SAMPLES))] == DIGESTS
    found = listed(profile)
    assert [item["id"] for item in found] == list(range(len(SAMPLES), 0, -1))
    assert [item["tag"] or item["event"] for item in found[::-1]] == [name.partition("/")[0] for name in SAMPLES]
    assert {item["target"] for item in found} == {"/in?token=***"}
    (shown,) = json.loads(run(profile, "show", "id:1", "--json").stdout)
    assert (shown["source"]["file"], shown["jobs"][0]["job_id"]) == ("id:1", found[-1]["job_id"])
    head = lines(profile, "captures", "show", "id:1")[:6]
    assert head[0] == "POST /in?token=*** HTTP/1.1"
    assert [line.partition(":")[0].strip() for line in head[1:]] == [
        *("Host", "User-Agent", "Content-Length", "Content-Type", "Accept-Encoding")
    ]
    lines(profile, "captures", "export", "-o", tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert [(tmp_path / "out" / item["file"]).read_bytes() for item in manifest[::-1]] == list(map(sample, SAMPLES))


def test_replay_to_a_second_listener_and_delete(listener: Listener, tmp_path: Path) -> None:
    profile = listener.profile
    for name in SAMPLES[:2]:
        assert listener.send(name).returncode == 0
    with listening(tmp_path / "second") as second:
        replies = lines(profile, "captures", "replay", "after:2000-01-01", "--to", f"{second.url}again")
        assert [line.split()[:2] for line in replies] == [["id:1", "200"], ["id:2", "200"]]
        assert [captured["sha256"] for captured in second.captured(2)] == DIGESTS[:2]
        first, again = (json.loads(*lines(one, "captures", "show", 1, "--json")) for one in (profile, second.profile))
    (forward,) = first["forwards"]
    assert (forward["url"], forward["status"]) == (f"{second.url}again", 200)
    headers = [{name: value for name, value in one["headers"] if name != "Host"} for one in (first, again)]
    assert headers[0] == headers[1]
    assert lines(profile, "captures", "delete", "tag:SmartCover", "--yes") == ["captures deleted: 1"]
    assert [item["id"] for item in listed(profile)] == [1]


def test_the_index_can_be_deleted(tmp_path: Path) -> None:
    with listening(tmp_path) as listener:
        assert listener.send(SAMPLES[0], "--count", 3).returncode == 0
    before = listed(tmp_path)
    for file in tmp_path.glob("index.db*"):
        file.unlink()
    assert [item["delivery"] for item in before] == [3, 2, 1]
    assert listed(tmp_path) == before
    assert lines(tmp_path, "captures", "rebuild-index") == ["captures indexed: 3"]
    assert listed(tmp_path) == before


def test_one_profile_has_one_listener(listener: Listener) -> None:
    second = run(listener.profile, "listen", "--port", 0)
    assert (second.returncode, second.stdout) == (2, b"")
    assert f"runs already at {listener.url} (process {listener.process.pid})" in second.stderr.decode()


def test_captures_come_while_others_are_deleted(listener: Listener) -> None:
    assert listener.send(SAMPLES[0], "--count", 200).returncode == 0
    sending = command(listener.profile, "send", SAMPLES[1], "--to", listener.url, "--count", 300)
    with subprocess.Popen(sending, stdout=subprocess.PIPE) as sender:
        deleted = lines(listener.profile, "captures", "delete", *range(1, 201), "--yes")
        output = sender.communicate(timeout=TIMEOUT)[0].decode()
    assert deleted == ["captures deleted: 200"]
    assert ": 300 × 200; " in output
    assert [item["id"] for item in listed(listener.profile)] == list(range(500, 200, -1))


def test_answers_in_turn(tmp_path: Path) -> None:
    with listening(tmp_path, "--answer", "500,503,200") as listener:
        done = listener.send(SAMPLES[0], "--count", 4)
        statuses = [captured["status"] for captured in listener.captured(4)]
    assert (done.returncode, statuses) == (1, [500, 503, 200, 200])
    assert [line.split()[1] for line in done.stdout.decode().splitlines()[:4]] == ["500", "503", "200", "200"]


def test_what_was_refused_is_on_record(tmp_path: Path) -> None:
    with listening(tmp_path, "--token", "hush") as listener:
        assert listener.send(SAMPLES[0], target="?token=wrong").returncode == 1
        assert listener.send(SAMPLES[0], target="?token=hush").returncode == 0
        refused, taken = listener.captured(2)
        assert (refused["status"], refused["size"], taken["status"], taken["refused"]) == (404, 0, 200, None)
        assert [item["id"] for item in listed(tmp_path, "is:refused")] == [refused["id"]]
        assert run(tmp_path, "captures", "replay", refused["id"], "--to", listener.url).returncode == 2


def test_a_port_that_is_taken(listener: Listener, tmp_path: Path) -> None:
    port = listener.url.rpartition(":")[2].strip("/")
    taken = run(tmp_path / "b", "listen", "--port", port)
    assert (taken.returncode, taken.stdout) == (2, b"")
    assert taken.stderr.decode().startswith(f"error: port {port} of 127.0.0.1 is taken (another listener of Callback")
