"""Where the shipped files are: samples, translations, what each node means."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """The shipped file or folder of that name, e.g. ``resource("fields", "envelope.json")``.

    An installed wheel has them in ``callback_lens/_resources``, a checkout in ``resources`` beside ``app``.
    Raises FileNotFoundError when neither has it: the installation is broken or the name is wrong.
    """
    package = Path(__file__).resolve().parent
    places = [package / "_resources", package.parents[1] / "resources"]
    for place in places:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"nothing is shipped as {'/'.join(parts)!r} in {' or '.join(map(str, places))}")
