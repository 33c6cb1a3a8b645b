"""Malformed and hostile inputs, each with what is said of it or, where it must be read, what is found in it."""

import pytest
from callback_lens.errors import UserError
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents

CUT = "(the file was cut off: compare its size with the Content-Length it came with)"
ENDS = f"the document ends before it is complete {CUT}"
TAG_OPEN = f"a tag, a comment or an entity is not closed {CUT}"
TEXT_OPEN = f"a text in double quotes is not closed {CUT}"
MISMATCH = "this closing tag does not match the tag that is open (a tag is missing, misspelt or in another order)"
DTD = (
    "a document type (DTD) is not accepted "
    "(callbacks have none, and entities declared in one can do harm: remove the DOCTYPE)"
)
CHARACTER = "this character is not allowed here"
UNESCAPED = f"{CHARACTER} (in XML, & is written &amp; and < is written &lt;)"
CONTROL = f"{CHARACTER} (XML allows no control characters)"
DEEP = "nested deeper than 200 levels (no callback is: this was made to do harm, or by mistake)"
HALF = f"the text ends in the middle of a character ({{}}) {CUT}"
BAD_BYTE = "byte {} is not valid {} (save it as UTF-8, or check that it is text)"
UNKNOWN = "unknown encoding {} in the XML declaration (change the declaration to the encoding the file really has)"
NOTATION = "(in JSON, names and texts stand in double quotes; comments, None and True are no JSON)"
NAME = f"a name in double quotes is missing here {NOTATION}"
VALUE = f"a value is missing here {NOTATION}"
COLON = "a colon is missing here"
COMMA = (
    'a comma or a closing bracket is missing here (inside a text, a double quote is written \\"; comments are no JSON)'
)
CONTROL_IN_TEXT = "a control character inside a text (inside a text, a line break is written \\n and a tab \\t)"
NEITHER = "1:1 this is neither XML nor JSON (give the body of a callback, or a saved HTTP request that has one)"
NO_TEXT = "there is no text in it (the callback's body was empty, or was not saved)"
STRIPPED = (
    "1:1 this is the text of a callback without its tags "
    "(a web page shows XML without its tags: copy from the page's source or from the raw request)"
)
WEB_PAGE = "1:1 this is a web page (HTML), not a callback (save the callback's own text)"
NO_ROOT = "! the Response element around the payload is missing; its content was read without it"
AROUND = "! text beside the document was ignored, at line {1}, column {2}; characters: {0}"
COMMAS = "! commas before a closing bracket were ignored: {}, the first at line {}, column {}"
TWICE = '! the key "{}" stands more than once in one object; most programs see only the last'
BAD_NUMBER = "! {} is not a number other programs can read"

JOB = """<Response>
  <EventName>TaskFinish</EventName>
  <JobsDetail>
    <Code>Success</Code>
  </JobsDetail>
</Response>
"""
JOB_DATA = "{'Response': {'EventName': 'TaskFinish', 'JobsDetail': {'Code': 'Success'}}}"


def told(content: str | bytes, limits: Limits | None = None) -> list[str]:
    """One line for each result, ``LINE:COLUMN what (hint)`` or ``data``, and ``! message`` for each finding."""
    content = content.encode() if isinstance(content, str) else content
    lines: list[str] = []
    for result in read_documents(Input("file", None, content, None), limits or Limits()):
        if isinstance(result, UserError):
            place = f"{result.position.line}:{result.position.column} " if result.position else ""
            lines.append(f"{place}{result.message}" + (f" ({result.hint})" if result.hint else ""))
            assert result.source == "file"
        else:
            lines += [repr(result.data()), *(f"! {finding.message}" for finding in result.findings)]
    return lines


def declared(encoding: str, text: str = "任务") -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'


BILLION_LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol0 "lol">'
    + "".join(f'<!ENTITY lol{n + 1} "{f"&lol{n};" * 10}">' for n in range(9))
    + "]>\n<lolz>&lol9;</lolz>"
)

TRUNCATED_XML = [
    ('<?xml version="1.0"', [f"1:1 {TAG_OPEN}"]),
    ('<?xml version="1.0"?>\n', [f"2:1 {ENDS}"]),
    (JOB[:35], [f"2:24 {TAG_OPEN}"]),
    (JOB[:70], [f"4:5 {TAG_OPEN}"]),
    (JOB[:-4], [f"6:1 {TAG_OPEN}"]),
    (JOB[:-13], [f"5:16 {ENDS}"]),
    ("<a><!-- comment", [f"1:4 {TAG_OPEN}"]),
    ("<a>\n<![CDATA[text", [f"2:14 a CDATA section is not closed {CUT}"]),
    ('<a b="text', [f"1:1 {TAG_OPEN}"]),
    ("<a>x &am", [f"1:6 {TAG_OPEN}"]),
    ("<a><?pi x", [f"1:4 {TAG_OPEN}"]),
    ("<a><b>x</b>", [f"1:12 {ENDS}"]),
    ("<!", [f"1:1 {TAG_OPEN}"]),
]
TRUNCATED_JSON = [
    ("{", [f"1:2 {ENDS}"]),
    ('{"EventNa', [f"1:2 {TEXT_OPEN}"]),
    ('{"EventName"', [f"1:13 {ENDS}"]),
    ('{"EventName": ', [f"1:15 {ENDS}"]),
    ('{"EventName":\n"Task', [f"2:1 {TEXT_OPEN}"]),
    ('{"EventName": "TaskFinish"\n', [f"2:1 {ENDS}"]),
    ('{"EventName": "TaskFinish", ', [f"1:29 {ENDS}"]),
    ('{"a": tru', [f"1:7 {ENDS}"]),
    ('{"a": -', [f"1:7 {ENDS}"]),
    ('[{"EventName": "TaskFinish"}, ', [f"1:31 {ENDS}"]),
    ('{"a": "\\u4e', ["1:9 \\u without four hexadecimal digits"]),
    ('{"a": "' + '\\"' * 50, [f"1:7 {TEXT_OPEN}"]),
    ("[", [NEITHER]),
]
MALFORMED_XML = [
    ("<Response>\n<Code>x</Cod>\n</Response>", [f"2:8 {MISMATCH}"]),
    ("<a><b>x</a>", [f"1:8 {MISMATCH}"]),
    ("<a>1 < 2</a>", [f"1:6 {UNESCAPED}"]),
    ("<a>x<5</a>", [f"1:5 {UNESCAPED}"]),
    ("<Url>http://x/?a=1&b=2</Url>", [f"1:19 {UNESCAPED}"]),
    ("<a>\nR&D</a>", [f"2:2 {UNESCAPED}"]),
    ("<a>x&</a>", [f"1:5 {UNESCAPED}"]),
    ("<Message>a&nbsp;b</Message>", ["1:11 undefined entity (in XML, & is written &amp; and < is written &lt;)"]),
    ("<a>x\0y</a>", [f"1:5 {CONTROL}"]),
    ("<a>\x08</a>", [f"1:4 {CONTROL}"]),
    ("<a>&#0;</a>", ["1:4 there is no character of this number"]),
    ("<a>&#xD800;</a>", ["1:4 there is no character of this number"]),
    ("<a>&#x110000;</a>", ["1:4 there is no character of this number"]),
    ('<a x="1" x="2"/>', ["1:10 an attribute stands twice in one tag"]),
    ("<a b=c/>", [f"1:6 {CHARACTER}"]),
    ("<a>]]></a>", [f"1:6 {CHARACTER}"]),
    ("<a><!-- a -- b --></a>", [f"1:13 {CHARACTER}"]),
    ('<a><?xml version="1.0"?></a>', ["1:4 an XML declaration stands only at the beginning"]),
    ('<!-- c --><?xml version="1.0"?><a/>', ["1:11 an XML declaration stands only at the beginning"]),
    (
        '<?xml encoding="utf-8"?><a/>',
        ['1:7 the XML declaration is malformed (it is written <?xml version="1.0" encoding="UTF-8"?>)'],
    ),
    ("<!doctype a><a/>", ["1:1 this cannot stand here"]),
    ("<1a/>", [NEITHER]),
    ("< a></a>", [NEITHER]),
    ("</a>", [NEITHER]),
    ("<", [NEITHER]),
]
MALFORMED_JSON = [
    ("{'EventName': 'TaskFinish'}", [f"1:2 {NAME}"]),
    ("{'a': None, 'b': True}", [f"1:2 {NAME}"]),
    ('{"a": None}', [f"1:7 {VALUE}"]),
    ('{"a": undefined}', [f"1:7 {VALUE}"]),
    ('{EventName: "TaskFinish"}', [f"1:2 {NAME}"]),
    ("{“a”: 1}", [f"1:2 {NAME}"]),
    ('{\n  // note\n  "a": 1}', [f"2:3 {NAME}"]),
    ('{"a": 1 /* x */}', [f"1:9 {COMMA}"]),
    ('{"a": "x\ny"}', [f"1:9 {CONTROL_IN_TEXT}"]),
    ('{"a": "x\0y"}', [f"1:9 {CONTROL_IN_TEXT}"]),
    (
        '{"a": "\\x41"}',
        ["1:8 a backslash before a character that it cannot stand before (inside a text, a backslash is written \\\\)"],
    ),
    ('{"a": "\\u12G4"}', ["1:9 \\u without four hexadecimal digits"]),
    ('{"a": "say "hi" now"}', [f"1:13 {COMMA}"]),
    ('{"a": 1,\r\n "b" 2}', [f"2:6 {COLON}"]),
    ('{"a": 1 "b": 2}', [f"1:9 {COMMA}"]),
    ('{"a": [1}', [f"1:9 {COMMA}"]),
    ('{"a": [,1]}', [f"1:8 {VALUE}"]),
    ('{"a": 01}', [f"1:8 {COMMA}"]),
    ('{"a": +1}', [f"1:7 {VALUE}"]),
    ('{"a": 0x1F}', [f"1:8 {COMMA}"]),
    ('{"a": .5}', [f"1:7 {VALUE}"]),
    ('{"a": [1,], "b" 2}', [f"1:17 {COLON}"]),
]
REFUSED = [
    ('<!DOCTYPE Response SYSTEM "http://x/y.dtd">\n<Response/>', [f"1:1 {DTD}"]),
    ('<?xml version="1.0"?>\n<!-- <!DOCTYPE -->\n  <!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', [f"3:3 {DTD}"]),
    ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', [f"1:1 {DTD}"]),
    (BILLION_LAUGHS, [f"2:1 {DTD}"]),
    ("<a/><!DOCTYPE a><a/>", ["{'a': None}", f"1:5 {DTD}"]),
    ("<a>" * 201 + "</a>" * 201, [f"1:601 {DEEP}"]),
    ("<a>\n" * 200 + "<b/>" + "</a>" * 200, [f"201:1 {DEEP}"]),
    ("[" * 201 + "]" * 201, [f"1:201 {DEEP}"]),
    ('{"a": "[[[[[[", "b": ' + "[" * 200 + "]" * 200 + "}", [f"1:221 {DEEP}"]),
    ("<EventName/>\n<JobsDetail>" + "<a>" * 199 + "</a>" * 199 + "</JobsDetail>", [f"2:607 {DEEP}"]),
    ("<!DOCTYPE html>\n<html><body>x</body></html>", [WEB_PAGE]),
    ('\n<html lang="en"><p>unclosed</html>', [WEB_PAGE]),
    ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y"><html/>', [WEB_PAGE]),
    (
        "TaskFinish\n Success\n j0123456789abcdef0123456789abcdef\n Transcode\n 2024-01-01T00:00:00+0800\n",
        [STRIPPED],
    ),
    ("hello", [NEITHER]),
    ("EventName: TaskFinish", [NEITHER]),
    ("payload=%3CResponse%3E", [NEITHER]),
    ("PFJlc3BvbnNlPg==", [NEITHER]),
    ("\0" * 10, [NEITHER]),
    (",,,", [NEITHER]),
    ("[INFO] started", [NEITHER]),
    (" \n\t ", [NO_TEXT]),
    ("\ufeff", [NO_TEXT]),
    (b"\xff\xfe", [NO_TEXT]),
    ("\ufeff \n", [NO_TEXT]),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\n", [NEITHER]),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\xff", [f"1:1 {BAD_BYTE.format('0x89', 'utf-8')}"]),
]
ENCODINGS = [
    ("<a>任\n务".encode()[:-1], [f"2:1 {HALF.format('utf-8')}"]),
    ("<a>任务</a>".encode().replace("务".encode(), b"\xe5\x8a"), [f"1:5 {BAD_BYTE.format('0xe5', 'utf-8')}"]),
    ('{"a": "任务'.encode() + b'\xff"}', [f"1:10 {BAD_BYTE.format('0xff', 'utf-8')}"]),
    (b"<a>caf\xe9</a>", [f"1:7 {BAD_BYTE.format('0xe9', 'utf-8')}"]),
    (b"<a>\xed\xa0\x80</a>", [f"1:4 {BAD_BYTE.format('0xed', 'utf-8')}"]),
    ("\ufeff<a>中</a>".encode("utf-16-le"), ["{'a': '中'}"]),
    ("\ufeff<a>中</a>".encode("utf-16-be"), ["{'a': '中'}"]),
    ("<a>中</a>".encode("utf-16-le"), ["{'a': '中'}"]),
    ('{"a": "中"}'.encode("utf-16-be"), ["{'a': '中'}"]),
    ("\ufeff<a>\n中</a>".encode("utf-16-le")[:-1], [f"2:5 {HALF.format('utf-16-le')}"]),
    ("<a>x</a>".encode("utf-16-le") + b"<", [f"1:9 {HALF.format('utf-16-le')}"]),
    (b"\xff\xfe<\0a\0>\0\0\xd8<\0", [f"1:4 {BAD_BYTE.format('0x00', 'utf-16-le')}"]),
    (declared("utf-16").encode("utf-16"), ["{'a': '任务'}"]),
    (declared("utf-16"), ["{'a': '任务'}"]),
    ("<a>中</a>".encode("utf-32"), ["{'a': '中'}"]),
    ("<a>中</a>".encode("utf-32-le"), ["{'a': '中'}"]),
    (declared("GB2312", "任务镕").encode("gb18030"), ["{'a': '任务镕'}"]),
    ("<a>模板任务</a>".encode("gb18030"), ["{'a': '模板任务'}"]),
    ('{"a": "任务"}'.encode("gb18030"), ["{'a': '任务'}"]),
    (declared("gbk"), ["{'a': '任务'}"]),
    (declared("UTF-8").encode("gb18030"), ["{'a': '任务'}"]),
    (declared("gbk", "\0").replace("\0", "\xff").encode("latin-1"), [f"1:40 {BAD_BYTE.format('0xff', 'gb18030')}"]),
    (declared("gb18030").encode("gb18030")[:-5], [f"1:45 {HALF.format('gb18030')}"]),
    (declared("ISO-8859-1", "café").encode("latin-1"), ["{'a': 'café'}"]),
    (declared("x-klingon"), [f"1:31 {UNKNOWN.format('x-klingon')}"]),
    (declared("hex", "x"), [f"1:31 {UNKNOWN.format('hex')}"]),
    (declared("unicode_escape", "\\x3c"), [f"1:31 {UNKNOWN.format('unicode_escape')}"]),
    (declared("cp037", "x"), [f"1:31 {UNKNOWN.format('cp037')}"]),
    ("\ufeff" + declared("gbk"), ["{'a': '任务'}"]),
    ("{\"a\": \"<?xml version='1.0' encoding='gbk'?>任\"}", ["{'a': \"<?xml version='1.0' encoding='gbk'?>任\"}"]),
]
READ = [
    ("<a/>", ["{'a': None}"]),
    ("[]", ["[]"]),
    ("{}", ["{}"]),
    ("42", ["42"]),
    ('{"a": "\\ud800", "\\udc00": "x"}', [r"{'a': '\ud800', '\udc00': 'x'}"]),
    ('{"a": NaN, "b": -Infinity}', ["{'a': nan, 'b': -inf}", BAD_NUMBER.format("NaN"), BAD_NUMBER.format("-Infinity")]),
    ('{"a": 1e400}', ["{'a': inf}", BAD_NUMBER.format("1e400")]),
    (f'{{"a": {"9" * 5000}}}', [f"{{'a': '{'9' * 5000}'}}", BAD_NUMBER.format("9" * 80 + "…")]),
    ('{"a": 1, "b": {"x": 1, "x": 2}, "a": 3}', ["{'a': 3, 'b': {'x': 2}}", TWICE.format("a"), TWICE.format("x")]),
    ('{"a": [1, 2, ] , }', ["{'a': [1, 2]}", COMMAS.format(2, 1, 12)]),
    ('{"a": ",}", "b": "\\",]",}', ["{'a': ',}', 'b': '\",]'}", COMMAS.format(1, 1, 24)]),
    ("callback received:\n" + JOB, [JOB_DATA, AROUND.format(18, 1, 1)]),
    (JOB + "-- end --\n", [JOB_DATA, AROUND.format(9, 7, 1)]),
    ('body = {"a": 1};', ["{'a': 1}", AROUND.format(6, 1, 1), AROUND.format(1, 1, 16)]),
    ('{"a": 1}}', ["{'a': 1}", AROUND.format(1, 1, 9)]),
    ("<a>x</a></b>", ["{'a': 'x'}", AROUND.format(4, 1, 9)]),
    ("<a/>\0\0", ["{'a': None}", AROUND.format(2, 1, 5)]),
    ('// callback\n{"a": 1}', ["{'a': 1}", AROUND.format(11, 1, 1)]),
    (
        '2024-06-01 12:00:01 body={"EventName": "A"} (200)\n2024-06-01 12:00:02 body={"EventName": "B"}\n',
        ["{'EventName': 'A'}", AROUND.format(25, 1, 1), "{'EventName': 'B'}", AROUND.format(31, 1, 45)],
    ),
    ('{"EventName": "A"}\n{"EventName": "B"}\n\n{"a": 1}', ["{'EventName': 'A'}", "{'EventName': 'B'}", "{'a': 1}"]),
    (
        '{"EventName": 1}\n{"EventName": B"}\n{"EventName": 3}',
        ["{'EventName': 1}", f"2:15 {VALUE}", "{'EventName': 3}"],
    ),
    ("<Response><a>x\n<Response><a>y</a></Response>\n", [f"1:15 {ENDS}", "{'Response': {'a': 'y'}}"]),
    ('\x1e{"a": 1}\n\x1e{"a": 2}\n', ["{'a': 1}", "{'a': 2}"]),
    (declared("utf-8", "1") + "\n" + declared("gbk", "2"), ["{'a': '1'}", "{'a': '2'}"]),
    ('<a/>{"b": 1}<c/>', ["{'a': None}", "{'b': 1}", "{'c': None}"]),
    ("<a>1</a><b>2</b>", ["{'a': '1'}", "{'b': '2'}"]),
    ('[{"EventName": "A"}, {"EventName": "B"}]\n', ["{'EventName': 'A'}", "{'EventName': 'B'}"]),
    (
        "<EventName>A</EventName>\n<JobsDetail><Code>x</Code></JobsDetail>\n",
        ["{'Response': {'EventName': 'A', 'JobsDetail': {'Code': 'x'}}}", NO_ROOT],
    ),
    ("<EventName>A</EventName>\n<JobsDetail><Code></JobsDetail>", [f"2:19 {MISMATCH}"]),
    ('\n\n<?xml version="1.0"?><a/>', ["{'a': None}"]),
    ("<?xml-stylesheet href='x'?><a><?php echo ?>x</a>", ["{'a': 'x'}"]),
    ("<a><![CDATA[<b>&amp;]]>x</a>", ["{'a': '<b>&amp;x'}"]),
    ("<!-- a --><r><!-- b --><a>x<!-- c -->y</a></r><!-- d -->", ["{'r': {'a': 'xy'}}"]),
    ('<ns:a ns:b="1">x</ns:a>', ["{'ns:a': {'@ns:b': '1', '#text': 'x'}}"]),
    ("<根>值</根>", ["{'根': '值'}"]),
]


@pytest.mark.parametrize(
    ("content", "expected"),
    [*TRUNCATED_XML, *TRUNCATED_JSON, *MALFORMED_XML, *MALFORMED_JSON, *REFUSED, *ENCODINGS, *READ],
)
def test_what_is_said_of_each_input(content: str | bytes, expected: list[str]) -> None:
    assert told(content) == expected


def test_a_comma_too_many_is_told_at_the_comma_or_behind_it() -> None:
    # Python 3.13 began to point at the comma
    assert told('{"a": [1,,]}') in ([f"1:11 {VALUE}"], [f"1:9 {VALUE}"])


@pytest.mark.parametrize(
    "content", ["<a>" * 200 + "</a>" * 200, "[" * 200 + "]" * 200, '{"a":' * 200 + "1" + "}" * 200]
)
def test_nesting_at_the_limit_is_read(content: str) -> None:
    [line] = told(content)
    assert line.count("{") + line.count("[") >= 199


@pytest.mark.parametrize("content", ["<a>" + "<b/>" * 20_000 + "</a>", "[" + "{}," * 20_000 + "{}]", "{}" * 20_001])
def test_nodes_within_the_limit_and_beyond_it(content: str) -> None:
    assert len(told(content, Limits(nodes=50_000))) in (1, 20_001)
    assert told(content, Limits(nodes=20_000)) == ["more than 20000 nodes (split it into several files)"]
