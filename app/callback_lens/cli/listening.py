"""A listener in the foreground: what it says goes to the streams, standard input and signals stop it."""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread  # noqa: TID251 - see _in_background

from callback_lens.capture.describing import capture_json
from callback_lens.capture.keeping import Kept
from callback_lens.capture.listening import Settings, set_by_signals
from callback_lens.capture.listening import listen as run_listener
from callback_lens.cli.captures.rows import capture_cells
from callback_lens.cli.context import Context, discard_errors, discard_output
from callback_lens.errors import Message, UserError
from callback_lens.export.json_line import as_json
from callback_lens.export.layout import GAP
from callback_lens.store.model import Capture

STOP = b"stop"
MOST_UNPRINTED = 20_000  # captures; a reader that is slower misses the lines of some, and is told
PATIENCE = 5.0  # seconds at the end for a reader that does not read


def run(settings: Settings, context: Context, *, is_json: bool, is_quiet: bool) -> None:
    """Listen until a signal, or the line ``stop`` on standard input; the end of standard input is no reason to stop.

    Raises UserError where that is not possible.
    """
    printer = Printer(context, is_json=is_json, is_quiet=is_quiet)
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_listen(settings, context, printer))
    finally:
        is_printed = printer.close()
    if not is_printed:
        os._exit(0)  # all is kept and closed, but Python would wait until somebody reads what is printed


async def _listen(settings: Settings, context: Context, printer: "Printer") -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def stop_soon() -> None:
        with suppress(RuntimeError):  # it has stopped already
            loop.call_soon_threadsafe(stop.set)

    if not context.stdin.isatty():  # who has a terminal has Ctrl+C
        _in_background(partial(_read_stop, context, stop_soon))
    with set_by_signals(stop):
        await run_listener(context.captures, settings, printer, stop)


class Printer:
    """The Reporter of a command line: prints in a thread of its own, so that no reader can hold up the listener."""

    def __init__(self, context: Context, *, is_json: bool, is_quiet: bool) -> None:
        self._context = context
        self._is_json = is_json
        self._is_quiet = is_quiet
        self._actions: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._taken = self._printed = self._missed = 0  # captures
        self._is_done = _in_background(self._print_all)

    def listening(self, url: str) -> None:
        said = Message("Listening on {url}", {"url": url})
        line = as_json({"listening": url}) if self._is_json else self._context.language.words(said)
        self._actions.put(partial(self._print, [line]))

    def captured(self, kept: Sequence[Kept]) -> None:
        if self._is_quiet:
            return
        if self._taken - self._printed > MOST_UNPRINTED:
            self._missed += len(kept)
            return
        if self._missed:
            values = {"count": self._missed}
            self.notice(Message("captures whose lines were left out, for nobody read them: {count}", values))
            self._missed = 0
        self._taken += len(kept)
        self._actions.put(partial(self._print_captures, [one.capture() for one in kept]))  # without the bodies

    def notice(self, message: Message) -> None:
        self._actions.put(partial(self._warn, message))

    def close(self) -> bool:
        """Have the rest printed; whether somebody took it in time."""
        self._actions.put(None)
        return self._is_done.wait(PATIENCE)

    def _print_all(self) -> None:
        while action := self._actions.get():
            try:
                action()
            except (BrokenPipeError, UserError):  # nobody wants it any more, the senders are served all the same
                discard_output()

    def _warn(self, message: Message) -> None:
        try:
            self._context.warn(message)
        except OSError:  # nobody reads it any more
            discard_errors()

    def _print_captures(self, captures: list[Capture]) -> None:
        try:
            self._print([self._line(capture) for capture in captures])
        finally:
            self._printed += len(captures)

    def _print(self, lines: Sequence[str]) -> None:
        self._context.print("\n".join(lines))
        self._context.flush()

    def _line(self, capture: Capture) -> str:
        language = self._context.language
        return as_json(capture_json(capture, language)) if self._is_json else GAP.join(capture_cells(capture, language))


def _read_stop(context: Context, stop: Callable[[], None]) -> None:
    """Call ``stop`` when standard input has the line for it."""
    with suppress(OSError):
        number = context.stdin.fileno()
        unread = b""
        while piece := os.read(number, 4096):  # Python's own buffer would not let the program end
            *lines, unread = (unread + piece).split(b"\n")
            if STOP in [line.strip() for line in lines]:
                stop()


def _in_background(work: Callable[[], None]) -> Event:
    """Do ``work`` in a thread that nobody waits for; set when it is done."""
    done = Event()

    def run_work() -> None:
        work()
        done.set()

    # Not the door for background work: a thread that waits for another program cannot be cancelled, only left behind.
    Thread(target=run_work, daemon=True).start()
    return done


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return asyncio.new_event_loop
    return uvloop.new_event_loop
