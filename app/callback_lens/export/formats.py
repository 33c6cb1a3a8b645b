"""The formats that a transcript can be exported to.

Needs numpy: import it inside the function that exports.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from callback_lens.export.audacity import export_audacity
from callback_lens.export.cues import Export, ExportOptions
from callback_lens.export.delimited import export_csv, export_tsv
from callback_lens.export.srt import export_srt
from callback_lens.export.textgrid import export_textgrid
from callback_lens.export.webvtt import export_webvtt
from callback_lens.export.whisper_json import export_json
from callback_lens.transcript.columns import Transcript


class Format(NamedTuple):
    """``suffix`` ends the names of the format's files."""

    suffix: str
    export: Callable[[Transcript, ExportOptions], Export]


# By the names that the command line has for them.
FORMATS: Mapping[str, Format] = {
    "srt": Format(".srt", export_srt),
    "vtt": Format(".vtt", export_webvtt),
    "textgrid": Format(".TextGrid", export_textgrid),
    "audacity": Format(".txt", export_audacity),
    "csv": Format(".csv", export_csv),
    "tsv": Format(".tsv", export_tsv),
    "json": Format(".json", export_json),
}
