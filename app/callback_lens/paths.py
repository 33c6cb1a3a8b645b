"""Where the program keeps its state."""

from pathlib import Path

import platformdirs

NAME = "callback-lens"


def log_file(profile: Path | None) -> Path:
    """The log: in the folder ``profile`` where one is given, otherwise where the system keeps logs."""
    folder = profile / "log" if profile else platformdirs.user_log_path(NAME, appauthor=False)
    return folder / f"{NAME}.log"


def settings_file(profile: Path | None) -> Path:
    """The window's settings: in the folder ``profile`` where one is given, otherwise where the system keeps them."""
    folder = profile or platformdirs.user_config_path(NAME, appauthor=False)
    return folder / "settings.ini"


def captures_folder(profile: Path | None) -> Path:
    """Where captures are: the folder ``profile`` where one is given, otherwise where the system keeps data."""
    return profile or platformdirs.user_data_path(NAME, appauthor=False)
