"""What can be done with an object in COS: copy its key or an address, open it when asked to."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from callback_lens.errors import Message
from callback_lens.payload.objects import CosObject

Choice = tuple[Message, Callable[[], object]]


def copy_text(text: str) -> None:
    """Put ``text`` on the clipboard; a lone surrogate, which no clipboard takes, becomes a question mark."""
    QGuiApplication.clipboard().setText(text.encode("utf-8", "replace").decode("utf-8"))


def object_choices(cos_object: CosObject) -> Iterator[Choice]:
    """What a menu offers for an object, as far as its parts are known."""
    key, uri, url = cos_object.key, cos_object.cos_uri, cos_object.url
    if key is not None:
        yield Message("Copy key"), lambda: copy_text(key)
    if uri is not None:
        yield Message("Copy cos:// address"), lambda: copy_text(uri)
    if url is not None:
        yield Message("Copy URL"), lambda: copy_text(url)
        yield Message("Open URL in the browser"), lambda: open_address(url)


def open_address(url: str) -> bool:
    """Open ``url`` in the user's browser, only if it is https; False where it is not."""
    address = QUrl(url, QUrl.ParsingMode.StrictMode)
    return address.isValid() and address.scheme() == "https" and QDesktopServices.openUrl(address)
