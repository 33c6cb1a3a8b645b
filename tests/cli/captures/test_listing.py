"""``captures list``."""

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from callback_lens.cli.captures.listing import PAGE
from stored_captures import sample, store_captures, wire

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]
Listed = Callable[..., list[dict[str, Any]]]
KEYS = (
    *("id", "arrived", "method", "target", "peer", "http_version", "status", "size", "sha256", "complete", "refused"),
    *("pinned", "note", "family", "event", "tag", "state", "job_id", "object", "delivery"),
)


def test_an_object_has_exactly_these_keys(listed: Listed) -> None:
    items = listed()
    assert [item["id"] for item in items] == [6, 5, 4, 3, 2, 1]
    assert all(tuple(item) == KEYS for item in items)
    assert items[3] == {
        "id": 3,
        "arrived": "2023-11-14T22:13:20.000000+00:00",
        "method": "POST",
        "target": "/callback?token=***",
        "peer": "127.0.0.1:50000",
        "http_version": "1.1",
        "status": 200,
        "size": len(sample("SmartCover/api-success.xml")),
        "sha256": hashlib.sha256(sample("SmartCover/api-success.xml")).hexdigest(),
        "complete": True,
        "refused": None,
        "pinned": False,
        "note": None,
        "family": "job",
        "event": "TaskFinish",
        "tag": "SmartCover",
        "state": "Success",
        "job_id": "jc0a47e54652a11f0c1f45536dbd1f66f",
        "object": "clips/night-market.mp4",
        "delivery": 2,
    }


def test_what_was_refused(listed: Listed) -> None:
    (item,) = listed("is:refused")
    assert (item["status"], item["complete"], item["refused"]) == (404, False, "the token is missing")
    assert item["target"] == "/\udcff\x1b", "bytes that are no UTF-8 can be had back"
    assert [item[key] for key in KEYS[-7:]] == [None] * 7


def test_what_was_refused_in_chinese_has_the_same_keys(captures: RunCli, listed: Listed) -> None:
    assert [item.keys() for item in listed("--lang", "zh")] == [item.keys() for item in listed()]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["tag:SmartCover"], [3, 1]),
        (["tag:SmartCover", "OR", "tag:StreamExtract"], [3, 2, 1]),
        (["NOT tag:SmartCover", "NOT is:refused"], [5, 4, 2]),
        (["港"], [4]),
        (["2"], [2]),
        (["id:2", "1", "2"], [2, 1]),
        (["tag:none"], []),
    ],
)
def test_filters_and_ids(listed: Listed, words: list[str], ids: list[int]) -> None:
    assert [item["id"] for item in listed(*words)] == ids


def test_a_limit(listed: Listed) -> None:
    assert [item["id"] for item in listed("--limit", 2)] == [6, 5]
    assert [item["id"] for item in listed("tag:SmartCover", "--limit", 1)] == [3]
    assert [item["id"] for item in listed("1", "2", "3", "--limit", 2)] == [3, 2]


def test_lines_are_aligned_and_harmless(captures: RunCli) -> None:
    done = captures("list")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr, len(lines)) == (0, "", 6)
    assert len({line.index("POST") for line in lines}) == 1
    assert lines[0].startswith("6  ")
    assert lines[0].endswith("refused: the token is missing")
    assert lines[3].endswith("delivery 2 of 2")
    assert not {"\x1b", "\udcff", "hush"} & {*done.stdout, *done.stdout.split("=")}


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_tokens_are_masked_unless_asked_for(captures: RunCli, options: list[str]) -> None:
    assert "hush" not in captures("list", *options).stdout
    assert captures("list", "--secrets", *options).stdout.count("/callback?token=hush") == 5


def test_more_than_a_page(listed: Listed, profile: Path) -> None:
    ids = store_captures(profile, [wire(b"%d" % number) for number in range(2 * PAGE)])
    assert [item["id"] for item in listed()] == list(range(ids[-1], 0, -1))
    assert len(listed("--limit", PAGE + 1)) == PAGE + 1


def test_an_empty_profile(run_cli: RunCli) -> None:
    done = run_cli("captures", "list")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["tag:"], "error: FILTER:1:5: something is missing after tag:\n"),
        (["tag:a", "(b"], "error: FILTER:1:7: the closing bracket is missing\n"),
        (["7"], "error: there is no capture with the id 7 (callback-lens captures list lists them)\n"),
    ],
)
def test_what_is_no_filter_and_no_capture(captures: RunCli, words: list[str], error: str) -> None:
    done = captures("list", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", error)
