"""The values that the options of the listener may have."""

from typing import Any

import pytest
from callback_lens.capture.options import LIMITS, OPTIONS, command_line

BY_NAME = {option.name: option for option in (*OPTIONS, *LIMITS)}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("port", "0", 0),
        ("port", "65535", 65535),
        ("answer", "500,503,200", (500, 503, 200)),
        ("delay", "0.5", 0.5),
        ("forward", "https://example.com:8443/a?b=c", "https://example.com:8443/a?b=c"),
        ("max-body", "200", 200),
        ("max-body", "64M", 64 << 20),
        ("max-body", "1.5 GiB", 3 << 29),
        ("max-age", "0.5", 0.5),
    ],
)
def test_what_a_text_says(name: str, text: str, value: Any) -> None:
    assert BY_NAME[name].parse(text) == value


def test_what_is_wrong_is_left_at_its_default() -> None:
    given = {"port": "8080", "token": "-x", "answer": "1", "delay": "", "unheard-of": "1"}
    assert command_line(given) == ["--port=8080", "--token=-x"]
