"""Values as JSON that a terminal may be given."""

import json
import re

# JSON escapes none of these, but terminals may obey them.
CONTROL = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def as_json(value: object) -> str:
    """``value`` as JSON on one line, without characters that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False)
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
