"""``samples``: the shipped samples, and speech callbacks of any size."""

from argparse import ArgumentParser, Namespace

from callback_lens.cli.arguments import AddParser, number_between, whole_number
from callback_lens.cli.context import Context
from callback_lens.errors import Message
from callback_lens.i18n import Words
from callback_lens.resources import sample_names, sample_path

SYNTHETIC = ("synthetic-speech.xml", "synthetic-speech.json")


def add_samples(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("list the shipped samples, or print one"))
    parser = add("samples", help=about, description=about)
    parser.add_argument("name", metavar="NAME", nargs="?", help=words(Message("the sample to print")))
    synthetic = parser.add_argument_group(words(Message("how the synthetic speech callbacks are made")))
    for option, default, least, meaning in (
        ("--sentences", 4500, 1, Message("how many sentences (default: 4500)")),
        ("--words", 22, 1, Message("how many words a sentence has (default: 22)")),
        ("--speakers", 2, 1, Message("how many speakers (default: 2)")),
        ("--seed", 0, 0, Message("another number gives other words (default: 0)")),
    ):
        synthetic.add_argument(option, metavar="N", type=whole_number(least), default=default, help=words(meaning))
    synthetic.add_argument(
        "--overlap",
        metavar="F",
        type=number_between(0, 1),
        default=0.0,
        help=words(Message("the part of sentences that begin before the last one ends, 0 to 1 (default: 0)")),
    )
    parser.set_defaults(run=samples)
    return parser


def samples(arguments: Namespace, context: Context) -> int:
    """List the samples, or write the one called ``arguments.name`` to standard output, byte for byte."""
    if arguments.name is None:
        for name in (*sample_names(), *SYNTHETIC):
            context.print(name)
        return 0
    context.write(_content(arguments))
    return 0


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
