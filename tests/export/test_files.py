"""Files are written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest
from callback_lens.errors import UserError
from callback_lens.export.files import check_target, encoded, file_for, make_folder, write_file


def test_lines_as_bytes() -> None:
    assert encoded(["水", "a\nb"], bom=False, crlf=False) == "水\na\nb\n".encode()
    assert encoded(["a\nb"], bom=True, crlf=True) == b"\xef\xbb\xbfa\r\nb\r\n"
    assert encoded(["\ud800"], bom=False, crlf=False) == b"\\ud800\n"


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_fault_while_writing_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file = tmp_path / "out.srt"
    file.write_bytes(b"mine")
    monkeypatch.setattr(os, fault, full)
    with pytest.raises(UserError, match=f"cannot be written: {os.strerror(errno.ENOSPC)}"):
        write_file(file, b"other", force=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.srt", b"mine")]


def test_a_file_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "out.srt"
    check_target(file, force=False)
    file.write_bytes(b"mine")
    with pytest.raises(UserError, match="is there already"):
        write_file(file, b"other", force=False)
    assert file.read_bytes() == b"mine"


def test_in_a_folder_a_file_has_the_name_given(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    make_folder(folder)
    make_folder(folder)
    assert file_for(folder, "a.srt") == folder / "a.srt"
    assert file_for(folder / "b.srt", "a.srt") == folder / "b.srt"
    write_file(file_for(folder, "a.srt"), b"x", force=False)
    with pytest.raises(UserError, match="cannot be written"):
        make_folder(folder / "a.srt")
