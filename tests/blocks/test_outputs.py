from collections.abc import Callable, Sequence
from typing import Any

import pytest
from callback_lens.blocks.model import Output, Table
from callback_lens.blocks.outputs import OUTPUT_NODES, check_outputs, outputs_block, read_outputs, shown_nodes
from callback_lens.payload.jobs import Job

MakeJob = Callable[..., Job]
PLACE = {"Bucket": "lens-1250000000", "Region": "ap-guangzhou"}


def made(job: MakeJob, output: dict[str, Any], file: dict[str, Any] | None = None, **nodes: Any) -> Job:
    """A job that asks for ``output`` and lists ``file``."""
    operation = {"Output": PLACE | output, "MediaResult": {"OutputFile": PLACE | (file or {})}}
    return job(**{"State": "Success", "Operation": operation} | nodes)


def lines(outputs: Sequence[Output]) -> list[str]:
    """Each file in one line: role, index, key, R equested, P roduced, MD5."""
    return [
        f"{file.role} {file.index} {file.object.key} {'R' * file.requested}{'P' * file.produced} {file.md5}"
        for file in outputs
    ]


def found(job: Job) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.message)) for finding in check_outputs(read_outputs(job), job)]


def test_a_job_without_operation_has_no_files(job: MakeJob) -> None:
    assert read_outputs(job(JobId="j1")) == ()


def test_a_file_is_found_by_its_key(job: MakeJob) -> None:
    md5 = {"ObjectName": "out/a.mp4", "Md5": "00ff"}
    made_job = made(job, {"Object": "out/a.mp4"}, {"ObjectName": "out/a.mp4", "Md5Info": md5})
    (file,) = read_outputs(made_job)
    assert lines([file]) == ["output None out/a.mp4 RP 00ff"]
    assert (file.object.bucket, file.object.region) == ("lens-1250000000", "ap-guangzhou")
    assert file.object.cos_uri == "cos://lens-1250000000/out/a.mp4"
    assert file.path == "JobsDetail.Operation.MediaResult.OutputFile.ObjectName[0]".replace("Detail", "Detail[0]")
    assert found(made_job) == []


@pytest.mark.parametrize(("asked", "listed", "summed"), [("/a", "a", "a"), ("a", "/a", "a"), ("a", "a", "/a")])
def test_a_leading_slash_makes_no_other_key(job: MakeJob, asked: str, listed: str, summed: str) -> None:
    md5 = {"ObjectName": summed, "Md5": "00ff"}
    made_job = made(job, {"Object": asked}, {"ObjectName": listed, "Md5Info": md5})
    assert lines(read_outputs(made_job)) == [f"output None {listed} RP 00ff"]


def test_the_real_key_is_prefix_and_name(job: MakeJob) -> None:
    file = {
        "ObjectPrefix": "out/frame-",
        "ObjectName": ["0.jpg", "1.jpg"],
        "Md5Info": [
            {"ObjectName": "out/frame-1.jpg", "Md5": "11"},
            {"ObjectName": "0.jpg", "Md5": "00"},
        ],
    }
    made_job = made(job, {"Object": "out/frame-${Number}.jpg"}, file)
    assert lines(read_outputs(made_job)) == ["output None out/frame-0.jpg RP None", "output None out/frame-1.jpg RP 11"]
    assert found(made_job) == [("md5-missing", "out/frame-0.jpg has no MD5, others of this job have one")]


def test_sprite_sheets_stand_apart_even_where_the_frames_template_fits_them(job: MakeJob) -> None:
    sheet = {"ObjectPrefix": "out/frame-sprite-", "ObjectName": "0.jpg", "Md5Info": {"ObjectName": "x", "Md5": "1"}}
    file = {"ObjectPrefix": "out/frame-", "ObjectName": ["0.jpg"], "SpriteOutputFile": sheet}
    made_job = made(job, {"Object": "out/frame-${Number}.jpg", "SpriteObject": "out/frame-sprite-${Number}.jpg"}, file)
    expected = ["output None out/frame-0.jpg RP None", "sprite None out/frame-sprite-0.jpg RP None"]
    assert lines(read_outputs(made_job)) == expected
    assert found(made_job) == []


def test_a_sprite_sheet_may_lie_in_a_bucket_of_its_own(job: MakeJob) -> None:
    file = {"SpriteOutputFile": {"Bucket": "sprites-1250000000", "ObjectName": "s.jpg"}}
    (sheet,) = read_outputs(made(job, {"SpriteObject": "s.jpg"}, file))
    assert (sheet.object.bucket, sheet.object.region, sheet.role) == ("sprites-1250000000", "ap-guangzhou", "sprite")


def test_voice_and_background_are_told_by_key(job: MakeJob) -> None:
    output = {"Object": "rest.mp3", "AuObject": "voice.mp3", "BassObject": "bass.mp3", "DrumObject": "drum.mp3"}
    file = {"ObjectName": ["rest.mp3", "drum.mp3", "voice.mp3", "bass.mp3"]}
    expected = ["voice None voice.mp3", "background None rest.mp3", "bass None bass.mp3", "drum None drum.mp3"]
    assert lines(read_outputs(made(job, output, file))) == [f"{line} RP None" for line in expected]


def test_streams_stand_in_the_order_of_the_request(job: MakeJob) -> None:
    streams = [{"Index": "2", "Output": "c"}, {"Index": "0", "Object": "a"}, {"Index": "x", "Output": "b"}]
    made_job = made(job, {"StreamExtract": streams}, {"ObjectName": ["a", "b", "extra"]})
    expected = ["stream 2 c R None", "stream 0 a RP None", "stream None b RP None", "output None extra P None"]
    assert lines(read_outputs(made_job)) == expected
    assert found(made_job) == [
        ("output-missing", "c was asked for, but is not among the files written"),
        ("output-unrequested", "extra was written, but nobody asked for it"),
    ]


def test_a_stream_without_a_key_is_no_file_that_is_missing(job: MakeJob) -> None:
    made_job = made(job, {"StreamExtract": [{"Index": "0"}, {"Index": "1", "Output": "b"}]}, {"ObjectName": "b"})
    assert lines(read_outputs(made_job)) == ["stream 0 None R None", "stream 1 b RP None"]
    assert found(made_job) == []


def test_files_that_results_name(job: MakeJob) -> None:
    result = {"ObjectName": "/words.txt", "DetailObjectName": "/words.txt.detail"}
    operation = {"Output": PLACE | {"Object": "words.txt"}, "SpeechRecognitionResult": result}
    made_job = job(State="Success", Operation=operation)
    expected = ["output None /words.txt RP None", "detail None /words.txt.detail P None"]
    assert lines(read_outputs(made_job)) == expected
    assert found(made_job) == [], "nobody asks for the details: they always come"


@pytest.mark.parametrize(
    ("template", "key", "fits"),
    [
        ("a-${Number}.jpg", "a-0.jpg", True),
        ("a-${Number}.jpg", "/a-12.jpg", True),
        ("a-${Number}.jpg", "b-0.jpg", False),
        ("a-${Number}.jpg", "a-0.jpg.bak", False),
        ("a-${Number}.jpg", "a-.jpg", True),
        ("ab${Number}ba", "aba", False),
        ("${InputPath}/x/${InputName}.${ext}", "in/x/x.mp4", True),
        ("${InputPath}/x/${InputName}.${ext}", "in/y/x.mp4", False),
        ("a.b${ext}", "axb.mp4", False),
        ("line\n${ext}", "line\nmp4", True),
        ("half${open", "half${open", True),
        ("half${open", "half", False),
    ],
)
def test_templates_stand_for_the_files_made_from_them(job: MakeJob, template: str, key: str, fits: bool) -> None:
    outputs = read_outputs(made(job, {"Object": template}, {"ObjectName": key}))
    assert [(file.requested, file.produced) for file in outputs] == (
        [(True, True)] if fits else [(True, False), (False, True)]
    )


def test_a_plain_request_comes_before_a_template_that_fits_too(job: MakeJob) -> None:
    streams = [{"Index": "0", "Output": "out/${ext}"}, {"Index": "1", "Output": "out/b"}]
    made_job = made(job, {"StreamExtract": streams}, {"ObjectName": ["out/a", "out/b"]})
    assert lines(read_outputs(made_job)) == ["stream 0 out/a RP None", "stream 1 out/b RP None"]


def test_a_template_without_files_is_said_so(job: MakeJob) -> None:
    made_job = made(job, {"Object": "page-${Page}.jpg"})
    assert found(made_job) == [
        ("key-is-template", "the key page-${Page}.jpg is a template: the payload does not list the files made from it")
    ]


def test_no_file_is_missing_where_none_is_listed(job: MakeJob) -> None:
    assert found(made(job, {"Object": "a.mp4"})) == []


@pytest.mark.parametrize("state", ["Failed", "Running", None])
def test_only_a_success_must_have_written_its_files(job: MakeJob, state: str | None) -> None:
    assert found(made(job, {"Object": "a"}, {"ObjectName": "b"}, State=state)) == []


def test_files_of_a_job_that_asks_for_none_are_no_surprise(job: MakeJob) -> None:
    assert found(made(job, {}, {"ObjectName": "b"})) == []


def test_findings_say_where(job: MakeJob) -> None:
    made_job = made(job, {"Object": "a"}, {"ObjectName": "b"})
    missing, unrequested = check_outputs(read_outputs(made_job), made_job)
    assert (missing.path, missing.expected, missing.found) == ("JobsDetail[0].Operation.Output.Object", "a", None)
    assert unrequested.path == "JobsDetail[0].Operation.MediaResult.OutputFile.ObjectName[0]"
    assert (unrequested.expected, unrequested.found) == (None, "b")
    assert [finding.severity.value for finding in (missing, unrequested)] == ["warning", "info"]


def test_the_table(job: MakeJob) -> None:
    table = outputs_block(read_outputs(made(job, {"Object": "a", "AuObject": "v"}, {"ObjectName": "a"})))
    assert isinstance(table, Table)
    assert list(map(str, table.columns)) == ["Role", "Key", "Written", "MD5", "Region", "COS address"]
    assert [[cell if cell is None else str(cell) for cell in row.cells] for row in table.rows] == [
        ["voice", "v", "not listed", None, "ap-guangzhou", "cos://lens-1250000000/v"],
        ["background", "a", "yes", None, "ap-guangzhou", "cos://lens-1250000000/a"],
    ]


def test_many_files_and_requests_are_matched_in_linear_time(job: MakeJob) -> None:
    """Going through all files for each request, or all sums for each file, would take minutes."""
    names = [f"part-{number}" for number in range(20_000)]
    streams = [{"Index": str(number), "Output": name} for number, name in enumerate(reversed(names))]
    sums = [{"ObjectName": name, "Md5": str(number)} for number, name in enumerate(names)]
    outputs = read_outputs(made(job, {"StreamExtract": streams}, {"ObjectName": names, "Md5Info": sums}))
    assert len(outputs) == len(names)
    assert all(file.md5 == file.object.key.removeprefix("part-") for file in outputs if file.object.key)


def test_a_template_of_many_places_is_matched_in_linear_time(job: MakeJob) -> None:
    """A regular expression would try each place at each character: a thousand years."""
    key = "a" * 2000
    outputs = read_outputs(made(job, {"Object": "${a}a" * 60 + "b"}, {"ObjectName": key}))
    assert [file.produced for file in outputs] == [False, True]


def test_many_templates_do_not_make_it_quadratic(job: MakeJob) -> None:
    names = [f"part-{number}" for number in range(20_000)]
    streams = [{"Index": str(number), "Output": f"{name}-${{ext}}"} for number, name in enumerate(names)]
    outputs = read_outputs(made(job, {"StreamExtract": streams}, {"ObjectName": names}))
    assert len(outputs) == 2 * len(names)


def test_keys_that_are_no_scalars_are_no_files(job: MakeJob) -> None:
    made_job = made(job, {"Object": {"a": "b"}}, {"ObjectName": [{"a": "b"}, "c"]})
    assert lines(read_outputs(made_job)) == ["output None c P None"]
    assert found(made_job) == []


def test_the_table_tells_every_node_but_templates(job: MakeJob) -> None:
    plain = shown_nodes(made(job, {"Object": "a.jpg"}))
    template = shown_nodes(made(job, {"Object": "${Number}.jpg"}))
    assert set(OUTPUT_NODES) == set(plain)
    assert set(plain) - set(template) == {"Operation.Output.Object"}
