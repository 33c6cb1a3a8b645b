"""``render``: a picture of the window or a part of it, with no display needed."""

from argparse import Namespace
from pathlib import Path

from callback_lens.cli.context import Context
from callback_lens.cli.open import qt_missing, read_standard_input
from callback_lens.errors import Message, UserError
from callback_lens.payload.inputs import STANDARD_INPUT


def render(arguments: Namespace, context: Context) -> int:
    """Draw ``arguments.files`` into ``arguments.out``; 2 when one could not be read (the picture says so), otherwise 0.

    Raises UserError where the picture exists already and may not be replaced, or cannot be written.
    """
    out: Path = arguments.out
    if out.exists() and not arguments.force:
        raise UserError(Message("{file} is there already", {"file": str(out)}), Message("--force replaces it"))
    if not out.absolute().parent.is_dir():
        raise UserError(Message("there is no folder {folder}", {"folder": str(out.absolute().parent)}))
    standard_input = read_standard_input(arguments.files, context)
    try:
        from callback_lens.ui.rendering import Picture, render
    except ImportError as error:
        raise qt_missing(error) from error
    picture = Picture(
        arguments.view, arguments.size, arguments.theme, context.language.name, arguments.scale, arguments.tab
    )
    names = [name for name in arguments.files if name != STANDARD_INPUT]
    errors = render(names, standard_input, picture, out)
    for unread in errors:
        context.report(unread)
    return 2 if errors else 0
