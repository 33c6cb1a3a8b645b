import subprocess
import sys
from pathlib import Path

from listeners import listening

HERE = Path(__file__).parent
COUNT = 200


def test_each_request_is_a_callback_of_another_job(tmp_path: Path) -> None:
    callback = tmp_path / "compact-callback.xml"
    subprocess.run([sys.executable, HERE / "inputs.py", callback], check=True, timeout=60)
    with listening(tmp_path / "profile") as listener:
        port = listener.url.rstrip("/").rpartition(":")[2]
        load = [sys.executable, HERE / "load.py", port, str(COUNT), callback]
        average, p99 = map(float, subprocess.run(load, capture_output=True, check=True, timeout=60).stdout.split())
        captured = listener.captured(COUNT)
    assert 0 < average < p99
    assert {capture["size"] for capture in captured} == {callback.stat().st_size}
    assert len({capture["sha256"] for capture in captured}) == COUNT
