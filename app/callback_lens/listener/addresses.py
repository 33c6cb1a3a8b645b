"""Where the listener listens: addresses, ports, and what is already there."""

import socket
from collections.abc import Sequence
from errno import EADDRINUSE, EADDRNOTAVAIL
from ipaddress import ip_address

from callback_lens.errors import Message, UserError

HOST, PORT = "127.0.0.1", 8787
TRIED_PORTS = 100
BACKLOG = 1024
ASKED_SECONDS = 1.0
TAKEN = Message("port {port} of {host} is taken")


def open_sockets(host: str, port: int | None) -> list[socket.socket]:
    """Sockets that listen on ``port`` at every address of ``host``; without a port on PORT or the next free one.

    Port 0 is any free one. Raises UserError where that is not possible, and says why.
    """
    for candidate in range(PORT, PORT + TRIED_PORTS) if port is None else (port,):
        try:
            return _listening(host, candidate)
        except OSError as error:
            if error.errno != EADDRINUSE:
                raise _not_possible(host, error) from error
            if port is not None:
                raise UserError(Message(TAKEN.id, {"host": host, "port": port}), owner(host, port)) from error
    ports = {"first": PORT, "last": PORT + TRIED_PORTS - 1, "host": host}
    raise UserError(Message("the ports {first} to {last} of {host} are all taken", ports))


def owner(host: str, port: int) -> Message:
    """Who listens there, or what to do about it."""
    try:
        with socket.create_connection((host, port), ASKED_SECONDS) as connection:
            connection.settimeout(ASKED_SECONDS)
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            greeting = connection.recv(4096)
    except OSError:
        greeting = b""
    if b"Callback Lens" in greeting:
        return Message("another listener of Callback Lens has it; choose another port")
    return Message("another program has it; choose another port")


def endpoint(address: Sequence[object]) -> str:
    """An address and a port as in a URL: ``127.0.0.1:8787``, ``[::1]:8787``."""
    host, port = str(address[0]), address[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def url_of(sockets: Sequence[socket.socket]) -> str:
    """The address to send callbacks to; of one that listens everywhere, that of this machine for itself."""
    host, port = sockets[0].getsockname()[:2]
    loopback = {"0.0.0.0": HOST, "::": "::1"}  # noqa: S104 - looked for, not listened on
    return f"http://{endpoint((loopback.get(host, host), port))}/"


def is_open_to_others(sockets: Sequence[socket.socket]) -> bool:
    """Whether other machines can reach one of ``sockets``."""
    return not all(ip_address(one.getsockname()[0].partition("%")[0]).is_loopback for one in sockets)


def reaches(host: str, port: int, sockets: Sequence[socket.socket]) -> bool:
    """Whether what is sent to ``host`` and ``port`` arrives at one of ``sockets``."""
    if port not in [one.getsockname()[1] for one in sockets]:
        return False
    return is_this_computer(host, port)


def is_this_computer(host: str, port: int) -> bool:
    """Whether ``host`` is a name or an address of this computer; asks the system's resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return any(_is_own(family, address) for family, *_, address in found)


def _is_own(family: int, address: tuple[object, ...]) -> bool:
    """Whether ``address`` is one of this machine: only those can be bound."""
    with socket.socket(family) as probe:
        try:
            probe.bind((address[0], 0, *address[2:]))
        except OSError:
            return False
    return True


def _listening(host: str, port: int) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    try:
        for family, *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE):
            first_port = sockets[0].getsockname()[1] if sockets else port
            at = (address[0], first_port, *address[2:])
            sockets.append(socket.create_server(at, family=family, backlog=BACKLOG))
    except BaseException:
        for opened in sockets:
            opened.close()
        raise
    return sockets


def _not_possible(host: str, error: OSError) -> UserError:
    if isinstance(error, socket.gaierror):
        return UserError(Message("{host} is not known as the name or address of a computer", {"host": host}))
    if error.errno == EADDRNOTAVAIL:
        return UserError(Message("{host} is not an address of this computer", {"host": host}))
    reason = {"host": host, "reason": error.strerror}
    return UserError(Message("the listener cannot listen on {host}: {reason}", reason))
