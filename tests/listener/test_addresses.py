"""Where it listens, and what it says where it cannot."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from callback_lens.errors import UserError
from callback_lens.listener import addresses
from callback_lens.listener.addresses import endpoint, is_open_to_others, open_sockets, reaches, url_of


@pytest.fixture
def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def listening(stack: ExitStack, host: str, port: int | None) -> list[socket.socket]:
    return [stack.enter_context(one) for one in open_sockets(host, port)]


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_the_next_free_port(opened: ExitStack, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "PORT", free_port)
    first, second = listening(opened, "127.0.0.1", None), listening(opened, "127.0.0.1", None)
    assert url_of(first) == f"http://127.0.0.1:{free_port}/"
    assert url_of(second) != url_of(first)


def test_no_port_is_free(opened: ExitStack, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "PORT", free_port)
    monkeypatch.setattr(addresses, "TRIED_PORTS", 1)
    listening(opened, "127.0.0.1", None)
    with pytest.raises(UserError, match="are all taken"):
        open_sockets("127.0.0.1", None)


def test_a_named_port_that_is_taken(opened: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "ASKED_SECONDS", 0.1)
    (first,) = listening(opened, "127.0.0.1", 0)
    port = first.getsockname()[1]
    with pytest.raises(UserError, match=f"port {port} of 127.0.0.1 is taken") as raised:
        open_sockets("127.0.0.1", port)
    assert "another program" in str(raised.value.hint)


@pytest.mark.parametrize(
    ("host", "reason"), [("no-such-host.invalid", "not known"), ("192.0.2.1", "not an address of this computer")]
)
def test_addresses_that_are_not_ours(host: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        open_sockets(host, 0)


@pytest.mark.skipif(not has_ipv6(), reason="this computer has no IPv6")
def test_ipv6(opened: ExitStack) -> None:
    sockets = listening(opened, "::1", 0)
    port = sockets[0].getsockname()[1]
    assert url_of(sockets) == f"http://[::1]:{port}/"
    assert not is_open_to_others(sockets)
    assert reaches("::1", port, sockets)


def test_who_can_reach_it(opened: ExitStack) -> None:
    everywhere = listening(opened, "0.0.0.0", 0)  # noqa: S104 - what is tested
    here = listening(opened, "127.0.0.1", 0)
    assert is_open_to_others(everywhere)
    assert not is_open_to_others(here)
    assert url_of(everywhere).startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("host", "is_own_port", "is_reached"),
    [
        ("127.0.0.1", True, True),
        ("localhost", True, True),
        ("127.0.0.1", False, False),
        ("192.0.2.1", True, False),
        ("no-such-host.invalid", True, False),
    ],
)
def test_what_leads_back(opened: ExitStack, host: str, is_own_port: bool, is_reached: bool) -> None:
    sockets = listening(opened, "127.0.0.1", 0)
    port = sockets[0].getsockname()[1] if is_own_port else 9
    assert reaches(host, port, sockets) is is_reached


def test_endpoints() -> None:
    assert [endpoint(("127.0.0.1", 1)), endpoint(("::1", 2, 0, 0))] == ["127.0.0.1:1", "[::1]:2"]
