"""Bytes to text: what each encoding is known by, and what is said of bytes that are none."""

import codecs
import encodings
import pkgutil
from unittest.mock import patch

import pytest
from callback_lens.errors import Position, UserError
from callback_lens.payload import decode as module
from callback_lens.payload.decode import DecodedText, decode
from hypothesis import given
from hypothesis import strategies as st

CUT_OFF = "the file was cut off: compare its size with the Content-Length it came with"
ENCODINGS = sorted(module.name for module in pkgutil.iter_modules(encodings.__path__))


def declared(encoding: str, text: str = "任务") -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'


def fault(content: bytes) -> tuple[str, str | None, Position | None]:
    with pytest.raises(UserError) as raised:
        decode(content)
    error = raised.value
    return str(error.message), None if error.hint is None else str(error.hint), error.position


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("<a>任务</a>".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "<a>任务</a>".encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + "<a>任务</a>".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "<a>任务</a>".encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + "<a>任务</a>".encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + "<a>任务</a>".encode("utf-32-be"), "utf-32-be"),
        ("<a>任务</a>".encode("utf-16-le"), "utf-16-le"),
        ("<a>任务</a>".encode("utf-16-be"), "utf-16-be"),
        ("<a>任务</a>".encode("utf-32-le"), "utf-32-le"),
        ("<a>任务</a>".encode("utf-32-be"), "utf-32-be"),
        ("<a>任务</a>".encode("gb18030"), "gb18030"),
    ],
)
def test_the_encoding_is_known_without_being_told(content: bytes, encoding: str) -> None:
    decoded = decode(content)
    assert (decoded.text, decoded.encoding) == ("<a>任务</a>", encoding)


@pytest.mark.parametrize("first", "<{[ \r\n\t")
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_byte_order_mark_is_known_by_its_first_character(first: str, encoding: str) -> None:
    assert decode((first + "中文").encode(encoding)).text == first + "中文"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text
    assert decode(b'{"' + text.encode()).text == '{"' + text


@pytest.mark.parametrize(
    ("name", "codec", "read_as"),
    [
        ("GB2312", "gb18030", "gb18030"),
        ("gbk", "gb18030", "gb18030"),
        ("GB18030", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("Shift_JIS", "shift_jis", "shift_jis"),
        ("hz-gb-2312", "hz", "hz"),
        ("UTF-8", "utf-8", "utf-8"),
    ],
)
def test_the_xml_declaration_is_obeyed(name: str, codec: str, read_as: str) -> None:
    decoded = decode(declared(name, "中文").encode(codec))
    assert (decoded.text, decoded.encoding) == (declared(name, "中文"), read_as)


def test_a_file_marked_gb2312_may_hold_what_only_gb18030_has() -> None:
    assert decode(declared("gb2312", "朱镕基𠮷").encode("gb18030")).text == declared("gb2312", "朱镕基𠮷")


def test_latin_1_is_read_where_it_is_declared() -> None:
    assert decode(declared("ISO-8859-1", "café").encode("latin-1")).text == declared("ISO-8859-1", "café")


@pytest.mark.parametrize("name", ["gbk", "big5", "ISO-8859-1", "utf-16", "UTF-16LE", "utf-32", "utf-7"])
def test_what_is_utf_8_beyond_doubt_is_read_so_whatever_is_declared(name: str) -> None:
    decoded = decode(declared(name).encode())
    assert (decoded.text, decoded.encoding) == (declared(name), "utf-8")


def test_two_byte_characters_leave_a_doubt_and_the_declaration_decides() -> None:
    assert decode(declared("ISO-8859-1", "é").encode()).text == declared("ISO-8859-1", "Ã©")


def test_gb18030_declared_as_utf_8_is_read() -> None:
    assert decode(declared("utf-8").encode("gb18030")).encoding == "gb18030"


@pytest.mark.parametrize("text", ["模板", "联通模板", "<a>模板任务</a>", '{"Message": "视频转码失败，请重试。"}'])
def test_gb18030_whose_first_character_looks_like_utf_8_is_read(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


def test_a_declaration_inside_a_json_text_declares_nothing() -> None:
    text = """[ {"UserData": "<?xml version='1.0' encoding='gbk'?>é"}]"""
    assert decode(text.encode()).text == text


def test_a_declaration_behind_a_log_prefix_is_found() -> None:
    assert decode(("INFO body=" + declared("big5", "中文")).encode("big5")).encoding == "big5"


@pytest.mark.parametrize("name", ENCODINGS)
def test_no_declared_encoding_raises_anything_but_a_user_error(name: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?><a>\\u0041\\ud800 xn--a-\xff .{"x" * 70} +AGE- ~{{</a>'
    try:
        decoded = decode(text.encode("latin-1"))
    except UserError:
        return
    assert decoded.text.startswith('<?xml version="1.0" encoding="')


@pytest.mark.parametrize(
    "name", ["x-klingon", "hex", "rot13", "idna", "punycode", "unicode_escape", "cp037", "..", "aliases"]
)
def test_a_declared_encoding_that_is_none(name: str) -> None:
    assert fault(b"\n" + declared(name, "x").encode()) == (
        f"unknown encoding {name} in the XML declaration",
        "change the declaration to the encoding the file really has",
        Position(2, 31),
    )


@pytest.mark.parametrize(
    ("content", "encoding", "position"),
    [
        ("<a>任\n务".encode()[:-1], "utf-8", Position(2, 1)),
        (codecs.BOM_UTF8 + "任务".encode()[:-2], "utf-8", Position(1, 2)),
        ("\ufeff<a>\n中".encode("utf-16-le")[:-1], "utf-16-le", Position(2, 1)),
        ("<a>x".encode("utf-16-le") + b"<", "utf-16-le", Position(1, 5)),
        ("<a>x".encode("utf-16-be") + b"\0", "utf-16-be", Position(1, 5)),
        (b"\xff\xfe\x00\xd8", "utf-16-le", Position(1, 1)),
        ("<a>x".encode("utf-32-le")[:-1], "utf-32-le", Position(1, 4)),
        (declared("gbk").encode("gbk")[:-5], "gb18030", Position(1, 41)),
    ],
)
def test_half_a_character_at_the_end(content: bytes, encoding: str, position: Position) -> None:
    assert fault(content) == (f"the text ends in the middle of a character ({encoding})", CUT_OFF, position)


@pytest.mark.parametrize(
    ("content", "byte", "encoding", "position"),
    [
        (b"<a>\xff", "0xff", "utf-8", Position(1, 4)),
        ("<a>任务\n任".encode() + b"\xe5\x8a</a>", "0xe5", "utf-8", Position(2, 2)),
        (b"<a>caf\xe9</a>", "0xe9", "utf-8", Position(1, 7)),
        (b"<a>\xed\xa0\x80</a>", "0xed", "utf-8", Position(1, 4)),
        (codecs.BOM_UTF8 + b"\xd6\xd0", "0xd6", "utf-8", Position(1, 1)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x80\xff\xff", "0x89", "utf-8", Position(1, 1)),
        (codecs.BOM_UTF16_LE + b"<\0\0\xd8<\0", "0x00", "utf-16-le", Position(1, 2)),
        (declared("gbk", "").encode()[:-4] + b"\xff</a>", "0xff", "gb18030", Position(1, 40)),
        (declared("ascii", "é").encode("latin-1"), "0xe9", "ascii", Position(1, 42)),
    ],
)
def test_bytes_that_are_no_text_of_their_encoding(content: bytes, byte: str, encoding: str, position: Position) -> None:
    hint = "save it as UTF-8, or check that it is text"
    assert fault(content) == (f"byte {byte} is not valid {encoding}", hint, position)


def test_damaged_utf_8_is_not_taken_for_gb18030() -> None:
    damaged = "任务完成".encode() + b"\xa3\xa3" + "任务完成".encode()
    assert damaged.decode("gb18030")
    assert fault(damaged)[0] == "byte 0xa3 is not valid utf-8"


def outcome(content: bytes) -> DecodedText | UserError:
    try:
        return decode(content)
    except UserError as error:
        return error


@given(st.binary(max_size=60), st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE]))
def test_no_bytes_raise_anything_but_a_user_error(content: bytes, bom: bytes) -> None:
    found = outcome(bom + content)
    assert isinstance(found, DecodedText) or (str(found.message) and found.position)


@given(st.text("abc._-0189", min_size=1, max_size=12), st.binary(max_size=20))
def test_no_declaration_raises_anything_but_a_user_error(name: str, content: bytes) -> None:
    found = outcome(declared(name, "").encode() + content)
    assert isinstance(found, DecodedText) or (str(found.message) and found.position)


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16", "gb18030"]), st.integers(1, 7))
def test_where_the_bytes_are_cut_into_pieces_makes_no_difference(text: str, encoding: str, piece: int) -> None:
    content = declared("gb18030" if encoding == "gb18030" else "utf-8", text.replace("<", "")).encode(encoding)
    whole = decode(content)
    with patch.object(module, "PIECE", piece):
        assert decode(content) == whole
