from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.blocks.media import bitrate_unit, check_media, read_media
from callback_lens.blocks.model import Media
from callback_lens.payload.findings import Severity
from callback_lens.payload.jobs import Job
from callback_lens.payload.nodes import Node

MakeJob = Callable[..., Job]
# 1 MB in 10 s: 800 kbit/s.
FORMAT = {"Duration": "10", "Size": "1000000"}


def operation(job: MakeJob, media: Any) -> Node:
    found = job(Operation={"UserData": "x", "MediaInfo": media}).node.first("Operation")
    assert found is not None
    return found


def media_of(job: MakeJob, media: Any) -> Media:
    found = read_media(operation(job, media))
    assert found is not None
    return found


def test_container_and_streams(job: MakeJob) -> None:
    streams = {"Audio": {"Index": "1", "CodecName": "aac"}, "Video": [{"Index": "0", "Width": "1280"}, {"Fps": "25/1"}]}
    media = media_of(job, {"Format": FORMAT, "Stream": streams})
    assert [(field.name, field.text) for field in media.format] == [("Duration", "10"), ("Size", "1000000")]
    assert [(stream.type, stream.index, stream.path.rpartition(".")[2]) for stream in media.streams] == [
        ("Video", "0", "Video[0]"),
        ("Video", None, "Video[1]"),
        ("Audio", "1", "Audio[0]"),
    ]
    assert [field.path for field in media.streams[2].fields] == [
        "JobsDetail[0].Operation.MediaInfo.Stream.Audio[0].Index",
        "JobsDetail[0].Operation.MediaInfo.Stream.Audio[0].CodecName",
    ]


@pytest.mark.parametrize("media", [None, {"Format": None, "Stream": {"Video": None, "Audio": None}}])
def test_an_empty_shell_is_no_media(job: MakeJob, media: Any) -> None:
    assert read_media(operation(job, media)) is None


def test_what_stands_deeper_in_a_stream_is_shown_too(job: MakeJob) -> None:
    media = media_of(job, {"Stream": {"Video": {"Disposition": {"Title": "cut 2"}}}})
    assert [(field.name, field.text) for field in media.streams[0].fields] == [("Disposition.Title", "cut 2")]


def test_bitrates_are_in_the_unit_that_fits_the_file(job: MakeJob) -> None:
    """Documented: kbps. Some documented samples are in bps."""
    streams = {"Video": {"Bitrate": "700000"}, "Audio": [{"Bitrate": "96.5"}, {"Bitrate": "9000000"}]}
    media = media_of(job, {"Format": FORMAT | {"Bitrate": "800.0"}, "Stream": streams})
    fields = [*media.format, *(field for stream in media.streams for field in stream.fields)]
    units = {field.text: field.unit for field in fields if field.name == "Bitrate"}
    assert units == {"800.0": "kbps", "700000": "bps", "96.5": "kbps", "9000000": None}
    assert {field.unit for field in fields if field.name != "Bitrate"} == {None}


@pytest.mark.parametrize(
    ("text", "measured", "unit"),
    [
        ("800", 800_000, "kbps"),
        ("1200", 800_000, "kbps"),
        ("1201", 800_000, "bps"),
        ("1200000", 800_000, "bps"),
        ("1200001", 800_000, None),
        ("0", 800_000, "kbps"),
        ("800", None, None),
        ("variable", 800_000, None),
    ],
)
def test_bitrate_units(text: str, measured: float | None, unit: str | None) -> None:
    assert bitrate_unit(text, measured) == unit


@pytest.mark.parametrize(
    "container",
    [
        {"Duration": "10"},
        {"Size": "1000000"},
        {"Size": "1000000", "Duration": "0"},
        {"Size": "1000000", "Duration": "-10"},
        {"Size": "large", "Duration": "10"},
        {"Size": "9" * 308, "Duration": "0.5"},  # more bits per second than a double holds
        {"Size": "1e308", "Duration": "1e-300"},
    ],
)
def test_without_a_measure_a_bitrate_has_no_unit(job: MakeJob, container: dict[str, str]) -> None:
    media = media_of(job, {"Format": container | {"Bitrate": "800"}})
    assert media.format[-1].unit is None


@pytest.mark.parametrize("said", ["1", "two"])
def test_streams_are_counted(job: MakeJob, said: str) -> None:
    media = {"Format": {"NumStream": said}, "Stream": {"Video": {"Index": "0"}, "Audio": {"Index": "1"}}}
    (finding,) = check_media(operation(job, media))
    assert (finding.severity, finding.code) == (Severity.INFO, "stream-count-mismatch")
    assert str(finding.message) == f"NumStream is {said}; streams listed: 2"
    assert finding.path == "JobsDetail[0].Operation.MediaInfo.Format.NumStream"
    assert (finding.expected, finding.found) == ("2", said)


@pytest.mark.parametrize(
    "media",
    [
        {"Format": {"NumStream": "2"}, "Stream": {"Video": {"Index": "0"}, "Audio": {"Index": "1"}}},
        {"Format": {"NumStream": "2"}},
        {"Stream": {"Video": {"Index": "0"}}},
        {"Format": {"NumStream": {"a": "b"}}, "Stream": {"Video": {"Index": "0"}}},
    ],
)
def test_nothing_to_compare_or_equal(job: MakeJob, media: Any) -> None:
    assert list(check_media(operation(job, media))) == []
