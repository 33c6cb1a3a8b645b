"""What is measured of the timeline, and within which bound."""

from pathlib import Path

from benchmarks import Benchmark, Measure, part

PROBES = Path(__file__).parent / "timeline_probes.py"
SIZES = {"1e4": "ten-thousand-words.xml", "1e5": "speech.xml", "1e6": "million-words.xml"}  # words
TOURS = {
    "pan": "panning through a minute",
    "zoom": "zooming about the pointer from everything to 2 s and back",
    "hover": "pointing at words, of a minute and of everything",
}
MEDIAN, P99 = 0, 1
LAYERS = {
    "overview": "the overview",
    "window": "the frame in the overview",
    "ruler": "the ruler",
    "columns": "the lanes with everything in sight",
    "bars": "the lanes with a minute in sight",
    "gutter": "the names",
}


def _tour(tour: str, which: int, file: str | None = None) -> Measure:
    return part(PROBES, "tours", lambda found: found[tour][which], file)


def _frames(size: str, tour: str) -> tuple[Benchmark, Benchmark]:
    meaning = f"ms for a frame of {size} words while {TOURS[tour]}, 1600 × 500 pixels"
    name = f"timeline-{tour}-{size}"
    return (
        Benchmark(name, f"the median {meaning}", SIZES[size], ours=_tour(tour, MEDIAN), bound=6, rounds=3),
        Benchmark(
            f"{name}-p99", f"the 99th percentile of {meaning}", SIZES[size], _tour(tour, P99), bound=16, rounds=3
        ),
    )


def _growth(tour: str) -> Benchmark:
    return Benchmark(
        f"timeline-{tour}-growth",
        f"the median frame of 10^6 words ÷ that of 10^4 while {TOURS[tour]}",
        SIZES["1e6"],
        ours=_tour(tour, MEDIAN),
        reference=_tour(tour, MEDIAN, SIZES["1e4"]),
        bound=2,
        rounds=3,
    )


def _layer(size: str, layer: str) -> Benchmark:
    name, meaning = f"timeline-{layer}-{size}", f"drawing {LAYERS[layer]} of {size} words, alone"
    return Benchmark(name, meaning, SIZES[size], ours=part(PROBES, "layers", lambda found: found[layer]), rounds=1)


MEMORY = Benchmark(
    "timeline-memory",
    "what a scene of 10^6 words keeps beyond the transcript, for each word",
    SIZES["1e6"],
    ours=part(PROBES, "memory", lambda found: found["scene"]),
    bound=64,
    unit="bytes",
    rounds=1,
)
OPENING = Benchmark(
    "timeline-open",
    "10^5 words of XML from file to painted timeline ÷ to painted tree",
    "speech.xml",
    ours=part(PROBES, "opening", lambda found: found["timeline"]),
    reference=part(PROBES, "opening", lambda found: found["tree"]),
    bound=1.1,
)
TIMELINE = (
    *(benchmark for size in SIZES for tour in TOURS for benchmark in _frames(size, tour)),
    *(_growth(tour) for tour in TOURS),
    *(_layer(size, layer) for size in SIZES for layer in LAYERS),
    MEMORY,
    OPENING,
)
