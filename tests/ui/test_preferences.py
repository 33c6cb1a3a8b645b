"""Settings outlive the window, and no file can break them."""

import string
from pathlib import Path

import pytest
from callback_lens.paths import settings_file
from callback_lens.ui.preferences import RECENT, Preferences, Settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

ANY_NAME = st.text(st.characters())  # lone surrogates too: file names may have them


@given(
    recent=st.lists(ANY_NAME, max_size=4).map(tuple),
    folders=st.lists(st.tuples(ANY_NAME, ANY_NAME), max_size=3).map(tuple),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_what_was_changed_is_there_again(
    tmp_path: Path, recent: tuple[str, ...], folders: tuple[tuple[str, str], ...]
) -> None:
    timeline = {"tolerance_ms": 50, "colouring": "kind", "timeline_height": 300}
    listen = {"listen_options": folders, "listen_at_close": "keep", "listen_public_address": "https://example.com/"}
    preferences = Preferences(tmp_path)
    chosen = {"theme": "dark", "language": "zh", "zoom": 150, "recent": recent, "picture_folders": folders}
    chosen |= {**timeline, **listen, "notifies": "off"}
    preferences.change(**chosen)
    assert Preferences(tmp_path).settings == Settings(**chosen)


def test_a_change_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    with qtbot.waitSignal(preferences.changed) as changed:
        preferences.change(zoom=125)
    assert changed.args == [Settings(zoom=125)]


def test_an_override_is_for_this_run(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    preferences.override(language="zh")
    preferences.change(theme="dark")
    assert preferences.settings == Settings(theme="dark", language="zh")
    assert Preferences(tmp_path).settings == Settings(theme="dark")


@pytest.mark.parametrize(
    "line",
    [
        "theme=purple",
        'theme="\\"purple\\""',
        "language=[]",
        "zoom=0",
        "zoom=true",
        "zoom=1e999",
        "tolerance_ms=11",
        "colouring=purple",
        "timeline_height=-1",
        'notifies="\\"never\\""',
        "recent=a, b",
        'recent="[1, 2]"',
        'recent="{\\"a\\": 1}"',
        "recent=@Invalid()",
        "recent=@Variant(\\0\\0)",
        'picture_folders="[[\\"a\\"]]"',
        'listen_options="[[\\"port\\", 8787]]"',
        'listen_at_close="\\"never\\""',
        "listen_public_address=1",
        'picture_folders="' + "[" * 100_000 + '"',
    ],
)
def test_foreign_values_leave_the_default(tmp_path: Path, line: str) -> None:
    settings_file(tmp_path).write_text(f"[General]\n{line}\n", "utf-8")
    assert Preferences(tmp_path).settings == Settings()


@given(content=st.one_of(st.binary(max_size=200), st.text(string.printable, max_size=200).map(str.encode)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_no_file_breaks_the_settings(tmp_path: Path, content: bytes) -> None:
    settings_file(tmp_path).write_bytes(content)
    Preferences(tmp_path).window_state("geometry")


def test_recent_files_come_newest_first_and_once(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    for name in [*map(str, range(RECENT + 3)), "5"]:
        preferences.remember_file(name)
    assert len(preferences.settings.recent) == RECENT
    assert preferences.settings.recent[:2] == ("5", str(RECENT + 2))


def test_window_states_are_kept_as_bytes(tmp_path: Path) -> None:
    state = QByteArray(bytes(range(256)))
    Preferences(tmp_path).keep_window_state("splitter", state)
    assert Preferences(tmp_path).window_state("splitter") == state
    assert Preferences(tmp_path).window_state("columns") == QByteArray()
