"""How this program is run again, as another process."""

import sys
from pathlib import Path


def own_command(profile: Path | None) -> list[str]:
    """The command that runs this program on ``profile``; a bundled one is its own interpreter."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "callback_lens"]
    return [*program, *(["--profile", str(profile)] if profile else [])]
