"""The way back through zooming and panning."""

from callback_lens.ui.timeline.axis import whole_axis
from callback_lens.ui.timeline.history import LONGEST, PAUSE, History
from hypothesis import given
from hypothesis import strategies as st

WHOLE = whole_axis(0, 60_000, 600)
ZOOMED = WHOLE.zoomed(4, 300)
PANNED = ZOOMED.panned(100)


def test_back_goes_through_what_was_left_last_first() -> None:
    history = History().leaving(WHOLE, "zoom", 0).leaving(ZOOMED, "pan", 0.1)
    history, axis = history.back()
    assert axis == ZOOMED
    history, axis = history.back()
    assert axis == WHOLE
    assert history.back() == (History(), None)


def test_the_steps_of_one_gesture_are_one_step_back() -> None:
    history = History().leaving(WHOLE, "wheel", 0).leaving(ZOOMED, "wheel", 0.9 * PAUSE)
    history = history.leaving(PANNED, "wheel", 1.8 * PAUSE)
    assert history.left == (WHOLE,)


def test_a_pause_ends_a_gesture() -> None:
    history = History().leaving(WHOLE, "wheel", 0).leaving(ZOOMED, "wheel", PAUSE)
    assert history.left == (WHOLE, ZOOMED)


def test_what_is_no_gesture_is_a_step_of_its_own() -> None:
    assert History().leaving(WHOLE, "", 0).leaving(ZOOMED, "", 0).left == (WHOLE, ZOOMED)


def test_what_follows_a_step_back_is_a_step_of_its_own() -> None:
    history, _ = History().leaving(WHOLE, "wheel", 0).leaving(ZOOMED, "pan", 0.1).back()
    assert history.leaving(PANNED, "wheel", 0.2).left == (WHOLE, PANNED)


@given(st.lists(st.tuples(st.sampled_from(["wheel", "drag", ""]), st.floats(0, 2)), max_size=LONGEST + 50))
def test_it_never_grows_without_end_and_always_leads_back(steps: list[tuple[str, float]]) -> None:
    history, now, last = History(), 0.0, ""
    left = 0
    for gesture, pause in steps:
        now += pause
        left += not (left and gesture and gesture == last and now - history.at < PAUSE)
        history, last = history.leaving(WHOLE, gesture, now), gesture
    assert len(history.left) == min(left, LONGEST)
