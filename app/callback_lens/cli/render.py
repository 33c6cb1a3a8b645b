"""``render``: a picture of the window or a part of it, with no display needed."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from callback_lens.cli.arguments import AddParser, add_files, number_between, size
from callback_lens.cli.context import Context
from callback_lens.cli.open import qt_missing, read_contents
from callback_lens.cli.render_timeline import add_timeline_options, check_view, render_timeline
from callback_lens.errors import Message
from callback_lens.export.files import check_target
from callback_lens.i18n import Words

SIZE = (1280, 800)


def add_render(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(
        Message("draw the window, or a timeline, into a PNG file (a timeline also into SVG), with no display needed")
    )
    parser = add("render", help=about, description=about)
    add_files(parser, words, least="*")
    parser.add_argument(
        "-o", dest="out", metavar="OUT.png", type=Path, required=True, help=words(Message("the picture to write"))
    )
    parser.add_argument(
        "--view",
        choices=("window", "tree", "pane", "timeline"),
        default="window",
        help=words(Message("the whole window (default), its tree, its detail pane, or the timeline of a transcript")),
    )
    parser.add_argument(
        "--tab",
        choices=("overview", "source", "raw", "request"),
        default="overview",
        help=words(Message("the tab of the detail (default: overview)")),
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=size,
        help=words(Message("in pixels (default: 1280x800; a timeline: 1600 and as high as its lanes need)")),
    )
    parser.add_argument(
        "--scale",
        metavar="F",
        type=number_between(1, 4),
        default=1.0,
        help=words(Message("pixels of the picture for each, 1 to 4: 2 is for a screen with twice as many")),
    )
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help=words(Message("light (default) or dark"))
    )
    parser.add_argument("--force", action="store_true", help=words(Message("replace the picture that is there")))
    add_timeline_options(parser, words)
    parser.set_defaults(run=render)
    return parser


def render(arguments: Namespace, context: Context) -> int:
    """Draw ``arguments.files`` into ``arguments.out``; 2 when one could not be read (the picture says so), otherwise 0.

    Raises UserError where the picture exists already and may not be replaced, or cannot be written.
    """
    out: Path = arguments.out
    check_view(arguments)
    check_target(out, arguments.force)
    if arguments.view == "timeline":
        return render_timeline(arguments, context)
    contents = read_contents(arguments.files, context)
    try:
        from callback_lens.ui.rendering import Picture, render
    except ImportError as error:
        raise qt_missing(error) from error
    picture = Picture(
        arguments.view, arguments.size or SIZE, arguments.theme, context.language.name, arguments.scale, arguments.tab
    )
    errors = render(arguments.files, contents, picture, out)
    for unread in errors:
        context.report(unread)
    return 2 if errors else 0
