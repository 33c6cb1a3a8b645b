"""The message catalogue: extracted from the sources, joined with its Chinese translation, compiled.

Run by dev.py in the project's environment, where Babel is.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

KEYWORDS = {**DEFAULT_KEYWORDS, "Message": (1,)}


def extract(app: Path) -> Catalog:
    """Every message id in the Python files under ``app``; without places, which would change with every edit."""
    catalog = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(app, keywords=KEYWORDS):
        catalog.add(message, context=context)
    return catalog


def update(root: Path) -> None:
    """Bring template, translation and compiled catalogue up to date; new messages wait untranslated in the .po."""
    template = extract(root / "app")
    translation = read_translation(root)
    translation.update(template, no_fuzzy_matching=True, update_creation_date=False)
    translation.obsolete.clear()
    translation_path(root).parent.mkdir(parents=True, exist_ok=True)
    template_path(root).write_bytes(written(template, omit_header=True))
    translation_path(root).write_bytes(written(translation))
    with compiled_path(root).open("wb") as file:
        write_mo(file, translation)


def written(catalog: Catalog, *, omit_header: bool = False) -> bytes:
    """The same bytes for the same messages: sorted, no places."""
    file = BytesIO()
    write_po(file, catalog, width=0, no_location=True, omit_header=omit_header, sort_output=True)
    return file.getvalue()


def faults(root: Path) -> Iterator[str]:
    """What is not as ``update`` and a translator would leave it."""
    template = extract(root / "app")
    translation = read_translation(root)
    if not template_path(root).is_file() or template_path(root).read_bytes() != written(template, omit_header=True):
        yield f"{template_path(root).name} is not what the sources say"
    if compiled(root) != strings(translation):
        yield f"{compiled_path(root).name} is not compiled from the translation"
    translated = strings(translation)
    for message_id in (str(message.id) for message in template if message.id):
        string = translated.get(message_id)
        if string is None:
            yield f"not translated: {message_id}"
        elif places(string) != places(message_id):
            yield f"other {{places}} in the translation of: {message_id}"


def strings(catalog: Catalog) -> dict[str, str]:
    """Id to translation, of what is translated for certain; the header is no message."""
    certain = (message for message in catalog if message.id and message.string and not message.fuzzy)
    return {str(message.id): str(message.string) for message in certain}


def compiled(root: Path) -> dict[str, str]:
    """What the program will find in the compiled catalogue."""
    if not compiled_path(root).is_file():
        return {}
    with compiled_path(root).open("rb") as file:
        return strings(read_mo(file))


def places(text: str) -> set[str]:
    """The named values that ``text`` has a place for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def read_translation(root: Path) -> Catalog:
    """The Chinese translation as it is in the project, or a new one."""
    if not translation_path(root).is_file():
        return Catalog(
            "zh", header_comment="# Chinese messages of Callback Lens.", project="Callback Lens", fuzzy=False
        )
    with translation_path(root).open("rb") as file:
        return read_po(file, locale="zh")


def template_path(root: Path) -> Path:
    """Where the untranslated messages are."""
    return root / "resources" / "i18n" / "callback_lens.pot"


def translation_path(root: Path) -> Path:
    """Where the translator works."""
    return root / "resources" / "i18n" / "zh" / "LC_MESSAGES" / "callback_lens.po"


def compiled_path(root: Path) -> Path:
    """What gettext reads."""
    return translation_path(root).with_suffix(".mo")


def main(command: str, root: Path) -> int:
    """``update`` or ``check`` the catalogues of the checkout at ``root``."""
    if command == "update":
        update(root)
    found = list(faults(root))
    print("\n".join(found) or "Translations are complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(__file__).resolve().parent.parent))
