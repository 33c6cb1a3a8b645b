"""A capture's request on the clipboard and in files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.payload.masking import MASK
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.object_menu import copy_text

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.model import Capture
    from callback_lens.ui.live.capture_store import CaptureStore, Opened
    from callback_lens.ui.source.capture_record import Record

MASKED = Message("its secrets are masked: “Show secrets” keeps them")


class RequestFiles(QObject):
    """Copies and saves for ``parent``; bodies are read in the lane of the captures, and written off it."""

    def __init__(self, session: Session, captures: "CaptureStore", parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._captures = captures
        self._parent = parent

    def copy_curl(self, record: "Record", shows_secrets: bool) -> None:
        """Put a curl command that sends the request again on the clipboard."""
        folder = self._captures.folder
        self._captures.run(
            lambda opened, _: _curl(opened, record, folder, shows_secrets),
            self._copy,
            self,
            self._session.messages.report,
        )

    def ask_to_save_body(self, capture: "Capture") -> None:
        """Ask for a file, and write the body into it as it was received."""
        self._ask(capture, "", Message("Save the body"), partial(_body, capture=capture))

    def ask_to_save_request(self, record: "Record", shows_secrets: bool) -> None:
        """Ask for a file, and write the request into it as an HTTP message."""
        load = partial(_request, record=record, shows_secrets=shows_secrets)
        self._ask(record.capture, ".http", Message("Save the request"), load, None if shows_secrets else MASKED)

    def _copy(self, copied: tuple[str, str | None]) -> None:
        command, body_file = copied
        copy_text(command)
        hint = MASKED if MASK in command else None
        if body_file:
            hint = Message("it reads {file}: save the body there", {"file": body_file})
        self._session.messages.tell(Message("The curl command is on the clipboard"), hint=hint)

    def _ask(
        self,
        capture: "Capture",
        suffix: str,
        title: Message,
        load: "Callable[[Opened], bytes]",
        hint: Message | None = None,
    ) -> None:
        def ask(name: str) -> None:
            dialog = QFileDialog(self._parent, self._session.say(title))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(str(PurePath(name).with_suffix(suffix)) if suffix else name)
            dialog.fileSelected.connect(lambda file: self._save(load, Path(file), hint))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._captures.run(lambda opened, _: _name(opened, capture), ask, self, self._session.messages.report)

    def _save(self, load: "Callable[[Opened], bytes]", file: Path, hint: Message | None) -> None:
        def write(content: bytes) -> None:
            from callback_lens.export.files import write_file

            self._session.background.run(
                lambda _: write_file(file, content, force=True),
                lambda _: self._session.messages.tell(Message("{file} was written", {"file": file.name}), hint=hint),
                self,
                self._session.messages.report,
            )

        self._captures.run(lambda opened, _: load(opened), write, self, self._session.messages.report)


def _name(opened: "Opened", capture: "Capture") -> str:
    from callback_lens.capture.exporting import file_name

    return file_name(capture, opened.store)


def _body(opened: "Opened", capture: "Capture") -> bytes:
    """Raises UserError where the capture was deleted: nothing is not what it had."""
    from callback_lens.ui.live.capture_loading import GONE

    if opened.store.get(capture.id) is None:
        raise UserError(GONE, source=f"id:{capture.id}")
    return opened.store.body(capture.id)


def _curl(opened: "Opened", record: "Record", folder: Path, shows_secrets: bool) -> tuple[str, str | None]:
    """The command, and the file that it reads the body from, if any."""
    from callback_lens.capture.curl import LONGEST_INLINE, curl_command, inline_body
    from callback_lens.capture.describing import without_secrets
    from callback_lens.capture.lock import running_listener
    from callback_lens.listener.addresses import HOST, PORT, endpoint

    capture, headers = record.capture, record.details.headers
    body = inline_body(_body(opened, capture), shows_secrets) if capture.size <= LONGEST_INLINE else None
    body_file = _name(opened, capture)
    listener = running_listener(folder)
    origin = listener.url.rstrip("/") if listener and listener.url else f"http://{endpoint((HOST, PORT))}"
    if not shows_secrets:
        capture, headers = without_secrets(capture, headers)
    return curl_command(capture, headers, body, origin, body_file), body_file if body is None else None


def _request(opened: "Opened", record: "Record", shows_secrets: bool) -> bytes:
    from callback_lens.capture.describing import without_secrets
    from callback_lens.store.reading import saved_request

    capture, headers = record.capture, record.details.headers
    if not shows_secrets:
        capture, headers = without_secrets(capture, headers)
    return saved_request(capture, headers, _body(opened, record.capture))
