"""Where the shipped files are: samples, translations, what each node means."""

from pathlib import Path

from callback_lens.errors import Message, UserError


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


def sample_names() -> list[str]:
    """The names of the shipped samples, e.g. ``SmartCover/api-success.xml``."""
    folder = resource("samples")
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.*") if file.is_file())


def sample_path(name: str) -> Path:
    """Where the shipped sample called ``name`` is. Raises UserError when there is none."""
    if name not in sample_names():
        message = Message("there is no sample called {name}", {"name": name})
        raise UserError(message, Message("callback-lens samples lists them"))
    return resource("samples", *name.split("/"))
