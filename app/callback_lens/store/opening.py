"""Opening captures.db: made, brought up to date, and recovered where it is damaged."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from callback_lens.errors import Message
from callback_lens.store import CAPTURES, repair
from callback_lens.store.database import PATIENCE, Database, connect
from callback_lens.store.faults import system_faults_named
from callback_lens.store.file_systems import is_network_folder
from callback_lens.store.schema import migrate
from callback_lens.store.store import Store

ON_NETWORK = Message("{folder} is on a network file system: captures are written more slowly there, but as safely")


def open_store(
    folder: Path,
    *,
    may_repair: bool = False,
    is_network: Callable[[Path], bool] = is_network_folder,
    patience: float = PATIENCE,
) -> Store:
    """The captures in ``folder``, which is made where there is none.

    A damaged file is set aside and what can be read of it recovered into a new one only if this process
    ``may_repair``: whoever else writes to it would go on with the old one. Raises UserError for a file of a newer
    version or of another program; StoreUnavailable otherwise, for a lock after ``patience`` seconds.
    """
    path = folder / CAPTURES
    with system_faults_named(path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    on_network = is_network(folder)
    notices = [Message(ON_NETWORK.id, {"folder": str(folder)})] if on_network else []

    def open_checked() -> Database:
        return _open(path, on_network, patience)

    if may_repair and not repair.is_sound(path, open_checked):
        notices.append(repair.recover(path, datetime.now(UTC), open_checked))
    return Store(open_checked(), tuple(notices))


def _open(path: Path, is_network: bool, patience: float) -> Database:
    database = connect(path, is_network=is_network, patience=patience)
    try:
        migrate(database)
        database.value("SELECT max(id) FROM captures")
    except BaseException:
        database.close()
        raise
    return database
