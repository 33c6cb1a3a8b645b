"""What every test has at hand: the documented payloads, the real command, and a watch for stray threads."""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xmltodict
from coverage import Coverage
from hypothesis import settings

if TYPE_CHECKING:  # at run time pytest_sessionstart has to be the first to import them
    from callback_lens.payload.document import Document
    from callback_lens.payload.jobs import Job

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
TESTS = Path(__file__).parent
MEASURED_ALONE = ("payload", "transcript", "blocks", "tags", "store")

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("default", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of documented callbacks, which is not part of the project."""
    folder = os.environ.get("CALLBACK_LENS_CORPUS")
    if not folder:
        pytest.skip("CALLBACK_LENS_CORPUS does not name the folder of documented payloads")
    if not Path(folder).is_dir():
        pytest.skip(f"CALLBACK_LENS_CORPUS names no folder: {folder}")
    return Path(folder)


@pytest.fixture
def run_cli(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the real command on a profile of its own: ``run_cli("show", path, stdin=b"…")``."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", timeout: float = 60, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "callback_lens", "--profile", str(tmp_path / "profile"), *map(str, arguments)]
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=timeout, env={**os.environ, **(env or {})}, check=False
        )
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


@pytest.fixture(params=["xml", "json"])
def document(request: pytest.FixtureRequest) -> "Callable[[Any], Document]":
    """Reads a payload given as data, written as XML and as JSON in turn: ``document({"EventName": …})``."""
    from callback_lens.payload.document import Document
    from callback_lens.payload.inputs import Input
    from callback_lens.payload.limits import Limits
    from callback_lens.payload.reader import read_documents

    def read(payload: Any) -> Document:
        text = xmltodict.unparse({"Response": payload}) if request.param == "xml" else json.dumps(payload)
        (result,) = read_documents(Input("payload", None, text.encode(), None), Limits())
        assert isinstance(result, Document), result
        return result

    return read


@pytest.fixture
def job(document: "Callable[[Any], Document]") -> "Callable[..., Job]":
    """Reads a job of its nodes: ``job(Tag="Snapshot", State="Success", Operation={…})``."""
    from callback_lens.payload.envelope import read_envelope

    def read(**nodes: Any) -> "Job":
        (only,) = read_envelope(document({"EventName": "TaskFinish", "JobsDetail": nodes}).payload).jobs
        return only

    return read


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """The permissions of files bind the test, and the programs it starts, also where root runs it."""
    if sys.platform == "win32":
        pytest.skip("Windows has other permissions")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may write everywhere")
    from privileges import permissions_applied

    with ExitStack() as stack:
        try:
            stack.enter_context(permissions_applied())
        except OSError as error:
            pytest.skip(f"root may write everywhere: {error}")
        yield


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    """Fails a test that leaves a thread running; one that is just ending is given a second."""
    before = set(threading.enumerate())
    yield
    strays = set(threading.enumerate()) - before
    for thread in strays:
        thread.join(timeout=1)
    left = [thread.name for thread in strays if thread.is_alive()]
    assert not left, f"threads left running: {left}"


def pytest_sessionstart() -> None:
    """Import what is measured alone before any test, so that module level code counts for no test in particular."""
    if Coverage.current():
        for name in MEASURED_ALONE:
            package = importlib.import_module(f"callback_lens.{name}")
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Record coverage under the name of the test's top folder: tests/payload/… counts for payload."""
    coverage = Coverage.current()
    if coverage:
        coverage.switch_context(item.path.relative_to(TESTS).parts[0])
    return (yield)
