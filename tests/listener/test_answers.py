"""Which answer is whose turn, and how it looks on the wire."""

import pytest
from callback_lens.listener import answers
from callback_lens.listener.answers import Answer, Answers, response
from callback_lens.listener.request import Received

XML = b"<Response><JobsDetail><JobId>%b</JobId></JobsDetail></Response>"
JSON = b'{"EventName": "TaskFinish", "JobsDetail": {"JobId" : "%b"}}'
PROBE = b'{"code": 0, "message": "Test request when setting callback url", "data": {"trace_id": "test_trace_id"}}'


def statuses(chosen: Answers, *bodies: bytes, target: bytes = b"/") -> list[int | None]:
    given = []
    for body in bodies:
        request = Received(0, "", target=target)
        chosen.choose(request, body)
        given.append(request.status)
    return given


def test_each_job_has_its_turns_whatever_the_format() -> None:
    chosen = Answers(Answer((500, 503, 200)))
    assert statuses(chosen, XML % b"j1", JSON % b"j2", JSON % b"j1", XML % b"j1", XML % b"j1", XML % b"j2") == [
        *(500, 500, 503, 200, 200, 503)
    ]


def test_moderation_names_its_job_otherwise() -> None:
    body = b'{"code": 0, "data": {"trace_id":"s1"}}'
    assert statuses(Answers(Answer((500, 200))), body, body, XML % b"s1") == [500, 200, 200]


def test_without_a_job_the_target_counts() -> None:
    chosen = Answers(Answer((500, 200)))
    assert statuses(chosen, b"a", b"b", target=b"/1") == [500, 200]
    assert statuses(chosen, b"a", target=b"/2") == [500]


def test_a_job_id_is_looked_for_at_the_beginning_only() -> None:
    far = b" " * answers.SCANNED_BYTES + XML % b"j1"
    assert statuses(Answers(Answer((500, 200))), far, far, XML % b"j1") == [500, 200, 500]


def test_the_console_is_always_answered_200() -> None:
    assert statuses(Answers(Answer((500, 404))), PROBE, PROBE, b"other") == [200, 200, 500]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "REMEMBERED", 2)
    chosen = Answers(Answer((500, 200)))
    assert statuses(chosen, XML % b"1", XML % b"2", XML % b"3", XML % b"2", XML % b"1") == [500, 500, 500, 200, 500]


@pytest.mark.parametrize("status", [204, 304])
def test_statuses_without_body_have_none(status: int) -> None:
    chosen = Answers(Answer((status,), b"text"))
    request = Received(0, "")
    chosen.choose(request, b"")
    assert request.answer == b""
    assert b"Content-Length" not in response(request, status, request.answer, keeps_open=True, second=0)


def test_the_wire() -> None:
    answer = response(Received(0, "", "POST"), 299, b"hm", keeps_open=False, second=0)
    assert answer == (
        b"HTTP/1.1 299 \r\nContent-Length: 2\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
        b"Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\nhm"
    )
