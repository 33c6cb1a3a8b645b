"""Values that are made once, by the thread that asks for them first."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(Generic[Key, Value]):
    """Keeps a value for each key."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """The value of ``key``, if it has been made; never waits."""
        return self._values.get(key)

    def get_or_make(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of ``key``; waits while another thread makes one. What ``make`` raises leaves nothing behind."""
        with self._lock:
            if key not in self._values:
                self._values[key] = make()
            return self._values[key]
