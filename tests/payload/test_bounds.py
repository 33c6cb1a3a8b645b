"""No input uses up time or memory: each is read in a process of its own, which may have only so much of either."""

import json
import subprocess
import sys
from pathlib import Path

import callback_lens
import pytest

READ_LIMITED = """
import json, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
except (ImportError, ValueError):
    pass
from callback_lens.errors import UserError
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
content = eval(sys.argv[1])
results = read_documents(Input("file", None, content, None), Limits())
errors = [result for result in results if isinstance(result, UserError)]
for result in results[:3]:
    if not isinstance(result, UserError):
        result.data(), result.root.is_empty, len(list(result.payload.items()))
first = errors[0] if errors else None
place = first and first.position and [first.position.line, first.position.column]
print(json.dumps([len(results), len(errors), str(first and first.message), place]))
"""
RECORD = r"""b'2024-06-01 INFO body={"EventName":"TaskFinish","UserData":"' + b'x' * 300 + b'"}\n'"""
WHOLE = [1, 0, "None", None]
TAG_UNCLOSED = [1, 1, "a tag, a comment or an entity is not closed", [1, 1]]
TEXT_UNCLOSED = "a text in double quotes is not closed"
INCOMPLETE = "the document ends before it is complete"
TOO_DEEP = "nested deeper than 200 levels"
TOO_MANY = [100_001, 1, "holds more than 100000 documents", None]
HEAVY = {
    "nested elements": ("b'<a>' * 100000 + b'</a>' * 100000", [1, 1, TOO_DEEP, [1, 601]]),
    "a million nested elements": ("b'<a>' * 1000000 + b'</a>' * 1000000", [1, 1, TOO_DEEP, [1, 601]]),
    "nested elements without end": ("b'<a>' * 100000", [1, 1, INCOMPLETE, [1, 300_001]]),
    "nested elements without Response": (
        "b'<EventName/><JobsDetail>' + b'<a>' * 100000 + b'</a>' * 100000 + b'</JobsDetail>'",
        [1, 1, TOO_DEEP, [1, 619]],
    ),
    "nested arrays": ("b'[' * 100000 + b']' * 100000", [1, 1, TOO_DEEP, [1, 201]]),
    "nested arrays without end": ("b'[' * 1000000", [1, 1, TOO_DEEP, [1, 201]]),
    "nested objects": ("""b'{"a":' * 100000 + b'1' + b'}' * 100000""", [1, 1, TOO_DEEP, [1, 1001]]),
    "a long text in XML": ("b'<a>' + b'x' * (80 << 20) + b'</a>'", WHOLE),
    "a long text in JSON": ("""b'{"a": "' + b'x' * (80 << 20) + b'"}'""", WHOLE),
    "a long text without end": ("""b'{"a": "' + b'x' * (20 << 20)""", [1, 1, TEXT_UNCLOSED, [1, 7]]),
    "escaped quotes without end": ("""b'{"a": "' + b'\\\\"' * (4 << 20)""", [1, 1, TEXT_UNCLOSED, [1, 7]]),
    "a long attribute": ("""b'<a b="' + b'x' * (20 << 20) + b'"/>'""", WHOLE),
    "a long attribute without end": ("""b'<a b="' + b'x' * (20 << 20)""", TAG_UNCLOSED),
    "a long comment": ("b'<a><!--' + b'x' * (20 << 20) + b'--></a>'", WHOLE),
    "many attributes": ("""b'<a ' + b' '.join(b'b%d=""' % n for n in range(100000)) + b'/>'""", WHOLE),
    "too many nodes": ("b'<a>' + b'<b/>' * 9000000 + b'</a>'", [1, 1, "more than 8000000 nodes", None]),
    "a long line of blanks": ("b' ' * (20 << 20) + b'x'", [1, 1, "this is neither XML nor JSON", [1, 1]]),
    "opening brackets in a text": ("b'x' + b'{ ' * (2 << 20)", [1, 1, "this is neither XML nor JSON", [1, 1]]),
    "a log of callbacks": (f"({RECORD}) * 10000", [10_000, 0, "None", None]),
    "a log of broken callbacks": (
        f"(({RECORD})[:-3] + b'\\n') * 5000",
        [5_000, 5_000, TEXT_UNCLOSED, [1, 59]],
    ),
    "JSON Lines with trailing commas": ("""b'{"EventName":"TaskFinish",}\\n' * 20000""", [20_000, 0, "None", None]),
    "documents with trailing commas": (
        """b'{\\n"EventName":\\n"TaskFinish",\\n}\\n' * 20000""",
        [20_000, 0, "None", None],
    ),
    "lines of XML without end": ("b'<Response><a>x\\n' * 20000", [20_000, 20_000, INCOMPLETE, [1, 15]]),
    "lines of JSON without end": (
        """b'{"EventName": [\\n' * 20000""",
        [20_000, 20_000, INCOMPLETE, [1, 16]],
    ),
    "very many documents": ("b'{}' * 4000000", TOO_MANY),
    "very many callbacks in an array": ("""b'[{"data":1}' + b',{}' * 1000000 + b'] '""", TOO_MANY),
    "many XML documents": ("b'<a/>' * 20000", [20_000, 0, "None", None]),
    "UTF-16": ("""('<a>' + '中' * (10 << 20) + '</a>').encode('utf-16')""", WHOLE),
    "random bytes": (
        "__import__('random').Random(1).randbytes(10 << 20)",
        [1, 1, "byte 0xf5 is not valid utf-8", [1, 1]],
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_input_uses_up_time_or_memory(name: str) -> None:
    expression, expected = HEAVY[name]
    command = [sys.executable, "-c", READ_LIMITED, expression, "1500"]
    path = str(Path(callback_lens.__file__).parent.parent)
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False, env={"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr[-1000:]
    assert json.loads(done.stdout) == expected
