"""One listener for a profile, as long as its process runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from callback_lens.capture.lock import Running, locked_profile, running_listener
from callback_lens.errors import UserError

HOLD = """
import sys
from pathlib import Path
from callback_lens.capture.lock import locked_profile
with locked_profile(Path(sys.argv[1])) as lock:
    lock.announce("http://127.0.0.1:1/")
    print(flush=True)
    sys.stdin.read()
"""


def test_who_runs_is_named(tmp_path: Path) -> None:
    assert running_listener(tmp_path) is None
    with locked_profile(tmp_path) as lock:
        assert running_listener(tmp_path) == Running(os.getpid(), None)
        with pytest.raises(UserError, match="just starting"), locked_profile(tmp_path):
            pass
        lock.announce("http://127.0.0.1:8787/")
        assert running_listener(tmp_path) == Running(os.getpid(), "http://127.0.0.1:8787/")
        said = rf"runs already at http://127.0.0.1:8787/ \(process {os.getpid()}\)"
        with pytest.raises(UserError, match=said), locked_profile(tmp_path):
            pass
    assert running_listener(tmp_path) is None


def test_a_killed_listener_blocks_nobody(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout
        holder.stdout.readline()
        assert running_listener(tmp_path) == Running(holder.pid, "http://127.0.0.1:1/")
        holder.kill()
    assert running_listener(tmp_path) is None
    with locked_profile(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="there is no shared lock")
def test_who_only_looks_is_no_listener(tmp_path: Path) -> None:
    import fcntl

    with locked_profile(tmp_path):
        pass
    with (tmp_path / "listener.lock").open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert running_listener(tmp_path) is None


def test_what_is_in_the_file_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "listener.lock").write_bytes(b"\xff{")
    with locked_profile(tmp_path) as lock:
        lock.announce("http://127.0.0.1:1/")
        (tmp_path / "listener.lock").write_bytes(b"\xff{")
        assert running_listener(tmp_path) == Running(0, None)


@pytest.mark.usefixtures("unprivileged")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written"), locked_profile(tmp_path / "profile"):
        pass


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "profile").touch()
    with pytest.raises(UserError, match="cannot be written"), locked_profile(tmp_path / "profile"):
        pass
