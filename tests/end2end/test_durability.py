"""What was answered 2xx is on disk, byte for byte: through kills, a full disk, errors and locks."""

import asyncio
import hashlib
import json
import random
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from callback_lens.store.opening import open_store
from listeners import TIMEOUT, Listener, command

resource = pytest.importorskip("resource", reason="Windows has no limits for files")

ROUNDS = 20
CONNECTIONS = 8
LARGE = 3 << 20
MOMENTS = (1, 300)  # answers after which the listener is killed, between these


async def send_until_killed(listener: Listener, sent: dict[str, bytes], answered: set[str], enough: int) -> None:
    """Requests from several connections; the listener is killed when ``enough`` of this round are answered."""
    port = int(listener.url.rstrip("/").rpartition(":")[2])
    before = len(answered)

    async def client(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for count in range(1_000_000):
                key = f"/{len(sent)}"
                sent[key] = body = body_of(LARGE if (number, count % 5) == (0, 4) else random.randrange(4000))
                writer.write(b"POST %b HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (key.encode(), len(body)) + body)
                answer = await reader.readuntil(b"\r\n\r\n")
                assert answer.startswith(b"HTTP/1.1 200 ")
                answered.add(key)
                if len(answered) - before >= enough:
                    listener.process.kill()
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    await asyncio.gather(*map(client, range(CONNECTIONS)))


def body_of(size: int) -> bytes:
    """Bytes that are like no others, and soon indexed."""
    return (random.randbytes(64) + b"<Word>text</Word>\n" * (size // 18))[:size]


@contextmanager
def listening_until_killed(profile: Path) -> Iterator[Listener]:
    pipe = subprocess.PIPE
    arguments = command(profile, "listen", "--json", "--quiet", "--port", 0)
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout
            yield Listener(profile, json.loads(process.stdout.readline())["listening"], process)
        finally:
            process.kill()


def test_killed_at_any_moment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent: dict[str, bytes] = {}
    answered: set[str] = set()
    for _ in range(ROUNDS):
        with listening_until_killed(tmp_path) as listener:
            asyncio.run(send_until_killed(listener, sent, answered, random.randint(*MOMENTS)))
    with listening_until_killed(tmp_path) as last:  # makes refused captures of what the others left unfinished
        last.process.communicate(b"stop\n", timeout=TIMEOUT)
    kept = exported(tmp_path, tmp_path / "out")
    with capsys.disabled():
        print(f"\n{ROUNDS} kills: {len(sent)} sent, {len(answered)} answered 2xx, {len(kept)} kept whole")
    assert len(answered) >= ROUNDS
    assert {key: kept.get(key) for key in answered} == {key: digest(sent[key]) for key in answered}
    assert {key: digest(sent[key]) for key in kept} == kept  # what was not answered is whole as well, or refused


def exported(profile: Path, folder: Path) -> dict[str, str]:
    """The digests of the exported files of complete captures, by their targets."""
    done = subprocess.run(
        command(profile, "captures", "export", "-o", folder), capture_output=True, timeout=TIMEOUT, check=False
    )
    assert done.returncode == 0, done
    items = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {item["target"]: digest((folder / item["file"]).read_bytes()) for item in items if item["complete"]}


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace")
def test_the_disk_has_it_before_the_first_byte_of_the_answer(tmp_path: Path) -> None:
    trace, profile = tmp_path / "trace", tmp_path / "profile"
    calls = "trace=read,recvfrom,write,sendto,writev,sendmsg,fsync,fdatasync"
    strace = ["strace", "-f", "-y", "-z", "-qq", "-e", calls, "-o", str(trace)]
    arguments = [*strace, *command(profile, "listen", "--json", "--quiet", "--port", 0)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        url = json.loads(process.stdout.readline())["listening"]
        asyncio.run(send_in_turn(url, 20))
        process.communicate(b"stop\n", timeout=TIMEOUT)
    lines = [line.split(maxsplit=1) for line in trace.read_text("utf-8", "replace").splitlines()]
    house_keeper = {thread for thread, call in lines if "index.db" in call}
    order = "".join(filter(None, (step(call) for thread, call in lines if thread not in house_keeper)))
    print(order)
    assert order.count("A") == 20
    assert re.fullmatch(r"[^RA]*(R[^RA]*S[^RA]*A[^RA]*)*", order)


def step(call: str) -> str | None:
    """What a line of the trace says: R request read, S log synced, A answer written."""
    if re.match(r"f(data)?sync\(\d+<.*captures\.db-wal>", call):
        return "S"
    if "POST /" in call and re.match("read|recvfrom", call):
        return "R"
    return "A" if "HTTP/1.1 200" in call else None


async def send_in_turn(url: str, count: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rstrip("/").rpartition(":")[2]))
    for _ in range(count):
        writer.write(b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n<a/>")
        await reader.readuntil(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="Linux alone limits the files of another process")
def test_an_io_error_is_answered_503_and_passes(tmp_path: Path) -> None:
    with listening_until_killed(tmp_path) as listener:
        statuses = [post(listener.url, b"before")]
        before = resource.prlimit(listener.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        statuses.append(post(listener.url, b"meanwhile"))
        resource.prlimit(listener.process.pid, resource.RLIMIT_FSIZE, before)
        statuses.append(post(listener.url, b"after"))
    assert statuses == [200, 503, 200]
    with open_store(tmp_path) as store:
        assert [store.body(number) for number in (1, 2)] == [b"before", b"after"]


def post(url: str, body: bytes) -> int:
    try:
        with urllib.request.urlopen(url + "callback", body, timeout=TIMEOUT) as answer:  # noqa: S310 - our own
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
