from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.blocks.model import Gallery, View
from callback_lens.payload.jobs import Job
from callback_lens.tags import view_job

MakeJob = Callable[..., Job]
PLACE = {"Bucket": "lens-1250000000", "Region": "ap-guangzhou"}
TEMPLATE = "covers/${Number}.jpg"
RULES = {"Count": "2", "DeleteDuplicates": "false", "Format": "jpg", "Width": "1280", "Height": "720"}


def cover_view(job: MakeJob, names: list[str], rules: Any = RULES, state: str = "Success", **output: Any) -> View:
    operation = {
        "Output": PLACE | {"Object": TEMPLATE} | output,
        "MediaResult": {"OutputFile": PLACE | {"ObjectName": names}},
        "SmartCover": rules,
    }
    return view_job(job(Tag="SmartCover", State=state, Operation=operation))


def gallery_of(view: View) -> Gallery:
    (gallery,) = (block for block in view.blocks if isinstance(block, Gallery))
    return gallery


def test_covers_in_the_order_written(job: MakeJob) -> None:
    view = cover_view(job, ["covers/1.jpg", "covers/0.jpg"])
    gallery = gallery_of(view)
    assert (gallery.width, gallery.height, gallery.template) == (1280, 720, TEMPLATE)
    assert [(picture.index, picture.object.key) for picture in gallery.pictures] == [
        (0, "covers/1.jpg"),
        (1, "covers/0.jpg"),
    ]
    assert gallery.pictures[0].object.url == ("https://lens-1250000000.cos.ap-guangzhou.myqcloud.com/covers/1.jpg")
    assert gallery.pictures[1].path == "JobsDetail[0].Operation.MediaResult.OutputFile.ObjectName[1]"
    assert [(output.role, output.index, output.requested, output.produced) for output in view.outputs] == [
        ("cover", 0, True, True),
        ("cover", 1, True, True),
    ]
    assert view.findings == ()
    assert view.settings == RULES
    assert [block.id for block in view.blocks] == ["covers", "settings", "job"]


@pytest.mark.parametrize("names", [[], ["covers/0.jpg"], [f"covers/{number}.jpg" for number in range(3)]])
def test_the_count_against_the_covers(job: MakeJob, names: list[str]) -> None:
    found = {finding.code: finding for finding in cover_view(job, names).findings}
    assert found.keys() - {"key-is-template"} == {"count-mismatch"}
    mismatch = found["count-mismatch"]
    assert str(mismatch.message) == f"covers asked for: 2, written: {len(names)}"
    assert (mismatch.expected, mismatch.found) == ("2", str(len(names)))
    assert mismatch.path == "JobsDetail[0].Operation.SmartCover.Count"


def test_a_failed_job_owes_no_covers(job: MakeJob) -> None:
    view = cover_view(job, [], state="Failed")
    assert [finding.code for finding in view.findings] == ["job-failed"]
    assert gallery_of(view).pictures == ()
    assert [(output.object.key, output.role, output.index) for output in view.outputs] == [(TEMPLATE, "cover", None)]


def test_a_count_that_is_none(job: MakeJob) -> None:
    (finding,) = cover_view(job, ["covers/0.jpg"], RULES | {"Count": "few"}).findings
    assert (finding.code, str(finding.message)) == ("bad-number", "few is not a number of covers")
    assert finding.found == "few"


@pytest.mark.parametrize("count", [None, {"a": "b"}])
def test_no_count_is_no_mismatch(job: MakeJob, count: Any) -> None:
    assert cover_view(job, ["covers/0.jpg"], RULES | {"Count": count}).findings == ()


@pytest.mark.parametrize("rules", [None, {"Width": "wide", "Height": "1e999"}])
def test_a_size_that_is_not_known(job: MakeJob, rules: Any) -> None:
    gallery = gallery_of(cover_view(job, ["covers/0.jpg"], rules))
    assert (gallery.width, gallery.height) == (None, None)


def test_covers_beside_the_template(job: MakeJob) -> None:
    view = cover_view(job, ["elsewhere/0.jpg"], RULES | {"Count": "1"})
    assert [(output.object.key, output.requested, output.produced) for output in view.outputs] == [
        ("elsewhere/0.jpg", False, True),
        (TEMPLATE, True, False),
    ]
    assert [finding.code for finding in view.findings] == ["output-unrequested", "key-is-template"]
