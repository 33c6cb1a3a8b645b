"""Each thing that is measured of capturing, in processes of its own: ``capture_probes.py NAME FILE`` prints one number.

FILE is a callback to post or, where a store of a million is asked, its folder.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter

from benchmarks import python
from callback_lens.store.filters.parsing import parse
from callback_lens.store.index import Index, open_index
from inputs import RARE_TAG, RARE_WORD
from load import CONNECTIONS
from servers import Server, listener, mitmdump, uvicorn

HERE = Path(__file__).parent
LOAD, POST_SCRIPT = HERE / "load.py", HERE / "post.lua"
WRK = shutil.which("wrk")
WRK_OPTIONS = ("--threads", "1", "--connections", str(CONNECTIONS), "--duration", "2s", "--script", POST_SCRIPT)
MANY = 20_000  # requests: some seconds
FEW = 2_000  # for who is slow
BURST = 10_000
MOST = 100_000
LARGE = 60_000_000  # bytes
TICK = 0.01  # seconds


def quiet_request(file: Path) -> float:
    """µs for each request that the listener takes, of 64 connections together, while it prints nothing."""
    with _listener(file, "--quiet") as (server, profile):
        return _usual_request(server, file, profile)


def printed_request(file: Path) -> float:
    """The same while it prints a line for each."""
    with _listener(file) as (server, profile):
        return _usual_request(server, file, profile)


def uvicorn_request(file: Path) -> float:
    """The same of uvicorn, which stores nothing."""
    with uvicorn() as server:
        return _usual_request(server, file)


def mitmdump_request(file: Path) -> float:
    """The same of mitmdump."""
    with TemporaryDirectory(dir=file.parent) as folder, mitmdump(Path(folder, "flows")) as server:
        return _post(server, FEW, file)[0]


def listener_p99(file: Path) -> float:
    """ms in which 99 of 100 requests are answered by the listener."""
    with _listener(file) as (server, _):
        return _post(server, MANY, file)[1] / 1000


def memory(file: Path) -> float:
    """MB that the listener takes at most for 100,000 captures."""
    with _listener(file) as (server, _):
        _post(server, MOST, file)
        return _peak_memory(server)


def large_body(file: Path) -> float:
    """MB that the listener takes more at most for a body of 60 MB, once it has taken a small one."""
    with _listener(file) as (server, _):
        before = _peak_memory_after(server, file.read_bytes())
        return _peak_memory_after(server, bytes(LARGE)) - before


def index_lag(file: Path) -> float:
    """ms from the last answer of a burst to all of it being indexed."""
    with _listener(file) as (server, profile), open_index(profile) as index:
        _post(server, BURST, file)
        start = perf_counter()
        _until_indexed(index)
        return (perf_counter() - start) * 1000


def start(folder: Path) -> float:
    """ms from the start of the interpreter to the address that the listener gives."""
    before = perf_counter()
    with listener(folder):
        return (perf_counter() - before) * 1000


def first_page(folder: Path) -> float:
    """ms from opening the index to the newest captures."""
    return _page(folder, None)


def tag_page(folder: Path) -> float:
    """The same of those with a Tag that few have."""
    return _page(folder, f"tag:{RARE_TAG}")


def word_page(folder: Path) -> float:
    """The same of those with a word in their bodies that few have."""
    return _page(folder, f"body:{RARE_WORD}")


def _page(folder: Path, wanted: str | None) -> float:
    begun = perf_counter()
    with open_index(folder) as index:
        if not index.page(parse(wanted) if wanted else None):
            raise ValueError(f"nothing is found by {wanted}")
        return (perf_counter() - begun) * 1000


@contextmanager
def _listener(file: Path, *options: str) -> Iterator[tuple[Server, Path]]:
    """A listener on a profile of its own, which is beside ``file``."""
    with TemporaryDirectory(dir=file.parent) as folder, listener(Path(folder), *options) as server:
        yield server, Path(folder)


def _usual_request(server: Server, file: Path, profile: Path | None = None) -> float:
    """µs for each request, of 64 connections together, once all that is started has started; by wrk where it is."""
    _post(server, FEW, file)
    if profile:
        with open_index(profile) as index:
            _until_indexed(index)
    return _wrk(server, file) if WRK else _post(server, MANY, file)[0]


def _until_indexed(index: Index) -> None:
    never = Event()
    while index.behind():
        never.wait(TICK)


def _wrk(server: Server, file: Path) -> float:
    """µs for each request by wrk. Raises ConnectionError for answers that are not 200, and for none."""
    command = [str(WRK), *WRK_OPTIONS, f"http://127.0.0.1:{server.port}/", "--", file]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not rate or "Non-2xx" in said or "Socket errors" in said:
        raise ConnectionError(said)
    return 1e6 / float(rate[1])


def _post(server: Server, count: int, file: Path) -> tuple[float, ...]:
    """What load.py prints."""
    return tuple(map(float, python(LOAD, str(server.port), str(count), file).split()))


def _peak_memory_after(server: Server, body: bytes) -> float:
    """MB after ``body`` was posted."""
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/", body)
    if (status := connection.getresponse().status) != 200:
        raise ConnectionError(f"answered {status}")
    connection.close()
    return _peak_memory(server)


def _peak_memory(server: Server) -> float:
    """MB, the most that was ever resident of the server."""
    status = Path(f"/proc/{server.pid}/status").read_text("ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024 / 1e6


PROBES = (
    quiet_request,
    printed_request,
    uvicorn_request,
    mitmdump_request,
    listener_p99,
    memory,
    large_body,
    index_lag,
    start,
    first_page,
    tag_page,
    word_page,
)

if __name__ == "__main__":
    _, name, measured = sys.argv
    print({probe.__name__: probe for probe in PROBES}[name](Path(measured)))
