"""The message catalogue follows the sources and is complete in Chinese."""

from pathlib import Path

import catalogues
import pytest

SOURCE = """
def greet(name):
    return Message("hello {name}, "
                   "how are you", {"name": name})
"""
ID = "hello {name}, how are you"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one message, extracted and not translated."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "greetings.py").write_text(SOURCE, "utf-8")
    catalogues.update(tmp_path)
    return tmp_path


def translate(root: Path, message_id: str, string: str) -> None:
    path = catalogues.translation_path(root)
    entry = f'msgid "{message_id}"\nmsgstr "'
    assert entry in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(entry, entry + string), "utf-8")


def files(root: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((root / "resources").rglob("*.*"))]


def test_a_new_message_waits_for_its_translation(root: Path) -> None:
    assert list(catalogues.faults(root)) == [f"not translated: {ID}"]


def test_a_translated_and_compiled_message_is_complete(root: Path) -> None:
    translate(root, ID, "你好，{name}")
    catalogues.update(root)
    assert list(catalogues.faults(root)) == []
    assert catalogues.compiled(root) == {ID: "你好，{name}"}


def test_a_translation_that_was_not_compiled_is_told(root: Path) -> None:
    translate(root, ID, "你好，{name}")
    assert list(catalogues.faults(root)) == ["callback_lens.mo is not compiled from the translation"]


def test_a_translation_with_another_place_is_told(root: Path) -> None:
    translate(root, ID, "你好，{nmae}")
    catalogues.update(root)
    assert list(catalogues.faults(root)) == [f"other {{places}} in the translation of: {ID}"]


def test_a_fuzzy_translation_counts_as_none(root: Path) -> None:
    translate(root, ID, "你好，{name}")
    path = catalogues.translation_path(root)
    path.write_text(path.read_text("utf-8").replace('msgid "hello', '#, fuzzy\nmsgid "hello'), "utf-8")
    catalogues.update(root)
    assert list(catalogues.faults(root)) == [f"not translated: {ID}"]


def test_a_message_nobody_extracted_is_told(root: Path) -> None:
    (root / "app" / "more.py").write_text('Message("goodbye")\n_("until then")\n', "utf-8")
    template, *rest = catalogues.faults(root)
    assert template == "callback_lens.pot is not what the sources say"
    assert "not translated: goodbye" in rest
    assert "not translated: until then" in rest


def test_a_message_that_left_the_sources_leaves_the_catalogues(root: Path) -> None:
    translate(root, ID, "你好，{name}")
    (root / "app" / "greetings.py").write_text('Message("goodbye")', "utf-8")
    catalogues.update(root)
    assert all(b"hello" not in content for content in files(root))


def test_nothing_changes_by_doing_it_again_or_by_moving_lines(root: Path) -> None:
    before = files(root)
    (root / "app" / "greetings.py").write_text("\n\n\n" + SOURCE, "utf-8")
    catalogues.update(root)
    assert files(root) == before
    assert len(before) == 3


@pytest.mark.parametrize("command", ["check", "update"])
def test_the_exit_code_tells(root: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(command, root) == 1
    assert ID in capsys.readouterr().out
    translate(root, ID, "你好，{name}")
    catalogues.update(root)
    assert catalogues.main(command, root) == 0
