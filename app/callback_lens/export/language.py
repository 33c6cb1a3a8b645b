"""In which language things are said, in the window as on the command line."""

from dataclasses import dataclass

from callback_lens.i18n import Words, words_in
from callback_lens.payload.field_notes import FieldNotes, load_field_notes
from callback_lens.resources import resource


@dataclass(frozen=True, slots=True)
class Language:
    """How to say things: ``words`` says Messages, ``notes`` has each node's term in the language called ``name``.

    ``hides_secrets``: passwords, signatures and tokens are masked.
    """

    name: str
    words: Words
    notes: FieldNotes
    hides_secrets: bool = True


def language_named(name: str) -> Language:
    """The language called ``name`` (one of ``LANGUAGES``), with its words and field notes as shipped."""
    return Language(name, words_in(name, resource("i18n")), load_field_notes(resource("fields")))
