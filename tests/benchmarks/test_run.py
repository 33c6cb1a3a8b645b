import importlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py with two benchmarks that need no time: four times the reference of 1 is over one's bound of 3."""
    monkeypatch.syspath_prepend(HERE)
    module = importlib.import_module("run")
    make = importlib.import_module("benchmarks").Benchmark
    over = make("over", "too slow", "callback.xml", lambda _: 4.0, lambda _: 1.0, bound=3, rounds=2)
    monkeypatch.setattr(module, "ALL", (over, make("told", "only told", "callback.xml", lambda _: 5.0)))
    return module


def test_a_bound_that_is_exceeded_shows_and_fails_only_when_strict(
    run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "made" / "results.json"
    assert run.main(["--json", str(results)]) == 0
    assert run.main(["--json", str(results), "--strict"]) == 1
    over, told = (line.split() for line in capsys.readouterr().out.splitlines()[1:3])
    assert over == ["over", "4.0", "ms", "1.0", "ms", "4.00", "3", "OVER"]
    assert told == ["told", "5.0", "ms"]
    assert json.loads(results.read_text())["rows"][0] == {
        "name": "over",
        "unit": "ms",
        "ours": [4.0, 4.0],
        "reference": [1.0, 1.0],
        "ratio": 4.0,
        "bound": 3,
        "over": True,
    }


def test_only_what_is_named_is_measured(run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["told", "--strict", "--json", str(tmp_path / "results.json")]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["name", "told"]


def test_what_is_left_out_is_told_and_measured_when_it_is_named(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "ALL", (replace(run.ALL[1], left_out="it takes minutes"),))
    for names in ([], ["told"]):
        run.main([*names, "--json", str(tmp_path / "results.json")])
    _, told, _, measured = capsys.readouterr().out.splitlines()
    assert told.split(maxsplit=1) == ["told", "left out unless it is named: it takes minutes"]
    assert measured.split() == ["told", "5.0", "ms"]


def test_an_unknown_name_is_refused(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run.main(["nothing"])
    assert "no benchmark is called nothing" in capsys.readouterr().err


def test_the_ratio_is_the_median_of_the_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)
    row = importlib.import_module("rows").Row("name", "ms", ours=[2, 30, 8], reference=[1, 10, 2], bound=3)
    assert row.ratio == 3
    assert not row.is_over


def test_without_a_reference_the_bound_is_of_what_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)
    row = importlib.import_module("rows").Row("name", "ms", ours=[60, 51, 10], bound=50)
    assert row.line().split() == ["name", "51.0", "ms", "50", "ms", "OVER"]


def test_a_bound_of_ours_is_none_of_the_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)
    row = importlib.import_module("rows").Row("name", "ms", ours=[60], reference=[1], bound=70, is_of_ours=True)
    assert row.line().split() == ["name", "60.0", "ms", "1.0", "ms", "60.00", "70", "ms", "ok"]


@pytest.mark.parametrize("name", ["show-small", "small-files", "small-files-summarized"])
def test_what_is_measured_runs(name: str, tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    subprocess.run([sys.executable, HERE / "run.py", name, "--rounds=1", "--json", results], check=True, timeout=60)
    (row,) = json.loads(results.read_text())["rows"]
    assert row["ours"][0] > 0
    assert row["reference"][0] > 0
