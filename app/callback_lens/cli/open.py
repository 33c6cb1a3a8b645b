"""``open``: the window; what ``show`` prints where there is no display."""

from argparse import Namespace

from callback_lens.cli.context import Context
from callback_lens.cli.display import has_display
from callback_lens.cli.show import show
from callback_lens.errors import Message, UserError
from callback_lens.payload.inputs import STANDARD_INPUT

NO_DISPLAY = Message("there is no display to open a window on")


def open_window(arguments: Namespace, context: Context) -> int:
    """Show the window until it is closed; the status is 0. Without a display: print what ``show`` prints.

    Raises UserError where there is no display and nothing to print, or where Qt cannot be loaded.
    """
    if not has_display():
        return _show_instead(arguments, context)
    # Read before there is a window: whoever waits for a pipe must be able to stop it by Ctrl+C.
    standard_input = read_standard_input(arguments.files, context)
    try:
        from callback_lens.ui.application import run
    except ImportError as error:
        raise qt_missing(error) from error
    return run(arguments.profile, arguments.lang, arguments.files, standard_input)


def read_standard_input(names: list[str], context: Context) -> bytes | None:
    """What comes in by standard input, where ``-`` is among ``names``; a byte more than what is accepted at most."""
    return context.stdin.read(context.limits.document_bytes + 1) if STANDARD_INPUT in names else None


def qt_missing(error: ImportError) -> UserError:
    """Why there can be no window, in the system's words."""
    hint = Message("callback-lens show needs no window")
    return UserError(Message("Qt cannot be loaded: {reason}", {"reason": str(error)}), hint)


def _show_instead(arguments: Namespace, context: Context) -> int:
    if not arguments.files:
        raise UserError(NO_DISPLAY, Message("callback-lens show FILE prints what the window would show"))
    context.report(UserError(NO_DISPLAY, Message("this is what callback-lens show prints")))
    arguments.json = arguments.secrets = False
    return show(arguments, context)
