"""``open``: the window; what ``show`` prints where there is no display."""

from argparse import ArgumentParser, Namespace

from callback_lens.capture import options
from callback_lens.cli.arguments import AddParser, add_files, argument
from callback_lens.cli.captured import is_capture_name, request_message
from callback_lens.cli.context import Context
from callback_lens.cli.display import has_display
from callback_lens.cli.program import own_command
from callback_lens.cli.show import show
from callback_lens.errors import Message, UserError
from callback_lens.i18n import Words
from callback_lens.payload.inputs import STANDARD_INPUT
from callback_lens.transcript import TOLERANCE_MS

LISTEN = "--listen"
NO_DISPLAY = Message("there is no display to open a window on")


def add_open(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("open the window (also with no command at all)"))
    parser = add("open", help=about, description=about)
    add_files(parser, words, least="*")
    about = words(Message("also listen for callbacks: --listen as the window is set, --listen=PORT on that port"))
    parser.add_argument(LISTEN, metavar="[=PORT]", type=argument(_port), help=about)
    parser.set_defaults(run=open_window)
    return parser


def open_window(arguments: Namespace, context: Context) -> int:
    """Show the window until it is closed; the status is 0. Without a display: print what ``show`` prints.

    Raises UserError where there is no display and nothing to print, or where Qt cannot be loaded.
    """
    if not has_display():
        return _show_instead(arguments, context)
    # Read before there is a window: whoever waits for a pipe must be able to stop it by Ctrl+C.
    contents = read_contents(arguments.files, context)
    try:
        from callback_lens.ui.application import run
    except ImportError as error:
        raise qt_missing(error) from error
    command = own_command(arguments.profile)
    return run(arguments.profile, command, arguments.lang, arguments.files, contents, arguments.listen)


def read_contents(names: list[str], context: Context) -> dict[str, bytes]:
    """What is behind those of ``names`` that are no files: ``-``, a byte more than what is accepted at most, and
    captures, as saved HTTP requests. Raises UserError where there is no such capture.
    """
    contents = {}
    for name in dict.fromkeys(names):
        if name == STANDARD_INPUT:
            contents[name] = context.stdin.read(context.limits.document_bytes + 1)
        elif is_capture_name(name):
            contents[name] = request_message(name, context.captures)
    return contents


def _port(text: str) -> str:
    """``text``, which is a port or empty. Raises UserError for anything else."""
    if text:
        options.port(text)
    return text


def qt_missing(error: ImportError) -> UserError:
    """Why there can be no window, in the system's words."""
    hint = Message("callback-lens show needs no window")
    return UserError(Message("Qt cannot be loaded: {reason}", {"reason": str(error)}), hint)


def _show_instead(arguments: Namespace, context: Context) -> int:
    if not arguments.files:
        raise UserError(NO_DISPLAY, Message("callback-lens show FILE prints what the window would show"))
    context.report(UserError(NO_DISPLAY, Message("this is what callback-lens show prints")))
    arguments.json = arguments.secrets = False
    arguments.tolerance = TOLERANCE_MS
    return show(arguments, context)
