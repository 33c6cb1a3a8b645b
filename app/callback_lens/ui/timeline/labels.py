"""Texts that are laid out once and drawn often."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

from callback_lens.ui.models.plain import shown

KEPT = 4096  # texts: about a hundred times what is seen at once
BLOCK_HEIGHT = 0.62  # of a line: what stands for a hidden text


class Labels:
    """Draws texts in one font. With ``are_hidden`` a text is a block as long as it has characters."""

    def __init__(self, font: QFont, are_hidden: bool = False) -> None:
        self.font = font
        metrics = QFontMetricsF(font)
        self.height = metrics.height()
        self._metrics = metrics
        self.narrowest = metrics.horizontalAdvance("i")
        self._em = metrics.horizontalAdvance("中")
        self._are_hidden = are_hidden
        self._texts: dict[str, QStaticText] = {}
        self._advances: dict[str, float] = {}

    def advance(self, text: str, is_hidden: bool = True) -> float:
        """How wide ``text`` is drawn, in pixels."""
        if self._are_hidden and is_hidden:
            return len(text) * self._em
        advance = self._advances.get(text)
        if advance is None:
            advance = self._advances[text] = self._metrics.horizontalAdvance(shown(text))
        return advance

    def cut(self, text: str, room: float, is_hidden: bool = True) -> str:
        """``text``, or as much of it as fits into ``room`` pixels."""
        if self._are_hidden and is_hidden:
            return text[: int(room / self._em)]
        likely = text[: int(room * 4 / self._em) + 1]  # no character is narrower: a long text is not measured whole
        return self._metrics.elidedText(
            likely if len(likely) == len(text) else likely + "…", Qt.TextElideMode.ElideRight, room
        )

    def draw(self, painter: QPainter, x: float, middle: float, text: str, is_hidden: bool = True) -> None:
        """Draw ``text`` in the painter's pen from ``x`` on, its middle at the height ``middle``.

        What does not tell what was said is not ``is_hidden``.
        """
        if self._are_hidden and is_hidden:
            self._draw_block(painter, x, middle, len(text))
        else:
            painter.drawStaticText(QPointF(x, round(middle - self.height / 2)), self._static(text))

    def _draw_block(self, painter: QPainter, x: float, middle: float, length: int) -> None:
        color = QColor(painter.pen().color())
        color.setAlphaF(0.25)
        height = round(self.height * BLOCK_HEIGHT)
        painter.fillRect(QRectF(x, round(middle - height / 2), length * self._em, height), color)

    def _static(self, text: str) -> QStaticText:
        static = self._texts.get(text)
        if static is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
                self._advances.clear()
            static = self._texts[text] = QStaticText(shown(text))
            static.setTextFormat(Qt.TextFormat.PlainText)
        return static
