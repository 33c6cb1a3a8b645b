"""The log file: what went wrong inside the program, for bug reports."""

import logging
from pathlib import Path

LOGGER = "callback_lens"
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LARGEST = 1 << 20


class LogFile(logging.FileHandler):
    """Appends to a file that is made, with its folder, when the first record comes; bytes above ``LARGEST`` start anew.

    A log that cannot be written is no reason to fail: the records are dropped.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="backslashreplace", delay=True)
        self.setFormatter(logging.Formatter(FORMAT))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            if self.stream is None:
                self._prepare(Path(self.baseFilename))
            super().emit(record)
        except OSError:
            return

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's own name for it
        """A full disk while writing: drop the record."""

    def close(self) -> None:
        """Take no more records: a closed file that is still known to the logger would be opened again."""
        logging.getLogger(LOGGER).removeHandler(self)
        super().close()

    @staticmethod
    def _prepare(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".log.old"))


def log_to(path: Path) -> LogFile:
    """Send the program's records to ``path`` and nowhere else; the handler given back is closed by the caller."""
    handler = LogFile(path)
    logger = logging.getLogger(LOGGER)
    logger.propagate = False
    logger.addHandler(handler)
    return handler
