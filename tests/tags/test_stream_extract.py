from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.blocks.model import Block, Table
from callback_lens.payload.jobs import Job
from callback_lens.tags import view_job

MakeJob = Callable[..., Job]
PLACE = {"Bucket": "lens-1250000000", "Region": "ap-guangzhou"}


def stream_job(job: MakeJob, streams: Any, names: list[str], state: str = "Success") -> Job:
    file = PLACE | {"ObjectName": names, "Md5Info": [{"ObjectName": name, "Md5": f"md5 of {name}"} for name in names]}
    operation = {"Output": PLACE | {"StreamExtract": streams}, "MediaResult": {"OutputFile": file}}
    return job(Tag="StreamExtract", State=state, Operation=operation)


def table_of(blocks: tuple[Block, ...]) -> list[list[str | None]]:
    (table,) = (block for block in blocks if block.id == "streams")
    assert isinstance(table, Table)
    assert {len(row.cells) for row in table.rows} <= {len(table.columns)}
    return [[cell if cell is None else str(cell) for cell in row.cells[:4]] for row in table.rows]


def test_each_stream_from_its_number_to_its_file(job: MakeJob) -> None:
    streams = [{"Index": "0", "Output": "a.mp4"}, {"Index": "2", "Output": "b.m4a"}, {"Index": "1", "Output": "c.m4a"}]
    view = view_job(stream_job(job, streams, ["c.m4a", "a.mp4"]))
    assert table_of(view.blocks) == [
        ["0", "a.mp4", "yes", "md5 of a.mp4"],
        ["2", "b.m4a", "no", None],
        ["1", "c.m4a", "yes", "md5 of c.m4a"],
    ]
    assert [(output.role, output.index, output.produced) for output in view.outputs] == [
        ("stream", 0, True),
        ("stream", 2, False),
        ("stream", 1, True),
    ]
    (finding,) = view.findings
    assert (finding.code, finding.expected) == ("output-missing", "b.m4a")
    assert finding.path == "JobsDetail[0].Operation.Output.StreamExtract[1]"


def test_nothing_of_the_table_is_shown_again(job: MakeJob) -> None:
    view = view_job(stream_job(job, [{"Index": "0", "Output": "a.mp4"}], ["a.mp4"]))
    assert [block.id for block in view.blocks] == ["streams", "job"]


def test_a_stream_nobody_asked_for(job: MakeJob) -> None:
    view = view_job(stream_job(job, {"Index": "0", "Output": "a.mp4"}, ["a.mp4", "extra.mp4"]))
    assert table_of(view.blocks)[1] == [None, "extra.mp4 (not requested)", "yes", "md5 of extra.mp4"]
    assert [finding.code for finding in view.findings] == ["output-unrequested"]


@pytest.mark.parametrize("index", ["first", "1.5", "0x1"])
def test_a_stream_number_that_is_none(job: MakeJob, index: str) -> None:
    view = view_job(stream_job(job, {"Index": index, "Output": "a.mp4"}, ["a.mp4"]))
    assert table_of(view.blocks) == [[None, "a.mp4", "yes", "md5 of a.mp4"]]
    (finding,) = view.findings
    assert (finding.code, str(finding.message)) == ("bad-number", f"{index} is not a stream number")
    assert (finding.path, finding.found) == ("JobsDetail[0].Operation.Output.StreamExtract[0].Index", index)


def test_a_stream_without_number_or_key(job: MakeJob) -> None:
    view = view_job(stream_job(job, [{"Index": "0"}, {"Output": "b.mp4"}], ["b.mp4"]))
    assert table_of(view.blocks) == [["0", None, "no", None], [None, "b.mp4", "yes", "md5 of b.mp4"]]
    assert view.findings == ()


def test_a_failed_job_wrote_nothing_and_misses_nothing(job: MakeJob) -> None:
    view = view_job(stream_job(job, {"Index": "0", "Output": "a.mp4"}, [], state="Failed"))
    assert table_of(view.blocks) == [["0", "a.mp4", "no", None]]
    assert [finding.code for finding in view.findings] == ["job-failed"]


def test_a_job_that_asks_for_nothing(job: MakeJob) -> None:
    view = view_job(job(Tag="StreamExtract", State="Success", Operation={"UserData": "x"}))
    assert [block.id for block in view.blocks] == ["job"]
