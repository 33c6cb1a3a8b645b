"""Payload text on its way into Qt: never markup, never too long to lay out."""

from html import escape

from callback_lens.export.layout import one_line

LONGEST_CELL = 2000
LONGEST_TOOLTIP = 1000


def shown(text: str, longest: int = LONGEST_CELL) -> str:
    """``text`` on one line for a label or a cell, control characters written out, cut after ``longest``."""
    return one_line(text if len(text) <= longest else f"{text[:longest]}…")


def tooltip(text: str) -> str:
    """``text`` as a tooltip: Qt takes some texts for HTML unless they are."""
    return f"<qt>{escape(shown(text, LONGEST_TOOLTIP))}</qt>"


def tab_separated(rows: list[list[str]]) -> str:
    """The rows as lines for a spreadsheet; tabs and line ends within a cell become spaces."""
    return "\n".join("\t".join(" ".join(cell.split("\t")).replace("\n", " ") for cell in row) for row in rows)
