"""``captures replay``."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.store.model import Forward
from callback_lens.store.opening import open_store
from receiving import HANG_UP, UNAVAILABLE, Receiver, run_against
from stored_captures import sample, store_captures, wire

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


def replay(receiver: Receiver, profile: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return run_against(
        receiver, lambda url: ("--profile", profile, "captures", "replay", *words, "--to", f"{url}/in?token=x")
    )


def forwards(profile: Path, number: int) -> list[Forward]:
    with open_store(profile) as store:
        details = store.details(number)
    assert details is not None
    return list(details.forwards)


def test_method_headers_and_body_as_they_came(profile: Path) -> None:
    receiver = Receiver()
    (number,) = store_captures(profile, [wire(b"\xff\x00\r\n", method="PUT")])
    done = replay(receiver, profile, str(number))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"id:{number}  200  ")
    ((head, body),) = receiver.requests
    assert body == b"\xff\x00\r\n"
    line, host, *lines = head.split(b"\r\n")
    assert line == b"PUT /in?token=x HTTP/1.1"
    assert host.startswith(b"Host: 127.0.0.1:")
    assert lines == [
        b"User-Agent: Go-http-client/1.1",
        b"Content-Type: application/xml",
        b"x-MiXed: 1",
        b"X-Token: hush",
        b"x-MiXed: 2",
        b"Accept-Encoding: gzip",
        b"Content-Length: 4",
        b"",
        b"",
    ]


def test_what_fits_in_the_order_it_came_on_one_connection(profile: Path) -> None:
    receiver = Receiver()
    done = replay(receiver, profile, "NOT is:refused")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["id:1", "id:2", "id:3", "id:4", "id:5"]
    assert [body for _, body in receiver.requests][1:3] == [
        sample("StreamExtract/partial.xml"),
        sample("SmartCover/api-success.xml"),
    ]
    assert receiver.connections == 1


def test_what_came_of_it_is_kept_on_the_row(profile: Path, run_cli: RunCli) -> None:
    done = replay(Receiver(answers=[UNAVAILABLE]), profile, "2", "1")
    assert done.returncode == 1, "one was not taken"
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["id:1", "503"], ["id:2", "200"]]
    assert [(one.attempt, one.status, one.error) for one in forwards(profile, 1)] == [(1, 503, None)]
    shown = json.loads(run_cli("captures", "show", "2", "--json").stdout)
    assert shown["forwards"][0]["status"] == 200
    assert shown["forwards"][0]["url"].endswith("/in?token=***")


@pytest.mark.parametrize("count", [1, 2])
def test_attempts_are_counted_for_each_address(profile: Path, run_cli: RunCli, count: int) -> None:
    for _ in range(count):
        done = run_cli("captures", "replay", "1", "--to", "http://127.0.0.1:1/?token=hush")
    assert done.returncode == 2
    assert done.stderr.startswith("error: http://127.0.0.1:1/?token=*** cannot be reached: ")
    assert done.stderr.endswith(" (is a listener running there?)\n")
    kept = forwards(profile, 1)
    assert [one.attempt for one in kept] == list(range(1, count + 1))
    assert all(one.error and "cannot be reached" in one.error for one in kept)


def test_a_connection_that_is_ended(profile: Path) -> None:
    done = replay(Receiver(answers=[HANG_UP]), profile, "1")
    assert done.returncode == 2
    assert "ended the connection" in done.stderr


def test_what_did_not_arrive_whole_is_not_sent(profile: Path) -> None:
    receiver = Receiver()
    done = replay(receiver, profile, "6")
    assert (done.returncode, receiver.requests) == (2, [])
    assert done.stderr == "error: id:6: it did not arrive whole, and is not sent again\n"


def test_nothing_fits(profile: Path) -> None:
    done = replay(Receiver(), profile, "tag:none")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
