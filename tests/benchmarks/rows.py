"""What one benchmark gave, and the table of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import truediv
from statistics import median


@dataclass(frozen=True)
class Row:
    """A benchmark's measurements in ``unit``, one of ours and, where there is one, one of the reference in each round.

    ``bound`` is the most that ``ratio`` may be or, without a reference and where it ``is_of_ours``, ours; None where a
    row only informs.
    """

    name: str
    unit: str
    ours: Sequence[float]
    reference: Sequence[float] = ()
    bound: float | None = None
    is_of_ours: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours ÷ reference, the median of the rounds: what slows the machine for a while slows both of a pair."""
        return median(map(truediv, self.ours, self.reference)) if self.reference else None

    @property
    def is_over(self) -> bool:
        """Whether the bound is exceeded."""
        measured = median(self.ours) if self.ratio is None or self.is_of_ours else self.ratio
        return self.bound is not None and measured > self.bound

    def line(self) -> str:
        """The row of the table."""
        ours, reference = (_amount(values, self.unit) for values in (self.ours, self.reference))
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        unit = f" {self.unit}" if self.ratio is None or self.is_of_ours else ""
        bound = "" if self.bound is None else f"{self.bound:g}{unit}"
        verdict = "" if self.bound is None else "OVER" if self.is_over else "ok"
        return _line(self.name, ours, reference, ratio, bound, verdict)

    def as_json(self) -> dict[str, object]:
        """The row with every measurement, for scripts."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": list(self.ours),
            "reference": list(self.reference),
            "ratio": self.ratio,
            "bound": self.bound,
            "over": self.is_over,
        }


def heading() -> str:
    """The table's first line."""
    return _line("name", "ours", "reference", "ratio", "bound", "")


def _line(name: str, ours: str, reference: str, ratio: str, bound: str, verdict: str) -> str:
    return f"{name:24}{ours:>12}{reference:>12}{ratio:>8}{bound:>8}  {verdict}".rstrip()


def _amount(values: Sequence[float], unit: str) -> str:
    return f"{median(values):,.1f} {unit}" if values else ""
