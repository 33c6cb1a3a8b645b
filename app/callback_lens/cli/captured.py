"""Captures that are named ``id:N`` where a file could be named."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.capture.looking_up import kept
from callback_lens.errors import Message, UserError

if TYPE_CHECKING:
    from callback_lens.payload.inputs import Input
    from callback_lens.payload.limits import Limits

NAME = re.compile("id:([0-9]{1,18})")


def is_capture_name(name: str) -> bool:
    """Whether ``name`` names a capture; a file that is called so is named ``./id:1``."""
    return NAME.fullmatch(name) is not None


def id_named(name: str) -> int:
    """The id in ``id:N``."""
    return int(name.removeprefix("id:"))


def input_of_capture(name: str, folder: Path, limits: "Limits") -> "Input | UserError":
    """The payload of the capture ``id:N`` of ``folder``, or why it cannot be read (``source`` set)."""
    from callback_lens.store.opening import open_store
    from callback_lens.store.reading import capture_input

    try:
        with open_store(folder) as store:
            capture, details = kept(store, id_named(name))
            if not capture.size:
                return UserError(Message("the request has no body"), source=name)
            return capture_input(capture, details.headers, store.body(capture.id), limits)
    except UserError as error:
        error.source = name
        return error


def request_message(name: str, folder: Path) -> bytes:
    """The capture ``id:N`` of ``folder`` as a saved HTTP request. Raises UserError where it cannot be read."""
    from callback_lens.store.opening import open_store
    from callback_lens.store.reading import saved_request

    with open_store(folder) as store:
        capture, details = kept(store, id_named(name))
        return saved_request(capture, details.headers, store.body(capture.id))
