"""Numbers as people read them: 65.1 MiB, 0:19.712, 2.4 Mbit/s."""

from collections.abc import Callable, Sequence

from callback_lens.payload.numbers import parse_number, parse_ratio

LARGEST = 1e15  # in any unit: more is no measure of anything, and what is made of it may be infinite
BINARY = ("B", "KiB", "MiB", "GiB", "TiB")


def readable(text: str, unit: str | None) -> str | None:
    """The number written as ``text`` in ``unit`` (one of the field notes' units, or ``bps``), as people read it.

    None where there is nothing to say that the text does not say itself: no unit, no usable number, an unknown unit.
    """
    render = RENDERERS.get(unit or "")
    value = parse_ratio(text) if unit == "frames-per-second" else parse_number(text)
    return render(value) if render and value is not None and abs(value) <= LARGEST else None


def clock(milliseconds: float) -> str:
    """A length or a place in a recording as ``m:ss.mmm``, with hours where there are any."""
    total = round(milliseconds)
    sign, total = ("-", -total) if total < 0 else ("", total)
    minutes, rest = divmod(total, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest // 1000:02}.{rest % 1000:03}"
    return f"{sign}{hours}:{minutes:02}:{seconds}" if hours else f"{sign}{minutes}:{seconds}"


def duration(milliseconds: int) -> str:
    """How long something took: ``850 ms``, ``7 s``, ``95.5 s``, and from two minutes on ``2:00.000``."""
    if abs(milliseconds) < 1000 and milliseconds:
        return f"{milliseconds} ms"
    return f"{milliseconds / 1000:g} s" if abs(milliseconds) < 120_000 else clock(milliseconds)


def byte_size(size: float) -> str:
    """A number of bytes: ``65.1 MiB``."""
    return _scaled(size, 1024, BINARY)


def _scaled(value: float, step: int, units: Sequence[str]) -> str:
    power = 0
    while abs(value) >= step and power < len(units) - 1:
        value /= step
        power += 1
    return f"{rounded(value)} {units[power]}"


def rounded(value: float) -> str:
    """``value`` with the digits that a glance takes in: three, or those before the point."""
    digits = 0 if value == int(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


RENDERERS: dict[str, Callable[[float], str]] = {
    "bytes": byte_size,
    "seconds": lambda value: clock(value * 1000),
    "milliseconds": clock,
    "kbps": lambda value: _scaled(value * 1000, 1000, ("bit/s", "kbit/s", "Mbit/s", "Gbit/s")),
    "bps": lambda value: _scaled(value, 1000, ("bit/s", "kbit/s", "Mbit/s", "Gbit/s")),
    "hertz": lambda value: _scaled(value, 1000, ("Hz", "kHz", "MHz")),
    "frames-per-second": lambda value: f"{rounded(value)} fps",
    "percent": lambda value: f"{rounded(value)} %",
    "degrees": lambda value: f"{rounded(value)}°",
}
