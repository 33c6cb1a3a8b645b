"""When two texts of a transcript say the same, and which words are punctuation."""

import unicodedata

# Not every symbol: "*" stands for a word that was filtered out, "%" and "+" are spoken.
MARKS = "，。、；：？！…—·～,.;:?!~-－‐–()（）[]【】{}<>《》〈〉「」『』\"'“”‘’"
WITHOUT_MARKS = dict.fromkeys(map(ord, MARKS))


def is_punctuation(text: str) -> bool:
    """True for a text of punctuation marks only."""
    return bool(text) and not text.strip(MARKS)


def same_text(one: str, other: str, with_marks: bool = True) -> bool:
    """Whether two texts differ in nothing but spaces and full or half width: web copies lose both.

    Without ``with_marks`` punctuation is passed over too.
    """
    return one == other or _comparable(one, with_marks) == _comparable(other, with_marks)


def _comparable(text: str, with_marks: bool) -> str:
    text = unicodedata.normalize("NFKC", text if with_marks else text.translate(WITHOUT_MARKS))
    return "".join(text.split())
