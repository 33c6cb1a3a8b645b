"""What Fusion draws heavier than a calm window needs: tabs, headers, scroll bars, the tool bar."""

from dataclasses import asdict

from callback_lens.ui.theme import Theme

SHEET = """
QMenuBar { background: %(window)s; border-bottom: 1px solid %(border)s; padding: 1px 4px; }
QToolBar { background: %(window)s; border: none; border-bottom: 1px solid %(border)s; padding: 3px 6px; spacing: 2px; }
QToolBar::separator { background: %(border)s; width: 1px; margin: 4px 6px; }
QSplitter::handle { background: %(border)s; }

QTabWidget::pane { border: none; border-top: 1px solid %(border)s; }
QTabBar { background: %(window)s; }
QTabBar::tab {
    background: transparent; color: %(muted)s; border: none; border-bottom: 2px solid transparent;
    padding: 7px 10px 6px 8px;
}
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:selected { color: %(text)s; border-bottom-color: %(accent)s; }
QTabBar::tab:focus { color: %(accent)s; text-decoration: underline; }

QHeaderView { background: %(raised)s; border: none; }
QHeaderView::section {
    background: %(raised)s; color: %(muted)s; border: none; border-bottom: 1px solid %(border)s; padding: 4px 3px;
}

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(border)s; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: %(muted)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def style_sheet(theme: Theme) -> str:
    """The style sheet of the window in the colours of ``theme``."""
    return SHEET % asdict(theme.colors)
