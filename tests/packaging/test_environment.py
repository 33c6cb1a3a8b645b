"""The project's environment: what makes it complete, what makes it stale, and how it is made."""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import environment
import pytest

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "some-project"
dependencies = ["numpy"]
[tool.ruff]
line-length = 120
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a pyproject.toml and nothing else."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    return tmp_path


def make_python(place: Path) -> None:
    program = environment.program(place, "python")
    program.parent.mkdir(parents=True, exist_ok=True)
    program.touch()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Stands in for venv and pip: an environment is a Python, and what is installed is noted here."""
    notes: list[tuple[str, ...]] = []
    monkeypatch.setattr(environment, "create", make_python)
    monkeypatch.setattr(environment, "install", lambda _place, *requirements: notes.append(requirements))
    return notes


def edit(root: Path, old: str, new: str) -> None:
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_the_first_call_makes_the_environment_and_the_second_trusts_it(
    root: Path, installed: list[tuple[str, ...]]
) -> None:
    assert environment.ensure_environment(root) == environment.ensure_environment(root) == root / ".venv"
    assert installed == [("--editable", f"{root}[dev]")]


def test_another_dependency_makes_it_anew(root: Path, installed: list[tuple[str, ...]]) -> None:
    environment.ensure_environment(root)
    left_over = root / ".venv" / "left-over"
    left_over.touch()
    edit(root, '"numpy"', '"numpy", "xmltodict"')
    environment.ensure_environment(root)
    assert len(installed) == 2
    assert not left_over.exists()


def test_a_setting_of_a_tool_does_not(root: Path, installed: list[tuple[str, ...]]) -> None:
    environment.ensure_environment(root)
    edit(root, "120", "100")
    environment.ensure_environment(root)
    assert len(installed) == 1


@pytest.mark.parametrize(("attribute", "value"), [("version", "3.99.0"), ("platform", "plan9")])
def test_another_python_or_system_makes_it_anew(
    root: Path, installed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, attribute: str, value: str
) -> None:
    environment.ensure_environment(root)
    monkeypatch.setattr(sys, attribute, value)
    environment.ensure_environment(root)
    assert len(installed) == 2


def test_a_moved_checkout_makes_it_anew(root: Path, installed: list[tuple[str, ...]]) -> None:
    old, new = root / "old", root / "new"
    old.mkdir()
    (root / "pyproject.toml").rename(old / "pyproject.toml")
    environment.ensure_environment(old)
    old.rename(new)
    environment.ensure_environment(new)
    assert len(installed) == 2


def test_a_vanished_python_makes_it_anew(root: Path, installed: list[tuple[str, ...]]) -> None:
    place = environment.ensure_environment(root)
    environment.program(place, "python").unlink()
    environment.ensure_environment(root)
    assert len(installed) == 2


def test_an_interrupted_installation_is_never_trusted(
    root: Path, installed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure_environment(root)
    edit(root, '"numpy"', '"numpy", "xmltodict"')
    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure_environment(root)
    edit(root, '"numpy", "xmltodict"', '"numpy"')  # even if what is asked is again what once was complete
    environment.ensure_environment(root)
    assert len(installed) == 2


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_another_dev_made_while_we_waited_is_taken(
    root: Path, installed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def lock_after_another(_path: Path) -> Iterator[None]:
        environment.build(root / ".venv", root, environment.fingerprint(root / "pyproject.toml"))
        yield

    monkeypatch.setattr(environment, "exclusive", lock_after_another)
    environment.ensure_environment(root)
    assert len(installed) == 1


def test_the_lock_keeps_others_out_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with environment.exclusive(path), path.open("a+b") as another:
        assert not environment.try_lock(another)
    with path.open("a+b") as another:
        assert environment.try_lock(another)


def test_a_killed_holder_lets_go_of_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    source = "import sys, environment\nwith environment.exclusive(sys.argv[1]): print('held', flush=True); input()"
    source = source.replace("sys.argv[1]", "environment.Path(sys.argv[1])")
    command = [sys.executable, "-c", source, str(path)]
    with (
        subprocess.Popen(
            command, cwd=Path(environment.__file__).parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as holder,
        path.open("a+b") as another,
    ):
        assert holder.stdout
        assert holder.stdout.readline().strip() == b"held"
        assert not environment.try_lock(another)
        holder.kill()
        holder.wait()
        assert environment.try_lock(another)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run."""
    noted: list[list[str]] = []
    monkeypatch.setattr(environment, "run", lambda command, **_variables: noted.append(command))
    return noted


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Leaves out modules of the standard library, as Debian does; all others are there."""

    def leave_out(*names: str) -> None:
        monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name in names else name)

    return leave_out


def test_venv_makes_the_environment_where_it_can(
    tmp_path: Path, commands: list[list[str]], without: Callable[..., None]
) -> None:
    without()
    environment.create(tmp_path)
    assert [command[1:] for command in commands] == [["-m", "venv", str(tmp_path)]]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_virtualenv_makes_it_where_the_system_left_out_a_part(
    tmp_path: Path, commands: list[list[str]], without: Callable[..., None], module: str
) -> None:
    without(module)
    environment.create(tmp_path)
    pip, virtualenv = commands
    assert pip[1:3] == ["-m", "pip"]
    assert pip[-1] == "virtualenv"
    assert virtualenv[1:] == ["-m", "virtualenv", "--quiet", str(tmp_path)]


def test_without_pip_too_it_says_what_to_install(
    tmp_path: Path, commands: list[list[str]], without: Callable[..., None]
) -> None:
    without("ensurepip", "pip")
    with pytest.raises(SystemExit, match="sudo apt-get install python3-venv"):
        environment.create(tmp_path)
    assert not commands


def test_a_failed_step_ends_with_its_command_and_no_traceback() -> None:
    with pytest.raises(SystemExit, match=r"exit 3.*raise SystemExit\(3\)"):
        environment.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_steps_leave_stdout_to_what_runs_afterwards(capfd: pytest.CaptureFixture[str]) -> None:
    environment.run([sys.executable, "-c", "import os; print(os.environ['WORD'])"], WORD="said")
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "said" in printed.err
