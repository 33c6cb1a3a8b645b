"""A calm table of payload nodes: selecting a row selects its node, and the other way round."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import tab_separated
from callback_lens.ui.models.row_model import RowModel
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, icon_size
from callback_lens.ui.widgets.cell_delegate import CellDelegate
from callback_lens.ui.widgets.menus import asked_about, show_menu
from callback_lens.ui.widgets.object_menu import Choice, copy_text
from callback_lens.ui.widgets.row_tables import show_as_rows

SAMPLE = 60  # rows that are looked at for the widths of columns; tables of no more show all their rows
MOST_LINES = 6
MOST_COPIED = 20_000
TALLEST = 420
NARROWEST, WIDEST = 48, 340
WIDEST_BESIDE = 280  # of what stands beside a column that wraps
SHARE_BESIDE = 0.5  # of the table, for all that stands beside it
NARROWED = 170
LONGEST_MEASURED = 100


class NodeTable(QTableView):
    """Shows a RowModel. ``wrapped`` is the column that takes the width left over and breaks its lines.

    ``choices`` has what the context menu offers for a place beyond copying; ``copied`` is the column that Ctrl+C
    takes of a single row (all of them where it is None). Rows wrap when they come into view.
    """

    def __init__(
        self,
        model: RowModel,
        session: Session,
        selection: Selection,
        name: Message,
        parent: QWidget | None = None,
        wrapped: int | None = None,
        copied: int | None = None,
        choices: Callable[[int], Iterable[Choice]] = lambda _: (),
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._session = session
        self._selection = selection
        self._name = name
        self._wrapped = wrapped
        self._copied = copied
        self._choices = choices
        self._fits = model.rowCount() <= SAMPLE
        model.setParent(self)
        self.setModel(model)
        self._cells = CellDelegate(session, wrapped, self)
        self.setItemDelegate(self._cells)
        self._set_look()
        self._set_columns()
        self._speak()
        self._connect()
        self._wrap()

    def path_at(self, index: QModelIndex) -> str:
        """The path that choosing a cell selects."""
        return self.rows.path(self.rows.place(index.row()))

    def copy(self) -> None:
        """Copy the selected rows as tab-separated text, or the one cell that counts of a single row."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})[:MOST_COPIED]
        shown = [column for column in range(self.rows.columnCount()) if not self.isColumnHidden(column)]
        if len(rows) == 1 and self._copied is not None:
            copy_text(self.rows.text(self.rows.place(rows[0]), self._copied))
        elif rows:
            places = map(self.rows.place, rows)
            copy_text(tab_separated([[self.rows.text(place, column) for column in shown] for place in places]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.currentIndex() != before:
            self._choose(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = asked_about(self, event)
        self.setCurrentIndex(index)
        if index.isValid():
            place = self.rows.place(index.row())
            show_menu(self._session, (*self._copy_choices(index, place), *self._choices(place)), at, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._narrow()
        self._wrap()

    def _narrow(self) -> None:
        """Make the widest columns narrower, as far as the table, or the column that wraps, has no room otherwise."""
        columns = [column for column in range(len(self._widths)) if column != self._wrapped]
        columns = [column for column in columns if not self.isColumnHidden(column)]
        share, least = (1.0, NARROWED) if self._wrapped is None else (SHARE_BESIDE, NARROWEST)
        room = round(self.viewport().width() * share)
        most = widest_fitting([self._widths[column] for column in columns], room, least)
        for column in columns:
            self.setColumnWidth(column, min(self._widths[column], most))

    def _copy_choices(self, index: QModelIndex, place: int) -> Iterable[Choice]:
        for column in dict.fromkeys((self._copied or 0, 0, index.column())):
            words = Message("Copy “{column}”", {"column": self.rows.title(column)})
            yield words, partial(self._copy_cell, place, column)
        yield Message("Copy row"), self.copy_row

    def _copy_cell(self, place: int, column: int) -> None:
        copy_text(self.rows.text(place, column))

    def copy_row(self) -> None:
        """Copy the whole of the current row, tab-separated."""
        place = self.rows.place(self.currentIndex().row())
        copy_text(tab_separated([[self.rows.text(place, column) for column in range(self.rows.columnCount())]]))

    def _set_look(self) -> None:
        show_as_rows(self)
        self.setIconSize(QSize(icon_size(), icon_size()))
        self.setWordWrap(self._wrapped is not None)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle if self._wrapped is None else Qt.TextElideMode.ElideRight)
        self.setEditTriggers(self.EditTrigger.DoubleClicked | self.EditTrigger.EditKeyPressed)
        self.verticalHeader().setMinimumSectionSize(self._line_height())
        self.verticalHeader().setDefaultSectionSize(self._line_height())
        self.horizontalHeader().setMinimumSectionSize(NARROWEST)

    def _set_columns(self) -> None:
        header = self.horizontalHeader()
        self._widths = [self._column_width(column) for column in range(self.rows.columnCount())]
        for column, width in enumerate(self._widths):
            header.resizeSection(column, width)
        if self._wrapped is not None:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            header.setSectionResizeMode(self._wrapped, QHeaderView.ResizeMode.Stretch)
        else:
            header.setStretchLastSection(True)

    def _column_width(self, column: int) -> int:
        rows = range(min(self.rows.rowCount(), SAMPLE))
        font = self.rows.data(self.rows.index(0, column), Qt.ItemDataRole.FontRole) or self.font()
        texts = [str(self.rows.data(self.rows.index(row, column)))[:LONGEST_MEASURED] for row in rows]
        widths = map(QFontMetrics(font).horizontalAdvance, [self.rows.title(column), *texts])
        icon = self.rows.data(self.rows.index(0, column), Qt.ItemDataRole.DecorationRole)
        widest = WIDEST if self._wrapped is None else WIDEST_BESIDE
        return min(max(widths) + GAP + TIGHT + (self.iconSize().width() + TIGHT if icon else 0), widest) + GAP

    def _connect(self) -> None:
        self.clicked.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self._wrap)
        self.horizontalHeader().sectionResized.connect(self._section_resized)
        self.rows.layoutChanged.connect(self._wrap)
        self._selection.node_changed.connect(self._follow)
        self._session.language_changed.connect(self._speak)
        self._session.theme_changed.connect(self.viewport().update)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._selection.select_path(self.path_at(index), self)

    def _follow(self, selected: NodeSelected) -> None:
        if selected.origin is self:
            return
        place = self.rows.place_of(selected.node) if selected.node is not None else None
        if place is None:
            self.clearSelection()
            return
        self.selectRow(self.rows.row(place))
        self._wrap()

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(self._name))

    def _line_height(self) -> int:
        return self.fontMetrics().height() + GAP + TIGHT // 2

    def _visible_rows(self) -> range:
        if self._fits:
            return range(self.rows.rowCount())
        first = max(self.rowAt(0), 0)
        most = self.viewport().height() // self._line_height() + 2
        return range(first, min(first + most, self.rows.rowCount()))

    def _section_resized(self, section: int, _before: int, width: int) -> None:
        """The header says how wide a section is before it says so when asked."""
        if section == self._wrapped:
            self._wrap_to(width)
        else:
            self._wrap()

    def _wrap(self) -> None:
        self._wrap_to(self.columnWidth(self._wrapped or 0))

    def _wrap_to(self, width: int) -> None:
        """Give the rows in view the height of their text, and the table the height of its rows."""
        if self._wrapped is not None:
            for row in self._visible_rows():
                self._wrap_row(row, width)
        self._fit()

    def _wrap_row(self, row: int, width: int) -> None:
        index = self.rows.index(row, self._wrapped or 0)
        lines = self._cells.lines(self.rows.data(index), width, self.fontMetrics())
        height = self._line_height() + (min(lines, MOST_LINES) - 1) * self.fontMetrics().lineSpacing()
        if self.rowHeight(row) != height:
            self.setRowHeight(row, height)

    def _fit(self) -> None:
        header = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar()
        scroll = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        height = TALLEST if not self._fits else min(self.verticalHeader().length(), TALLEST * 2) + header + scroll
        if self.minimumHeight() != height:
            self.setFixedHeight(height)


def widest_fitting(widths: Sequence[int], room: int, least: int = NARROWED) -> int:
    """How wide a column may be at most for all to fit into ``room`` pixels; never less than ``least``."""
    left = room
    for place, width in enumerate(sorted(widths)):
        most = left // (len(widths) - place)
        if width > most:
            return max(most, least)
        left -= width
    return WIDEST + GAP
