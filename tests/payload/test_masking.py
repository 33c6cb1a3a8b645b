"""What is kept out of what people copy and share."""

import pytest
from callback_lens.payload.masking import masked, masked_header, masked_target


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


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/callback?token=t", "/callback?token=***"),
        ("/in/3f2b8c1e9a7d4650", "/in/***"),
        ("/in/0ddba11c-0ffe-4ace-8bad-c0ffee123456/?a=1", "/in/***/?a=1"),
        ("https://a.example/3f2b8c1e9a7d4650?token=t", "https://a.example/***?token=***"),
        ("http://127.0.0.1:8787/in", "http://127.0.0.1:8787/in"),
        ("https://lens-demo-1250000000/in", "https://lens-demo-1250000000/in"),
        ("https://lens-demo-1250000000/", "https://lens-demo-1250000000/"),
        ("/in/lesson-2-of-the-course.mp4", "/in/lesson-2-of-the-course.mp4"),
        ("/3f2b8c1e9a7d4650/in", "/3f2b8c1e9a7d4650/in"),
        ("/callbacks-of-transcoding", "/callbacks-of-transcoding"),
        ("/1234567890123456", "/1234567890123456"),
        ("/in?next=/3f2b8c1e9a7d4650", "/in?next=/3f2b8c1e9a7d4650"),
    ],
)
def test_tokens_in_targets(target: str, shown: str) -> None:
    assert masked_target(target) == shown
