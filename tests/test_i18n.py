from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from callback_lens.errors import Message
from callback_lens.i18n import LANGUAGES, words_in
from callback_lens.resources import resource

GREETING = Message("hello {name}", {"name": "{x}"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Catalogues of a language called zh."""
    catalog = Catalog("zh")
    catalog.add("hello {name}", "你好，{name}")
    catalog.add("braces {} and {{}}", "花括号 {} 和 {{}}")
    catalog.add("swap {one} {two}", "{two} {one}")
    file = BytesIO()
    write_mo(file, catalog)
    (tmp_path / "zh" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "zh" / "LC_MESSAGES" / "callback_lens.mo").write_bytes(file.getvalue())
    return tmp_path


def test_english_needs_no_catalogue(tmp_path: Path) -> None:
    assert words_in("en", tmp_path)(GREETING) == "hello {x}"


def test_a_language_without_catalogue_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        words_in("zh", tmp_path)


def test_a_message_is_translated_and_its_values_filled_in(folder: Path) -> None:
    words = words_in("zh", folder)
    assert words(GREETING) == "你好，{x}"
    assert words(Message("swap {one} {two}", {"one": 1, "two": None})) == "None 1"


def test_without_values_braces_are_plain(folder: Path) -> None:
    message = Message("braces {} and {{}}")
    assert str(message) == "braces {} and {{}}"
    assert words_in("zh", folder)(message) == "花括号 {} 和 {{}}"


def test_a_value_may_be_a_message(folder: Path) -> None:
    message = Message("hello {name}", {"name": GREETING})
    assert str(message) == "hello hello {x}"
    assert words_in("zh", folder)(message) == "你好，你好，{x}"


def test_what_is_not_translated_is_said_in_english(folder: Path) -> None:
    assert words_in("zh", folder)(Message("of {number}", {"number": 3})) == "of 3"


def test_the_shipped_catalogues() -> None:
    said = {words_in(language, resource("i18n"))(Message("Job")) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
