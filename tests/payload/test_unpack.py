"""gzip data and zip archives: what comes out, what is said about damage, and that bombs stop early."""

import bz2
import gzip
import io
import os
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from callback_lens.errors import UserError
from callback_lens.payload.limits import Allowance, Limits
from callback_lens.payload.unpack import unpacked
from hypothesis import given
from hypothesis import strategies as st

MIB = 1 << 20
XML = b"<Response>" + b"<JobId>1</JobId>" * 50 + b"</Response>"
NO_LIMITS = Limits()


def unpack(content: bytes, limits: Limits = NO_LIMITS) -> list[tuple[str | None, bytes | str]]:
    """What comes out, errors as their English sentence."""
    results = unpacked(content, Allowance(limits))
    return [(name, str(part.message) if isinstance(part, UserError) else part) for name, part in results]


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as target:
        for name, content in files:
            target.writestr(zipfile.ZipInfo(name), content, method)
    return archive.getvalue()


def with_directory_field(archive: bytes, offset: int, value: bytes) -> bytes:
    """The archive with bytes of its first directory entry replaced, ``offset`` counted from the entry's start."""
    at = archive.index(b"PK\x01\x02") + offset
    return archive[:at] + value + archive[at + len(value) :]


def zeros_bomb(mebibytes: int) -> bytes:
    """Gzip data of so many MiB of zeros, made from one packed block, which a full flush leaves repeatable."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    return head + block * mebibytes + b"\x03\0" + struct.pack("<II", 0, mebibytes * MIB % 2**32)


def overlapping_bomb(entries: int, size: int) -> bytes:
    """A zip archive whose directory names one packed file over and over."""
    archive = zipped(("a", bytes(size)))
    start = archive.index(b"PK\x01\x02")
    end = archive.index(b"PK\x05\x06")
    directory = archive[start:end] * entries
    declared = min(entries, 0xFFFE)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, declared, declared, len(directory), start, 0)
    return archive[:start] + directory + tail


@pytest.mark.parametrize("content", [b"", b"<a/>", b"\x1f\x8b", b"PK", b"\x1f\x8b\x07" + XML, b" PK\x03\x04"])
def test_what_is_not_packed_comes_as_it_is(content: bytes) -> None:
    assert unpack(content) == [(None, content)]


def test_gzip_data_of_one_and_several_members_with_zeros_behind() -> None:
    packed = gzip.compress(XML)
    assert unpack(packed) == [(None, XML)]
    assert unpack(packed + gzip.compress(b"") + gzip.compress(b"<b/>")) == [(None, XML + b"<b/>")]
    assert unpack(packed + bytes(1024)) == [(None, XML)]


def test_gzip_data_larger_than_a_piece_in_both_directions() -> None:
    noise = os.urandom(300_000)
    assert unpack(gzip.compress(noise) + gzip.compress(bytes(MIB))) == [(None, noise + bytes(MIB))]


def test_gzip_data_cut_off_anywhere_are_not_used() -> None:
    packed = gzip.compress(XML)
    for length in range(3, len(packed)):
        assert unpack(packed[:length]) == [(None, "the gzip data end early")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(XML)[:-8] + b"1234" + gzip.compress(XML)[-4:], "the gzip data are damaged"),
        (gzip.compress(XML)[:-4] + b"1234", "the gzip data are damaged"),
        (gzip.compress(XML)[:10] + b"\xff" * 40, "the gzip data are damaged"),
        (gzip.compress(XML) + b"<a/>", "something else follows the gzip data"),
        (gzip.compress(XML) + b"\0\0\n", "something else follows the gzip data"),
        (gzip.compress(XML) + gzip.compress(XML)[:-3], "the gzip data end early"),
    ],
)
def test_damaged_gzip_data_are_not_used(content: bytes, message: str) -> None:
    assert unpack(content) == [(None, message)]


def test_zip_members_come_in_archive_order_without_folders_and_hidden_files() -> None:
    names = ["z.xml", "folder/", "folder/b.json", "__MACOSX/._z.xml", ".DS_Store", ".git/config", "a.xml"]
    archive = zipped(*((name, name.encode()) for name in names))
    assert unpack(archive) == [(name, name.encode()) for name in ("z.xml", "folder/b.json", "a.xml")]


def test_stored_and_repeated_members() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = zipped(("a.xml", XML), ("a.xml", b"<b/>"), ("empty", b""), method=zipfile.ZIP_STORED)
    assert unpack(archive) == [("a.xml", XML), ("a.xml", b"<b/>"), ("empty", b"")]


def test_member_names_are_only_data() -> None:
    names = [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\a.xml",
        "a\x1b[31m\n.xml",
        "\u202egnp.xml",
        "回调 1.xml",
        "./a.xml",
    ]
    expected = [*names[:3], "a\\x1b[31m\\n.xml", "\\u202egnp.xml", *names[5:]]
    assert [name for name, _ in unpack(zipped(*((name, XML) for name in names)))] == expected


def test_a_zero_byte_in_a_member_name_is_shown() -> None:
    archive = zipped(("a#.xml", XML)).replace(b"a#.xml", b"a\0.xml")
    assert unpack(archive) == [("a\\x00.xml", XML)]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_member_names_without_the_utf8_mark(encoding: str) -> None:
    raw = "回调.xml".encode(encoding)
    placeholder = b"x" * len(raw)
    archive = zipped((placeholder.decode(), XML)).replace(placeholder, raw)
    assert unpack(archive) == [("回调.xml", XML)]


def test_member_names_of_old_western_zip_programs() -> None:
    archive = zipped(("caf#", XML)).replace(b"caf#", b"caf\x82")
    assert unpack(archive) == [("café", XML)]


def test_archives_in_archives() -> None:
    inner = zipped(("a.xml.gz", gzip.compress(b"<a/>")), ("b.xml", b"<b/>"))
    assert unpack(gzip.compress(inner)) == [("a.xml.gz", b"<a/>"), ("b.xml", b"<b/>")]
    assert unpack(zipped(("in.zip", inner), ("c.xml", b"<c/>"))) == [
        ("in.zip!a.xml.gz", b"<a/>"),
        ("in.zip!b.xml", b"<b/>"),
        ("c.xml", b"<c/>"),
    ]


def test_packing_deeper_than_the_limit_is_refused_and_the_rest_still_comes() -> None:
    deep = XML
    for _ in range(3):
        deep = gzip.compress(deep)
    assert unpack(deep) == [(None, XML)]
    assert unpack(zipped(("deep", deep), ("b.xml", b"<b/>"))) == [
        ("deep", "packed more than 3 levels deep"),
        ("b.xml", b"<b/>"),
    ]


def test_an_archive_without_files_says_so() -> None:
    message = "the zip archive holds no files"
    assert unpack(zipped()) == [(None, message)]
    assert unpack(zipped(("a/", b""), ("in.zip", zipped()))) == [("in.zip", message)]


@pytest.mark.parametrize(
    ("offset", "value", "message"),
    [
        (8, b"\x01\0", "encrypted"),
        (10, b"\x0c\0", "packed by a method that is not supported"),
        (16, b"1234", "damaged in the zip archive"),  # checksum
        (20, b"\x05\0\0\0", "damaged in the zip archive"),  # packed size, too small
        (24, b"\x05\0\0\0", "damaged in the zip archive"),  # size, too small
        (42, b"\xff\xff\0\0", "damaged in the zip archive"),  # where it begins, beyond the end
        (42, b"\x07\0\0\0", "damaged in the zip archive"),  # where it begins, not there
    ],
)
def test_a_broken_member_is_reported_and_the_others_still_come(offset: int, value: bytes, message: str) -> None:
    archive = zipped(("a.xml", XML), ("b.xml", b"<b/>"))
    assert unpack(with_directory_field(archive, offset, value)) == [("a.xml", message), ("b.xml", b"<b/>")]


def test_a_member_that_claims_more_than_it_has_is_used_when_its_checksum_is_right() -> None:
    archive = with_directory_field(zipped(("a.xml", XML)), 24, b"\xf0\xff\xff\xff")
    assert unpack(archive) == [("a.xml", XML)]


def test_real_bzip2_members_are_refused_since_their_output_cannot_be_bounded() -> None:
    archive = zipped(("a.xml", XML), method=zipfile.ZIP_BZIP2)
    assert bz2.compress(XML) in archive
    assert unpack(archive) == [("a.xml", "packed by a method that is not supported")]


@pytest.mark.parametrize(
    "archive",
    [
        zipped(("a.xml", XML))[:-1],
        zipped(("a.xml", XML))[:60],
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\xff" * 18,
        with_directory_field(zipped(("a.xml", XML)), 0, b"XXXX"),
        zipped(("a.xml", XML)) + b"x" * 70_000,
    ],
)
def test_an_archive_without_its_directory_is_damaged(archive: bytes) -> None:
    assert unpack(archive) == [(None, "the zip archive is damaged")]


def test_a_10_gib_gzip_bomb_stops_at_the_limit() -> None:
    bomb = zeros_bomb(10 * 1024)
    tracemalloc.start()
    try:
        assert unpack(bomb) == [(None, "unpacks to more than 160 MiB")]
        assert tracemalloc.get_traced_memory()[1] < 162 * MIB
    finally:
        tracemalloc.stop()


def test_a_zip_bomb_stops_at_the_limit_of_all_members() -> None:
    archive = zipped(*((f"{number}.xml", bytes(MIB)) for number in range(20)))
    found = unpack(archive, Limits(unpacked_bytes=5 * MIB))
    assert found == [(f"{number}.xml", bytes(MIB)) for number in range(5)] + [
        ("5.xml", "unpacks to more than 5 MiB in all")
    ]


def test_members_beyond_the_limit_of_one_document_still_count() -> None:
    archive = zipped(*((f"{number}.xml", bytes(MIB)) for number in range(20)))
    found = unpack(archive, Limits(document_bytes=MIB // 2, unpacked_bytes=2 * MIB))
    assert [part for _, part in found[:-1]] == ["unpacks to more than 512 KiB"] * (len(found) - 1)
    assert found[-1][1] == "unpacks to more than 2 MiB in all"
    assert len(found) == 4


def test_an_overlapping_zip_bomb_stops_early() -> None:
    bomb = overlapping_bomb(5000, 4 * MIB)
    assert len(bomb) < MIB
    limits = Limits(unpacked_bytes=64 * MIB)
    tracemalloc.start()
    try:
        sizes = [len(part) for _, part in unpacked(bomb, Allowance(limits)) if isinstance(part, bytes)]
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()
    assert sum(sizes) <= limits.unpacked_bytes


def test_bombs_in_archives_draw_on_one_allowance() -> None:
    inner = zipped(*((f"{number}", bytes(MIB)) for number in range(4)))
    archive = zipped(*((f"{number}.zip", inner) for number in range(4)))
    found = unpack(archive, Limits(unpacked_bytes=6 * MIB))
    assert len(found) == 6
    assert found[-1] == ("1.zip!1", "unpacks to more than 6 MiB in all")


def test_the_limit_itself_is_allowed() -> None:
    limits = Limits(document_bytes=1000, unpacked_bytes=1000, members=1)
    assert unpack(gzip.compress(bytes(1000)), limits) == [(None, bytes(1000))]
    assert unpack(zipped(("a", bytes(1000))), limits) == [("a", bytes(1000))]
    assert unpack(zipped(("a", bytes(1001))), limits) == [("a", "unpacks to more than 1000 B in all")]


def test_too_many_members_are_refused_before_they_are_listed() -> None:
    archive = overlapping_bomb(100_000, 1)  # more than it declares
    tracemalloc.start()
    try:
        assert unpack(archive) == [(None, "holds more than 10000 packed files")]
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()
    assert unpack(gzip.compress(b"") * 10_001) == [(None, "holds more than 10000 packed files")]


def test_errors_keep_nothing_of_the_input_alive() -> None:
    contents = [gzip.compress(XML)[:-1], zipped(("a", XML))[:-1], with_directory_field(zipped(("a", XML)), 16, b"1234")]
    for content in contents:
        (_, error), *_ = unpacked(content, Allowance(Limits()))
        assert isinstance(error, UserError)
        assert (error.__traceback__, error.__context__, error.__cause__) == (None, None, None)


ARCHIVES = st.sampled_from(
    [
        zipped(("a.xml", XML), ("b.json", b"{}"), ("回调.xml", gzip.compress(XML))),
        zipped(("a.xml", XML), ("in.zip", zipped(("a", b"<a/>"))), method=zipfile.ZIP_STORED),
        gzip.compress(zipped(("a.xml", XML))),
        gzip.compress(XML) + gzip.compress(XML),
    ]
)


@given(ARCHIVES, st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), max_size=6))
def test_no_damage_raises(archive: bytes, changes: list[tuple[float, bytes]]) -> None:
    damaged = bytearray(archive)
    for place, value in changes:
        at = int(place * len(damaged))
        damaged[at : at + len(value)] = value
    assert unpack(bytes(damaged), Limits(document_bytes=10_000, unpacked_bytes=20_000, members=100))


@given(st.sampled_from([b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"PK\x05\x06"]), st.binary(max_size=200))
def test_no_bytes_raise(magic: bytes, rest: bytes) -> None:
    assert unpack(magic + rest, Limits(document_bytes=10_000))
