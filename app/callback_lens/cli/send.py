"""``send``: a callback posted as CI would post it."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import AddParser, number_between, whole_number
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.i18n import Words
from callback_lens.payload.inputs import STANDARD_INPUT
from callback_lens.resources import sample_names, sample_path

if TYPE_CHECKING:
    from callback_lens.listener.posting import Reply

AT_ONCE = 16  # requests on their way when a rate is asked for


def add_send(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("post a callback as CI does"))
    parser = add("send", help=about, description=about)
    parser.add_argument(
        "file", metavar="FILE", help=words(Message("a file, sent as it is, or a sample; - is standard input"))
    )
    parser.add_argument("--to", metavar="URL", required=True, help=words(Message("where to send it")))
    parser.add_argument(
        "--count", metavar="N", type=whole_number(1), default=1, help=words(Message("how often (default: 1)"))
    )
    parser.add_argument(
        "--rate",
        metavar="R",
        type=number_between(0.01, 10_000),
        help=words(Message("how many each second (default: the next one after each answer)")),
    )
    parser.set_defaults(run=send)
    return parser


def send(arguments: Namespace, context: Context) -> int:
    """Post ``arguments.file``, and print each answer; 0 when all were 2xx, otherwise 1.

    Raises UserError where it cannot be read, and at the first request that is not answered.
    """
    import asyncio

    body = _body(arguments.file, context)
    started = perf_counter()
    replies = asyncio.run(_send_all(body, arguments, context))
    context.print(context.language.words(_summary(replies, perf_counter() - started)))
    return 0 if all(reply.is_success for reply in replies) else 1


def _body(name: str, context: Context) -> bytes:
    """The bytes of standard input, of a file, or of the sample called so. Raises UserError where there is none."""
    if name == STANDARD_INPUT:
        return context.stdin.read()
    is_sample = name in sample_names() and not Path(name).exists()
    try:
        return (sample_path(name) if is_sample else Path(name)).read_bytes()
    except OSError as error:
        hint = Message("callback-lens samples lists the samples")
        raise UserError(Message("cannot be read: {reason}", {"reason": error.strerror}), hint, source=name) from error


async def _send_all(body: bytes, arguments: Namespace, context: Context) -> "list[Reply]":
    """The answers in the order they come; with a rate each request goes out in its time, answers or no answers."""
    from asyncio import gather, get_running_loop, sleep

    from callback_lens.listener.posting import ci_request, posting

    outgoing, rate = ci_request(body), arguments.rate
    numbers, replies = iter(range(arguments.count)), []
    started = get_running_loop().time()

    async with posting(arguments.to) as post:

        async def send_some() -> None:
            for number in numbers:
                if rate:
                    await sleep(started + number / rate - get_running_loop().time())
                reply = await post(outgoing)
                replies.append(reply)
                context.print(f"{len(replies)}  {reply.status}  {reply.milliseconds:.1f} ms")

        await gather(*(send_some() for _ in range(AT_ONCE if rate else 1)))
    return replies


def _summary(replies: "Sequence[Reply]", seconds: float) -> Message:
    statuses = Counter(reply.status for reply in replies)
    times = [reply.milliseconds for reply in replies]
    values = {
        "count": len(replies),
        "seconds": f"{seconds:.2f}",
        "statuses": ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items())),
        "fastest": f"{min(times):.1f}",
        "slowest": f"{max(times):.1f}",
    }
    return Message("{count} in {seconds} s: {statuses}; {fastest} to {slowest} ms", values)
