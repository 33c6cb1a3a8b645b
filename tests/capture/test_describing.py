"""Secrets of captures are kept out of what is shown and saved."""

from dataclasses import replace
from pathlib import Path

from callback_lens.capture.describing import shown_fields, without_secrets
from callback_lens.export.language import language_named
from callback_lens.payload.masking import MASK
from callback_lens.store.model import header_fields
from callback_lens.store.opening import open_store
from hypothesis import given
from hypothesis import strategies as st
from stored_captures import HEADERS, store_captures, wire

FOLDED = b"X-Long: a\r\n b\r\nAuthorization: Bearer hush\r\n"


def test_what_is_shown_and_what_is_saved_are_masked_alike(tmp_path: Path) -> None:
    store_captures(tmp_path, [wire(b"", b"/in/\xff?token=hush")])
    with open_store(tmp_path) as store:
        capture = store.get(1)
    assert capture is not None
    masked, headers = without_secrets(capture, HEADERS + FOLDED)
    assert masked == replace(capture, target=b"/in/\xff?token=***")
    shown = shown_fields(HEADERS + FOLDED, replace(language_named("en"), hides_secrets=True))
    assert [(name.decode(), value.decode()) for name, value in header_fields(headers)] == shown
    assert shown[-3:] == [("Accept-Encoding", "gzip"), ("X-Long", "a b"), ("Authorization", f"Bearer {MASK}")]


@given(values=st.lists(st.binary().map(lambda value: b"".join(value.split()))))
def test_headers_are_shown_whole_where_secrets_are_asked_for(values: list[bytes]) -> None:
    lines = b"".join(b"X: %s\r\n" % value for value in values)
    shown = shown_fields(lines, replace(language_named("en"), hides_secrets=False))
    assert [value.encode("latin-1") for _, value in shown] == values
