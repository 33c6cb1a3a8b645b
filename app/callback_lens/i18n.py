"""Messages in a language: the one gettext catalogue."""

from collections.abc import Callable
from gettext import GNUTranslations
from pathlib import Path

from callback_lens.errors import Message

LANGUAGES = ("en", "zh")
DOMAIN = "callback_lens"

Words = Callable[[Message], str]


def words_in(language: str, folder: Path) -> Words:
    """A function that says a Message in ``language``; ``folder`` has ``<language>/LC_MESSAGES/callback_lens.mo``.

    English stands in the program itself. Raises FileNotFoundError for a language that has no catalogue.
    """
    if language == "en":
        return str
    with (folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        catalogue = GNUTranslations(file)

    def words(message: Message) -> str:
        values = {name: words(value) if isinstance(value, Message) else value for name, value in message.values.items()}
        translated = catalogue.gettext(message.id)
        return translated.format(**values) if values else translated

    return words
