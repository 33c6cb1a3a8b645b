"""Where captures may be sent again (what is sent: see the tests of ``captures replay``)."""

import asyncio
from pathlib import Path

import pytest
from callback_lens.capture.lock import locked_profile
from callback_lens.capture.sending_again import GIVEN_UP, check_target, send_again
from callback_lens.errors import UserError
from callback_lens.listener.posting import Reply
from callback_lens.store.opening import open_store
from stored_captures import store_captures, wire

ITSELF = "captures cannot be sent again to the listener itself"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8787/a", "http://localhost:8787", "http://[::1]:8787/?token=x"])
def test_not_to_the_listener_of_the_profile(tmp_path: Path, url: str) -> None:
    check_target(url, tmp_path)
    with locked_profile(tmp_path) as lock:
        lock.announce(None)
        check_target(url, tmp_path)
        lock.announce("http://127.0.0.1:8787/")
        with pytest.raises(UserError, match=ITSELF):
            check_target(url, tmp_path)
        check_target("http://127.0.0.1:8788/", tmp_path)
    check_target(url, tmp_path)


def test_not_to_what_is_no_address(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no address to send to"):
        check_target("127.0.0.1:8787", tmp_path)


def test_what_was_given_up_is_kept_on_the_row(tmp_path: Path) -> None:
    store_captures(tmp_path, [wire(b"<a/>")] * 2)
    replies: list[tuple[int, Reply]] = []

    async def give_up() -> None:
        arrived, hung_up = asyncio.Event(), asyncio.Event()

        async def be_silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            arrived.set()
            await hung_up.wait()
            writer.close()

        async with await asyncio.start_server(be_silent, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            with open_store(tmp_path) as store:
                sending = asyncio.create_task(send_again([1, 2], url, store, lambda *one: replies.append(one)))
                await arrived.wait()
                sending.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await sending
            hung_up.set()

    asyncio.run(give_up())
    with open_store(tmp_path) as store:
        forwards = [details.forwards for details in map(store.details, (1, 2)) if details]
    assert [[one.error for one in tried] for tried in forwards] == [[str(GIVEN_UP)], []]
    assert replies == []
