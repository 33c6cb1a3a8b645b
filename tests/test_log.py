import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from callback_lens import log
from callback_lens.log import LogFile, log_to


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a" / "b" / "callback-lens.log"


@pytest.fixture
def handler(path: Path) -> Iterator[LogFile]:
    opened = log_to(path)
    yield opened
    opened.close()


@pytest.fixture
def logger() -> logging.Logger:
    return logging.getLogger("callback_lens.some.module")


def test_no_record_no_file(handler: LogFile, path: Path) -> None:
    assert not path.parent.exists()


def test_records_are_appended(handler: LogFile, logger: logging.Logger, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("before\n")
    logger.error("it is %s", "好\ud800")
    before, line = path.read_text("utf-8").splitlines()
    assert before == "before"
    assert line.endswith(r" ERROR callback_lens.some.module: it is 好\ud800")


def test_tracebacks(handler: LogFile, logger: logging.Logger, path: Path) -> None:
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        logger.exception("oh")
    assert path.read_text("utf-8").rstrip().endswith("ZeroDivisionError: division by zero")


def test_nothing_reaches_standard_error(
    handler: LogFile, logger: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    logger.error("oh")
    assert capfd.readouterr() == ("", "")


def test_a_large_log_starts_anew(
    handler: LogFile, logger: logging.Logger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LARGEST", 10)
    path.parent.mkdir(parents=True)
    path.write_text("much too large")
    logger.error("oh")
    assert path.with_name("callback-lens.log.old").read_text() == "much too large"
    assert path.read_text("utf-8").count("\n") == 1


def test_a_log_that_cannot_be_made_is_no_failure(
    tmp_path: Path, logger: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    handler = log_to(tmp_path / "file" / "callback-lens.log")
    logger.error("oh")
    handler.close()
    assert capfd.readouterr() == ("", "")


def test_a_disk_that_is_full_is_no_failure(
    handler: LogFile, logger: logging.Logger, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def write(text: str) -> None:
        raise OSError(28, "No space left on device")

    logger.error("first")
    assert handler.stream is not None
    handler.stream.write = write  # type: ignore[method-assign]
    logger.error("second")
    assert capfd.readouterr() == ("", "")
    assert "second" not in path.read_text("utf-8")


def test_a_closed_log_takes_no_more(path: Path, logger: logging.Logger) -> None:
    handler = log_to(path)
    logger.error("first")
    handler.close()
    assert handler not in logging.getLogger(log.LOGGER).handlers
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging, "lastResort", None)
        patch.setattr(logging, "raiseExceptions", False)
        logger.error("second")
    assert path.read_text("utf-8").count("\n") == 1
