"""``send`` posts as CI does."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.resources import sample_names
from receiving import HANG_UP, OK, UNAVAILABLE, Receiver, run_against
from stored_captures import sample

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


def send(receiver: Receiver, *arguments: object, stdin: bytes = b"") -> "subprocess.CompletedProcess[str]":
    return run_against(receiver, lambda url: ("send", *arguments, "--to", f"{url}/in"), stdin)


@pytest.mark.parametrize("name", sample_names())
def test_exactly_what_ci_sends(name: str) -> None:
    receiver, body = Receiver(), sample(name)
    done = send(receiver, name)
    assert (done.returncode, done.stderr) == (0, "")
    ((head, sent),) = receiver.requests
    assert sent == body
    line, host, *lines = head.split(b"\r\n")
    assert line == b"POST /in HTTP/1.1"
    assert host.startswith(b"Host: 127.0.0.1:")
    assert lines == [
        b"User-Agent: Go-http-client/1.1",
        b"Content-Length: %d" % len(body),
        b"Content-Type: application/" + (b"json" if name.endswith("json") else b"xml"),
        b"Accept-Encoding: gzip",
        b"",
        b"",
    ]


def test_a_file_and_standard_input_are_sent_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x1f\x8b\x08\xff\r\n")
    receiver = Receiver()
    assert send(receiver, tmp_path / "a.bin").returncode == 0
    assert send(receiver, "-", stdin=b"\xef\xbb\xbf [1]\n").returncode == 0
    assert [body for _, body in receiver.requests] == [b"\x1f\x8b\x08\xff\r\n", b"\xef\xbb\xbf [1]\n"]
    assert b"application/json" in receiver.requests[1][0]


def test_several_times_on_one_connection() -> None:
    receiver = Receiver()
    done = send(receiver, "ReviewImage/detail.json", "--count", 20)
    *lines, summary = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[str(number), "200"] for number in range(1, 21)]
    assert summary.startswith("20 in ")
    assert ": 20 × 200; " in summary
    assert (len(receiver.requests), receiver.connections) == (20, 1)


def test_at_a_rate_it_does_not_wait_for_answers() -> None:
    receiver = Receiver()
    done = send(receiver, "ReviewImage/detail.json", "--count", 50, "--rate", 1000)
    assert (done.returncode, len(receiver.requests)) == (0, 50)


@pytest.mark.parametrize("status", [b"204 No Content", b"302 Found", b"404 Not Found", b"500 Oops"])
def test_the_status_says_whether_all_were_taken(status: bytes) -> None:
    answer = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nLocation: /elsewhere\r\n\r\n" % status
    receiver = Receiver(answers=[OK, answer, OK])
    done = send(receiver, "ReviewImage/detail.json", "--count", 3)
    assert done.returncode == (0 if status.startswith(b"2") else 1)
    assert len(receiver.requests) == 3, "no redirection is followed"
    assert f"1 × {status[:3].decode()}" in done.stdout


def test_an_answer_without_end_is_not_read_to_it() -> None:
    receiver = Receiver(
        answers=[b"HTTP/1.1 200 OK\r\nContent-Length: 99000000000\r\n\r\n" + bytes(1 << 21), UNAVAILABLE]
    )
    done = send(receiver, "ReviewImage/detail.json", "--count", 2)
    assert [line.split()[1] for line in done.stdout.splitlines()[:2]] == ["200", "503"]


def test_a_connection_that_is_ended() -> None:
    done = send(Receiver(answers=[OK, HANG_UP]), "ReviewImage/detail.json", "--count", 3)
    assert (done.returncode, len(done.stdout.splitlines())) == (2, 1)
    assert "/in ended the connection: " in done.stderr


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["none.xml", "--to", "http://127.0.0.1:1/"], "none.xml: cannot be read: No such file or directory"),
        (["ReviewImage/detail.json", "--to", "http://127.0.0.1:1/"], "http://127.0.0.1:1/ cannot be reached: "),
        (["ReviewImage/detail.json", "--to", "ftp://a/"], "ftp://a/ is no address to send to"),
        (["ReviewImage/detail.json", "--to", "127.0.0.1:8787"], "127.0.0.1:8787 is no address to send to"),
        (["ReviewImage/detail.json", "--to", "http://a:99999/"], "http://a:99999/ is no address to send to"),
        (["ReviewImage/detail.json", "--to", "http://[::1"], "http://[::1 is no address to send to"),
        (["ReviewImage/detail.json", "--to", "http://a/", "--rate", "0"], "argument --rate: '0' is not a number"),
    ],
)
def test_what_cannot_be_sent(run_cli: RunCli, arguments: list[str], error: str) -> None:
    done = run_cli("send", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {error}")
    assert len(done.stderr.splitlines()) == 1


def test_a_proxy_of_the_environment_is_not_used(run_cli: RunCli) -> None:
    done = run_cli(
        *("send", "ReviewImage/detail.json", "--to", "http://127.0.0.1:1/"), env={"HTTP_PROXY": "http://127.0.0.1:2/"}
    )
    assert "127.0.0.1:1/ cannot be reached" in done.stderr
