import pytest
from callback_lens.store.text import body_text, search_text
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", ""),
        (b"plain", "plain"),
        (b"<a b='1'>x &lt;y&gt; &amp;amp; &#38148;&#x79BE;</a>", "<a b='1'>x <y> &amp; 锄禾 "),
        (
            b"<a>&unknown; &#1114112; &#x110000; &#xD800;</a>",
            "<a>&unknown; &#1114112; &#x110000; \ud800 ",
        ),
        ("<a>锄</a>".encode("utf-16"), "<a>锄 "),
        (rb'{"a": "\u9504 \"x\" \\ c:\/d\ne"}', '{"a": "锄 "x" \\ c:/d e"}'),
        (rb'{"a": "\ud83d\ude00 \ud800"}', '{"a": "\U0001f600 \ud800"}'),
        (rb'["\\', '["\\'),
        (b"\xff\xfe\xfd", "\ufffd\ufffd\ufffd"),
    ],
)
def test_the_text_of_a_body(body: bytes, expected: str) -> None:
    assert body_text(body) == expected


def test_xml_and_json_say_the_same() -> None:
    xml, json = body_text("<Text>锄禾 &amp; 日</Text>".encode()), body_text(rb'{"Text": "\u9504\u79be & \u65e5"}')
    for text in (xml, json):
        assert search_text("锄禾 & 日") in search_text(text)


def test_what_is_written_without_spaces_is_spaced() -> None:
    assert search_text("ab锄禾cd").split() == ["ab", "锄", "禾", "cd"]
    assert search_text("カタ한글𠮷").split() == ["カ", "タ", "한", "글", "𠮷"]
    assert search_text("Smart-Cover 12") == "Smart-Cover 12"
    assert search_text("a\0b\ud800").split() == ["a", "b?"]


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_any_body_has_a_text(body: bytes) -> None:
    search_text(body_text(body)).encode()
