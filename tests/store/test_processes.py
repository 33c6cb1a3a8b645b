"""Several processes on one profile, and one that is killed."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from callback_lens.store.index import open_index
from callback_lens.store.model import WireCapture
from callback_lens.store.opening import open_store

Wire = Callable[..., WireCapture]
PROLOGUE = """
import sys
from pathlib import Path
from callback_lens.store.index import open_index
from callback_lens.store.model import Request, WireCapture
from callback_lens.store.opening import open_store
folder = Path(sys.argv[1])
request = Request(1, "POST", b"/", "1.1", "127.0.0.1:1", b"")
"""
WRITE = """
with open_store(folder) as store:
    for number in range(200):
        print(*store.add([WireCapture(request, b"%d of %s" % (number, sys.argv[2].encode()))], 1))
"""
INDEX = """
with open_index(folder) as index:
    while index.count() < int(sys.argv[2]) or index.behind():
        index.catch_up()
"""
UPLOAD = """
with open_store(folder) as store:
    print(*store.add([WireCapture(request, b"answered")], 1), flush=True)
    with store.writing() as writer:
        upload = writer.begin(request)
        writer.append(upload, b"first")
    with store.writing() as writer:
        writer.append(upload, b"never committed")
        print("now", flush=True)
        sys.stdin.read()
"""


def start(script: str, *arguments: str | Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PROLOGUE + script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_all_write_and_index_at_once(tmp_path: Path) -> None:
    writers = [start(WRITE, tmp_path, name) for name in ("a", "b", "c")]
    indexers = [start(INDEX, tmp_path, "600") for _ in range(2)]
    printed = [process.communicate(timeout=60)[0].split() for process in (*writers, *indexers)][: len(writers)]
    assert [process.returncode for process in (*writers, *indexers)] == [0] * 5
    assert sorted(int(number) for numbers in printed for number in numbers) == list(range(1, 601))
    with open_store(tmp_path) as store, open_index(tmp_path) as index:
        for name, numbers in zip("abc", printed, strict=True):
            assert [store.body(int(number)) for number in numbers] == [
                b"%d of %s" % (number, name.encode()) for number in range(200)
            ]
        assert (index.catch_up(), index.count()) == (0, 600)
        assert index.get(600) is not None


def test_a_listener_that_is_killed_loses_nothing_it_answered(tmp_path: Path) -> None:
    process = start(UPLOAD, tmp_path)
    assert process.stdout is not None
    assert [process.stdout.readline().strip() for _ in range(2)] == ["1", "now"]
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode in (-signal.SIGTERM, -getattr(signal, "SIGKILL", 15), 1)
    with open_store(tmp_path, may_repair=True) as store:
        assert store.notices == ()
        assert store.body(1) == b"answered"
        (number,) = store.recover(now=5)
        capture = store.get(number)
        assert capture is not None
        assert (store.body(number), capture.is_complete, capture.refused is None) == (b"first", False, False)


def test_a_window_sees_what_others_change(tmp_path: Path, wire: Wire) -> None:
    with open_store(tmp_path) as store, open_index(tmp_path) as index:
        states = [index.state()]
        for change in (
            lambda: store.add([wire()], committed=1),
            lambda: store.pin([1], True),
            index.catch_up,
            lambda: store.delete([1]),
        ):
            assert index.state() == states[-1]
            change()
            states.append(index.state())
        assert len(set(states)) == len(states)
