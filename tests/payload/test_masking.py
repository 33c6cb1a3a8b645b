"""What is kept out of what people copy and share."""

import pytest
from callback_lens.payload.masking import masked, masked_header


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("DocPassword", "opensesame", "***"),
        ("Url", "https://a.example/?x=1&q-signature=5e2c&y=2", "https://a.example/?x=1&q-signature=***&y=2"),
        ("Url", "https://a.example/?monkey=1", "https://a.example/?monkey=1"),
        ("Object", "a/b.mp4", "a/b.mp4"),
    ],
)
def test_passwords_and_signatures(name: str, text: str, shown: str) -> None:
    assert masked(name, text) == shown


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("authorization", "Bearer abc", "Bearer ***"),
        ("Authorization", "q-sign-algorithm=sha1&q-ak=b", "***"),
        ("Cookie", "a=b; c=d", "***"),
        ("Referer", "https://a.example/?token=t", "https://a.example/?token=***"),
        ("Host", "a.example", "a.example"),
    ],
)
def test_headers_that_prove_who_sends(name: str, value: str, shown: str) -> None:
    assert masked_header(name, value) == shown
