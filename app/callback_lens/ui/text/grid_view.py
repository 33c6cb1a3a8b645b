"""Rows of text on a grid of cells: only what is on the screen is made and drawn."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from callback_lens.ui.session import Session
from callback_lens.ui.text.row_painter import Grid, Highlights, RowPainter
from callback_lens.ui.text.rows import NoRows, Place, Rows
from callback_lens.ui.theme import GAP, TIGHT, mono_font

MARGIN_CELLS = 4  # kept visible beside a place that was gone to
NOWHERE = (-1, -1)


class GridView(QAbstractScrollArea):
    """Shows Rows with their labels. Scroll bars count rows and cells; ``resized`` when other ones fit."""

    resized = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows: Rows = NoRows()
        self._marked = NOWHERE
        self._widest = 0
        self._grid = self._make_grid()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or wrapped lines would wrap twice
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        session.theme_changed.connect(self.viewport().update)

    def show_rows(self, rows: Rows) -> None:
        """Show ``rows`` from their beginning, with nothing marked."""
        self.rows = rows
        self._marked, self._widest = NOWHERE, 0
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._lay_out()

    def mark(self, first: int, last: int) -> None:
        """Mark the rows from ``first`` to ``last`` as what is selected elsewhere too; -1 for none."""
        self._marked = (first, last)
        self.viewport().update()

    def scroll_to_row(self, row: int) -> None:
        """Make ``row`` the uppermost."""
        self.verticalScrollBar().setValue(row)

    @property
    def top(self) -> Place:
        """Where the uppermost row begins."""
        return Place(self.verticalScrollBar().value(), 0)

    @property
    def marked(self) -> tuple[int, int]:
        """The first and the last row that are marked; -1 for none."""
        return self._marked

    @property
    def page_rows(self) -> int:
        """The rows that fit on the screen."""
        return max(self.viewport().height() // self._grid.height, 1)

    @property
    def page_cells(self) -> int:
        """The cells that fit beside the labels."""
        return self.cells_beside(self.rows.label_length)

    def cells_beside(self, label_length: int) -> int:
        """The cells that would fit beside labels of ``label_length`` characters."""
        return max(int((self.viewport().width() - self._left(label_length) - TIGHT) // self._grid.cell), 1)

    @property
    def text_left(self) -> float:
        """Where the text begins, in pixels: behind the labels."""
        return self._left(self.rows.label_length)

    def place_at(self, point: QPoint) -> Place:
        """The place nearest to ``point`` of the viewport; there must be rows."""
        row = self.verticalScrollBar().value() + point.y() // self._grid.height
        row = min(max(row, 0), len(self.rows) - 1)
        cell = self.horizontalScrollBar().value() + round((point.x() - self.text_left) / self._grid.cell)
        return Place(row, self.rows.line(row).column_of(max(cell, 0)))

    def box_of(self, place: Place) -> QRectF:
        """The left edge of the cell at ``place``, two pixels wide, in the viewport or beside it."""
        cell = self.rows.line(place.row).cell_of(place.column) - self.horizontalScrollBar().value()
        top = (place.row - self.verticalScrollBar().value()) * self._grid.height
        return QRectF(self.text_left + cell * self._grid.cell - 1, top, 2, self._grid.height)

    def show_place(self, place: Place) -> None:
        """Scroll just as far as needed to see ``place``."""
        self._show_row(place.row)
        self._update_widest()
        horizontal = self.horizontalScrollBar()
        cell = self.rows.line(place.row).cell_of(place.column)
        if cell < self.page_cells - MARGIN_CELLS:
            horizontal.setValue(0)
        elif not horizontal.value() <= cell <= horizontal.value() + self.page_cells - MARGIN_CELLS:
            horizontal.setValue(cell - self.page_cells // 2)

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def highlights(self) -> Highlights:
        """What is coloured behind the text."""
        return Highlights()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.session.theme.color("base"))
        self._draw_rows(painter)
        self._draw_labels(painter)
        self.draw_above(painter)
        painter.end()

    def draw_above(self, painter: QPainter) -> None:
        """Draw what lies above the text."""

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._update_widest()
        self.viewport().update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            if 0 <= self._marked[0] - self.top.row < self.page_rows:
                QTimer.singleShot(0, self, self._show_marked)  # when all around the view has found its size, too
            self._grid = self._make_grid()
            self._lay_out()
            self.resized.emit()

    def _show_marked(self) -> None:
        self._show_row(self._marked[0])

    def _show_row(self, row: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), row - self.page_rows + 1), row))

    def _left(self, label_length: int) -> float:
        return label_length * self._grid.cell + 3 * GAP

    def _make_grid(self) -> Grid:
        font = mono_font()
        font.setPointSizeF(self.font().pointSizeF())
        return Grid(font)

    def _lay_out(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self.page_rows)
        bar.setRange(0, max(len(self.rows) - self.page_rows, 0))
        self._update_widest()
        self.viewport().update()

    def _update_widest(self) -> None:
        """The widest row seen so far is what can be scrolled to."""
        self._widest = max([self._widest, *(self.rows.line(row).width for row in self._shown())])
        bar = self.horizontalScrollBar()
        bar.setPageStep(self.page_cells)
        bar.setSingleStep(MARGIN_CELLS)
        bar.setRange(0, self._widest + 1 - self.page_cells if self._widest > self.page_cells else 0)

    def _shown(self) -> range:
        first = self.verticalScrollBar().value()
        return range(first, min(first + self.page_rows + 1, len(self.rows)))

    def _draw_rows(self, painter: QPainter) -> None:
        grid, theme, highlights = self._grid, self.session.theme, self.highlights()
        first_cell = self.horizontalScrollBar().value()
        rows = RowPainter(painter, grid, theme, self.text_left, first_cell, self.page_cells + 2)
        for at, row in enumerate(self._shown()):
            if row == self._marked[0]:
                box = QRectF(self.text_left - GAP, at * grid.height, self.viewport().width(), grid.height)
                painter.fillRect(box, theme.color("selection"))
            rows.draw(self.rows.line(row), row, at * grid.height, highlights)

    def _draw_labels(self, painter: QPainter) -> None:
        grid, theme = self._grid, self.session.theme
        edge = self.text_left - GAP
        painter.fillRect(QRectF(0, 0, edge, self.viewport().height()), theme.color("raised"))
        painter.setFont(grid.font)
        for at, row in enumerate(self._shown()):
            box = QRectF(0, at * grid.height, edge - GAP, grid.height)
            if self._marked[0] <= row <= self._marked[1]:
                painter.fillRect(QRectF(edge - 3, box.top(), 3, grid.height), theme.color("accent"))
            painter.setPen(theme.color("text" if row == self._marked[0] else "muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.rows.label(row))
