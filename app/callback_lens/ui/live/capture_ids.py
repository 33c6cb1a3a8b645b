"""Which captures the list shows, in its order: ids only, for there may be a million."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import neg


class CaptureIds:
    """Ids in the order of the rows: the newest (the highest) first, unless they were sorted by something else."""

    def __init__(self) -> None:
        self._ids = array("q")
        self.is_sorted = False

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, position: int) -> int:
        return self._ids[position]

    def between(self, first: int, last: int) -> list[int]:
        """The ids at the positions from ``first`` to ``last``, as far as there are such."""
        return self._ids[max(first, 0) : last + 1].tolist()

    def above(self, capture_id: int) -> list[int]:
        """The ids newer than ``capture_id``."""
        return self._ids[: bisect_left(self._ids, -capture_id, key=neg)].tolist()

    def position(self, capture_id: int) -> int:
        """Where the capture stands; -1 where it does not."""
        try:
            position = self._ids.index(capture_id) if self.is_sorted else self.place(capture_id)
        except ValueError:
            return -1
        return position if position < len(self._ids) and self._ids[position] == capture_id else -1

    def place(self, capture_id: int) -> int:
        """Where the capture would have to stand by its age."""
        return 0 if self.is_sorted else bisect_left(self._ids, -capture_id, key=neg)

    def replace(self, ids: "array[int]", is_sorted: bool) -> None:
        """Have other ids instead."""
        self._ids, self.is_sorted = ids, is_sorted

    def insert(self, position: int, ids: Sequence[int]) -> None:
        """Put ids before what stands at ``position``."""
        self._ids[position:position] = array("q", ids)

    def remove(self, first: int, last: int) -> None:
        """Take out what stands from ``first`` to ``last``."""
        del self._ids[first : last + 1]

    def runs(self, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The first and last positions of those of ``ids`` that are there, the hindmost run first.

        Quick where ``ids`` are many that stand side by side, in this order.
        """
        if not ids:
            return
        first, last = self.position(ids[0]), self.position(ids[-1])
        if min(first, last) >= 0 and self._ids[first : last + 1].tolist() == list(ids):
            yield first, last
        elif len(ids) > 1:
            middle = len(ids) // 2
            yield from self.runs(ids[middle:])
            yield from self.runs(ids[:middle])


def grouped(ids: Sequence[int], places: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Neighbours among ``ids`` that belong to the same of ``places``, the hindmost first."""
    groups: list[tuple[int, list[int]]] = []
    for capture_id, place in zip(ids, places, strict=True):
        if groups and groups[-1][0] == place:
            groups[-1][1].append(capture_id)
        else:
            groups.append((place, [capture_id]))
    return reversed(groups)
