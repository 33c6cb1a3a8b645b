"""Messages for people, and the one error that is the input's or the environment's fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people, kept as data until somebody's language is known.

    ``id`` is the English text with ``{named}`` places (and the gettext msgid); ``values`` fill the places.
    A value may itself be a ``Message``.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence."""
        return self.id.format(**self.values) if self.values else self.id


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text: ``line`` and ``column`` count from 1, columns in characters."""

    line: int
    column: int


class UserError(Exception):
    """The input or the environment is at fault, not the program; everything else is a bug.

    ``hint`` says what to do about it; ``position`` is where in the input, when it has such a place;
    ``source`` names the input for people (``saved.zip!a.xml``) once it is known, ``member`` its part after the ``!``.
    """

    def __init__(
        self,
        message: Message,
        hint: Message | None = None,
        position: Position | None = None,
        source: str | None = None,
        member: str | None = None,
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint
        self.position = position
        self.source = source
        self.member = member
