from pathlib import Path

import platformdirs
import pytest
from callback_lens.paths import captures_folder, log_file


def test_a_profile_holds_the_log(tmp_path: Path) -> None:
    assert log_file(tmp_path) == tmp_path / "log" / "callback-lens.log"
    assert list(tmp_path.iterdir()) == [], "asking makes nothing"


def test_without_a_profile_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_log_path", lambda name, appauthor: tmp_path / name / str(appauthor))
    assert log_file(None) == tmp_path / "callback-lens" / "False" / "callback-lens.log"


def test_captures_are_in_the_profile_or_among_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, appauthor: tmp_path / name / str(appauthor))
    assert captures_folder(tmp_path / "profile") == tmp_path / "profile"
    assert captures_folder(None) == tmp_path / "callback-lens" / "False"
