"""The command line."""

from callback_lens.cli.main import main

__all__ = ["main"]
