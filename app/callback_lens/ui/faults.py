"""What goes wrong anywhere in the process is logged and told, and the program goes on."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class QtFault(Exception):  # noqa: N818  # what Qt calls critical
    """Something Qt said that it should not have had to say."""


@contextmanager
def faults_reported(report: Callable[[BaseException], None]) -> Iterator[None]:
    """Pass errors that nobody caught, on any thread, to ``report``; Qt's own messages go to the log."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = lambda _, error, trace: _take(report, error, trace)
    threading.excepthook = lambda args: _take(report, args.exc_value or args.exc_type(), args.exc_traceback)
    sys.unraisablehook = lambda args: _take(report, args.exc_value or args.exc_type(), args.exc_traceback)
    handler_before = qInstallMessageHandler(lambda kind, context, text: _log(report, kind, context, text))
    traps = not faulthandler.is_enabled() and sys.stderr is not None
    if traps:
        faulthandler.enable()
    try:
        yield
    finally:
        if traps:
            faulthandler.disable()
        qInstallMessageHandler(handler_before)
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _take(report: Callable[[BaseException], None], error: BaseException, trace: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt | SystemExit):
        report(error.with_traceback(trace))


def _log(report: Callable[[BaseException], None], kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger(f"{__name__}.qt").log(LEVELS[kind], "%s: %s", context.category, text)
    if kind is QtMsgType.QtCriticalMsg:
        report(QtFault(text))
