"""``samples``: the shipped samples, and speech callbacks of any size."""

from argparse import Namespace
from pathlib import Path

from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.resources import resource

SYNTHETIC = ("synthetic-speech.xml", "synthetic-speech.json")


def samples(arguments: Namespace, context: Context) -> int:
    """List the samples, or write the one called ``arguments.name`` to standard output, byte for byte."""
    if arguments.name is None:
        for name in (*sample_names(), *SYNTHETIC):
            context.print(name)
        return 0
    context.write(_content(arguments))
    return 0


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


def _content(arguments: Namespace) -> bytes:
    if arguments.name not in SYNTHETIC:
        return sample_path(arguments.name).read_bytes()
    # Needs the standard library's XML writer, which loads half of its HTTP client.
    from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml

    options = SyntheticSpeech(
        sentences=arguments.sentences,
        words_per_sentence=arguments.words,
        speakers=arguments.speakers,
        overlap=arguments.overlap,
        seed=arguments.seed,
    )
    return synthetic_speech_xml(options) if arguments.name.endswith("xml") else synthetic_speech_json(options)
