"""``captures export``."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.capture.exporting import MANIFEST
from stored_captures import sample, store_captures, wire

RunCli = Callable[..., "subprocess.CompletedProcess[str]"]


def manifest(folder: Path) -> list[dict[str, object]]:
    items = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert {item["file"] for item in items} == {path.name for path in folder.iterdir()} - {MANIFEST}
    return items


def test_bodies_are_byte_for_byte(captures: RunCli, profile: Path, tmp_path: Path) -> None:
    odd = [b"\xff\x00\r\n", b"\x1f\x8b\x08broken", b"\xef\xbb\xbf [1]", b"<" + bytes(3 << 20)]
    ids = store_captures(profile, map(wire, odd))
    out = tmp_path / "a" / "b"
    done = captures("export", "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"captures written to {out}: 10\n", "")
    names = {int(str(item["id"])): str(item["file"]) for item in manifest(out)}
    assert [(out / names[number]).read_bytes() for number in ids] == odd
    assert (out / names[3]).read_bytes() == sample("SmartCover/api-success.xml")
    assert [names[number] for number in (1, 4, 5, *ids)] == [
        "000001-SmartCover.xml",
        "000004-WorkflowFinish.json",
        "000005-unknown.bin",
        "000007-unknown.bin",
        "000008-unknown.gz",
        "000009-unknown.json",
        "000010-unknown.xml",
    ]


def test_only_what_fits(captures: RunCli, tmp_path: Path) -> None:
    assert captures("export", "tag:SmartCover", "-o", tmp_path / "out").returncode == 0
    (newest, oldest) = manifest(tmp_path / "out")
    assert (newest["id"], newest["delivery"], oldest["id"]) == (3, 2, 1)


def test_tokens_are_masked_unless_asked_for(captures: RunCli, tmp_path: Path) -> None:
    captures("export", 1, "-o", tmp_path / "masked")
    captures("export", 1, "-o", tmp_path / "plain", "--secrets")
    targets = [manifest(tmp_path / name)[0]["target"] for name in ("masked", "plain")]
    assert targets == ["/callback?token=***", "/callback?token=hush"]


@pytest.mark.parametrize(
    "tag", ["../../evil", "a/b\\c:d", "", "\u202egpj.exe", "CON", "x" * 5000, "a\x00b", ".hidden", "标签"]
)
def test_a_tag_makes_no_path(captures: RunCli, profile: Path, tmp_path: Path, tag: str) -> None:
    body = json.dumps({"EventName": "TaskFinish", "JobsDetail": [{"Tag": tag, "JobId": "j"}]}).encode()
    (number,) = store_captures(profile, [wire(body)])
    assert captures("export", number, "-o", tmp_path / "out").returncode == 0
    (item,) = manifest(tmp_path / "out")
    name = str(item["file"])
    assert name.startswith(f"{number:06}-")
    assert name.isascii()
    assert len(name) < 60
    assert name.replace("-", "").replace(".json", "").isalnum()


def test_files_that_are_there_stay_unless_forced(captures: RunCli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "000001-SmartCover.xml").write_text("mine")
    done = captures("export", 1, 2, "-o", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {out / '000001-SmartCover.xml'} is there already (--force replaces it)\n"
    assert [path.read_text() for path in out.iterdir()] == ["mine"], "nothing else was written either"
    assert captures("export", 1, 2, "-o", out, "--force").returncode == 0
    assert len(manifest(out)) == 2


def test_a_file_is_no_folder(captures: RunCli, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    done = captures("export", 1, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {tmp_path / 'out'} cannot be written: ")
