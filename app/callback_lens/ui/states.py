"""How a job's state is shown, wherever it is: a word, an icon and a colour."""

from callback_lens.errors import Message

WORDS = {
    "success": Message("Success"),
    "failed": Message("Failed"),
    "submitted": Message("Submitted"),
    "running": Message("Running"),
    "pause": Message("Paused"),
    "cancel": Message("Cancelled"),
}
LOOKS = {"success": ("success", "success"), "failed": ("error", "error")}
WAITING = frozenset(("submitted", "running", "pause"))


def state_words(state: str) -> Message | str:
    """What a state is called; one that Tencent does not document as it is written."""
    return WORDS.get(state.lower(), state)


def is_failed(state: str | None) -> bool:
    """Whether a job of that state went wrong."""
    return (state or "").lower() == "failed"


def look_of(state: str | None) -> tuple[str, str]:
    """The icon of a state and the meaning of its colour."""
    name = (state or "").lower()
    return LOOKS.get(name, ("waiting", "info") if name in WAITING else ("unknown", "muted"))
