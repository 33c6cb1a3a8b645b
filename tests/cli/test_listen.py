"""``listen`` as people and the window run it: what it says, what it refuses, how it ends."""

import json
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from listeners import TIMEOUT, command, listed, listening, run

KEYS = [
    *("id", "arrived", "method", "target", "peer", "http_version", "status", "size", "sha256", "complete", "refused"),
    *("pinned", "note", "family", "event", "tag", "state", "job_id", "object", "delivery"),
]
JOB = b"<Response><EventName>TaskFinish</EventName><JobsDetail><JobId>j1</JobId><Tag>Tts</Tag></JobsDetail></Response>"


def post(url: str, body: bytes = JOB, target: str = "callback") -> int:
    """The status of the answer."""
    request = urllib.request.Request(url + target, body, method="POST")  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_a_json_object_for_each_capture(tmp_path: Path) -> None:
    with listening(tmp_path) as listener:
        assert post(listener.url) == 200
        (said,) = listener.captured(1)
    assert list(said) == KEYS
    assert (said["id"], said["method"], said["target"], said["size"]) == (1, "POST", "/callback", len(JOB))
    assert (said["complete"], said["refused"], said["tag"], said["delivery"]) == (True, None, None, None)
    (found,) = listed(tmp_path)
    assert found == {**said, **{key: found[key] for key in KEYS[KEYS.index("family") :]}}
    assert (found["tag"], found["job_id"]) == ("Tts", "j1")


@pytest.mark.parametrize("is_asked", [False, True])
def test_tokens_are_masked_unless_asked(tmp_path: Path, is_asked: bool) -> None:
    token = "s3cret-0123456789"  # noqa: S105 - hides nothing
    options = ["--secrets"] if is_asked else []
    with listening(tmp_path, "--token", token, *options) as listener:
        assert [post(listener.url), post(listener.url, target=f"a?token={token}")] == [404, 200]
        assert post(listener.url, target=f"a/{token}") == 200
        stranger, first, second = listener.captured(3)
    assert (stranger["size"], stranger["complete"]) == (0, False)
    assert "token" in stranger["refused"]
    assert [token in said["target"] for said in (first, second)] == [is_asked, is_asked]


def test_lines_for_people_have_no_control_characters(tmp_path: Path) -> None:
    with listening_for_people(tmp_path) as process:
        url = process_url(process)
        with closing(socket.create_connection(("127.0.0.1", int(url.rstrip("/").rpartition(":")[2])))) as client:
            client.sendall(b"BR\x1b[31mEAK\x07 / HTTP/1.1\r\n\r\n")
            assert b"400" in client.recv(4096)
        assert post(url, target="%1b[2J") == 200
        first, second = process.stdout.readline(), process.stdout.readline()  # type: ignore[union-attr]
        process.send_signal(signal.SIGTERM)
    assert "refused: this is no proper HTTP request" in first
    assert "/%1b[2J" in second
    assert first.rstrip("\n").isprintable()
    assert second.rstrip("\n").isprintable()


def listening_for_people(profile: Path, *options: str) -> "subprocess.Popen[str]":
    arguments = command(profile, "listen", "--port", "0", *options)
    pipe = subprocess.PIPE
    return subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT, encoding="utf-8"
    )


def process_url(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    said = process.stdout.readline()
    assert said.startswith("Listening on http://")
    return said.split()[-1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_in_order(tmp_path: Path, number: int) -> None:
    with listening_for_people(tmp_path, "--quiet") as process:
        url = process_url(process)
        assert post(url) == 200
        process.send_signal(number)
        assert process.stdout
        assert process.stdout.read() == ""
        assert process.wait(TIMEOUT) == 0
    assert [found["id"] for found in listed(tmp_path)] == [1]


def test_a_reader_that_goes_away_stops_nothing(tmp_path: Path) -> None:
    """A window that crashes closes standard input and output: the listener still takes callbacks."""
    with listening_for_people(tmp_path) as process:
        url = process_url(process)
        assert process.stdout
        process.stdout.close()
        assert [post(url) for _ in range(20)] == [200] * 20
        process.send_signal(signal.SIGTERM)
        assert process.wait(TIMEOUT) == 0
    assert len(listed(tmp_path)) == 20


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_warnings_that_cannot_be_written_stop_nothing(tmp_path: Path) -> None:
    arguments = command(tmp_path, "listen", "--json", "--port", "0", "--host", "0.0.0.0")  # noqa: S104 - is warned of
    pipe = subprocess.PIPE
    with (
        Path("/dev/full").open("w") as full,
        subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=full) as process,
    ):
        assert process.stdout
        url = json.loads(process.stdout.readline())["listening"]
        assert post(url) == 200
        assert json.loads(process.stdout.readline())["id"] == 1
        assert process.communicate(b"stop\n", timeout=TIMEOUT)[0] == b""
        assert process.returncode == 0


def test_a_reader_that_does_not_read_stops_nothing(tmp_path: Path) -> None:
    with listening_for_people(tmp_path, "--json") as process:
        assert process.stdout
        url = json.loads(process.stdout.readline())["listening"]
        assert [post(url) for _ in range(400)] == [200] * 400  # more lines than a pipe holds
        process.send_signal(signal.SIGTERM)
        assert len(process.stdout.read().splitlines()) == 400


def test_a_second_listener_is_refused(tmp_path: Path) -> None:
    with listening(tmp_path) as listener:
        done = run(tmp_path, "listen", "--port", "0")
    assert done.returncode == 2
    assert f"runs already at {listener.url} (process {listener.process.pid})" in done.stderr.decode()


def test_a_taken_port_names_its_owner(tmp_path: Path) -> None:
    with listening(tmp_path / "first") as listener:
        port = listener.url.rstrip("/").rpartition(":")[2]
        done = run(tmp_path / "second", "listen", "--port", port)
    assert done.returncode == 2
    assert "is taken (another listener of Callback Lens has it" in done.stderr.decode()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--answer", "500,abc"], "no list of statuses"),
        (["--answer", "100"], "no list of statuses"),
        (["--port", "70000"], "is not a port"),
        (["--forward", "ftp://localhost/"], "no address to send to"),
        (["--host", "192.0.2.1", "--port", "0"], "not an address of this computer"),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, options: list[str], reason: str) -> None:
    done = run(tmp_path, "listen", *options)
    assert done.returncode == 2
    assert reason in done.stderr.decode()


def test_open_to_others_without_a_token(tmp_path: Path) -> None:
    with listening_for_people(tmp_path, "--host", "0.0.0.0") as process:  # noqa: S104 - what is tested
        assert process.stdout
        assert "warning: other computers can send requests" in process.stdout.readline()
        process_url(process)
        process.send_signal(signal.SIGTERM)


def test_the_answers_asked_for(tmp_path: Path) -> None:
    with listening(tmp_path, "--answer", "500,503,200", "--delay", "0.01") as listener:
        assert [post(listener.url) for _ in range(4)] == [500, 503, 200, 200]
    assert [found["status"] for found in listed(tmp_path)] == [200, 200, 503, 500]


def test_limits(tmp_path: Path) -> None:
    with listening(tmp_path, "--max-body", "10") as listener:
        assert post(listener.url, bytes(11)) == 413
        (said,) = listener.captured(1)
    assert said["refused"] == "the body has more than 10 bytes"


def test_captures_are_forwarded(tmp_path: Path) -> None:
    with listening(tmp_path / "second") as second:
        with listening(tmp_path / "first", "--forward", second.url + "on?token=abc") as first:
            assert post(first.url) == 200
            (arrived,) = second.captured(1)
            assert arrived["sha256"] == first.captured(1)[0]["sha256"]
        shown = json.loads(run(tmp_path / "first", "captures", "show", "1", "--json").stdout)
    assert [(forward["attempt"], forward["status"]) for forward in shown["forwards"]] == [(1, 200)]


def test_two_that_forward_to_each_other_come_to_an_end(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = found.getsockname()[1]
    with listening(tmp_path / "first", "--forward", f"http://127.0.0.1:{port}/") as first:
        arguments = command(tmp_path / "second", "listen", "--json", "--port", port, "--forward", first.url)
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as second:
            assert second.stdout
            second.stdout.readline()
            assert post(first.url) == 200
            second.stdout.readline()
            second.send_signal(signal.SIGTERM)
    assert len(listed(tmp_path / "second")) == 1
    assert len(listed(tmp_path / "first")) == 1


def test_never_forwarded_to_itself(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = found.getsockname()[1]
    done = run(tmp_path, "listen", "--port", port, "--forward", f"http://localhost:{port}/")
    assert done.returncode == 2
    assert "to the listener itself" in done.stderr.decode()
