"""When two texts of a transcript say the same, and which words are punctuation."""

import unicodedata

# Not every symbol: "*" stands for a word that was filtered out, "%" and "+" are spoken.
MARKS = "，。、；：？！…—·～,.;:?!~-－‐–()（）[]【】{}<>《》〈〉「」『』\"'“”‘’"
WITHOUT_MARKS = dict.fromkeys(map(ord, MARKS))


def is_punctuation(text: str) -> bool:
    """True for a text of punctuation marks only."""
    return bool(text) and not text.strip(MARKS)


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ only by spaces, by full or half width (web copies lose both), or by punctuation that
    one of them leaves out altogether (ResTextFormat 1 lists words without it).
    """
    if _without_spaces(one) == _without_spaces(other):  # as nearly all are
        return True
    one, other = _plain(one), _plain(other)
    words, other_words = one.translate(WITHOUT_MARKS), other.translate(WITHOUT_MARKS)
    return one == other or (words == other_words and (words == one or other_words == other))


def _plain(text: str) -> str:
    return _without_spaces(unicodedata.normalize("NFKC", text))


def _without_spaces(text: str) -> str:
    return "".join(text.split())
