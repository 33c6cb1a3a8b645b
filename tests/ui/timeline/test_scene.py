import json
import subprocess
import sys
from typing import Any

import numpy as np
from callback_lens.payload.findings import Severity
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.columns import NO_TIME, WordKind
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from callback_lens.ui.timeline.scene import KIND_FLAGS, SENTENCE_FLAGS, Scene, build_scene
from hypothesis import given
from odd_results import odd_results
from painted import scene_in
from speech_results import sentence, word
from timelines import TWO_SPEAKERS, speech
from transcripts import transcript_or_none


@given(odd_results)
def test_all_that_has_a_time_is_in_the_scene(result: Any) -> None:
    transcript = transcript_or_none(result)
    if transcript is None:
        return
    scene = build_scene(transcript, check_transcript(transcript))
    words, sentences = transcript.words, transcript.sentences
    times = np.concatenate([words.start, words.end, sentences.start, sentences.end])
    known = times[times != NO_TIME]
    assert scene.start <= min(known, default=0)
    assert scene.end >= max(known, default=0)
    assert scene.end >= round(transcript.audio_ms or 0)
    assert [len(lane) for lane in scene.words] == [len(lane.rows) for lane in scene.lanes.lanes]


@given(odd_results)
def test_a_finding_is_where_its_word_or_sentence_is(result: Any) -> None:
    transcript = transcript_or_none(result)
    if transcript is None:
        return
    marks = build_scene(transcript, check_transcript(transcript)).marks
    assert [mark.time for mark in marks] == sorted(mark.time for mark in marks)
    for mark in marks:
        (node,) = (
            transcript.sentence_nodes([mark.sentence]) if mark.word is None else transcript.word_nodes([mark.word])
        )
        assert f"{mark.finding.path}.".startswith(f"{node.path}.")


def test_words_know_their_kind_and_a_column_all_of_its_kinds() -> None:
    scene = scene_in(speech(*TWO_SPEAKERS))
    kinds = scene.transcript.words.kind
    assert all(flags & KIND_FLAGS[kind] for flags, kind in zip(scene.flags, kinds, strict=True))
    assert [int(flags >> 13).bit_count() for flags in scene.flags] == [1] * len(kinds)
    assert set(kinds.tolist()) == {WordKind.WORD, WordKind.PUNCTUATION}


def test_a_sentence_is_flagged_by_its_own_findings_of_which_hints_are_none() -> None:
    words = word("甲", 0, 500, VoiceType=0), word("乙", 500, 900, VoiceType=0)
    wrong = sentence(*words, StartMs=2000, EndMs="x", FinalSentence="甲乙")
    late = sentence(*words, StartMs=3000, EndMs=4000, FinalSentence="甲乙", WordsNum="7")
    overlapping = sentence(*words, StartMs=3500, EndMs=4500, FinalSentence="甲乙")
    scene = scene_in(speech(wrong, late, overlapping))
    flags = {
        int(detail.words.places[at]): int(detail.by_start.flags[at])
        for lane in scene.sentences
        for detail in lane
        for at in range(len(detail.words))
    }
    worst = {mark.sentence: mark.finding.severity for mark in scene.marks if mark.word is None}
    assert flags[0] == SENTENCE_FLAGS[Severity.ERROR]
    assert flags[1] == SENTENCE_FLAGS[Severity.WARNING]
    assert worst[2] is Severity.INFO
    assert flags[2] == 0


def test_xml_and_json_give_one_scene() -> None:
    options = SyntheticSpeech(sentences=30, speakers=3, overlap=0.4, slow_words=2)
    xml, json_ = scene_in(synthetic_speech_xml(options)), scene_in(synthetic_speech_json(options))

    def told(scene: Scene) -> str:
        marks = [(mark.time, mark.sentence, mark.word, mark.finding.code) for mark in scene.marks]
        return json.dumps([scene.start, scene.end, scene.flags.tolist(), marks])

    assert told(xml) == told(json_)
    assert {mark.finding.code for mark in xml.marks} >= {"slow-word"}


def test_a_scene_is_built_without_qt() -> None:
    """Another thread than the window's may not load it."""
    code = "import sys, callback_lens.ui.timeline.scene, callback_lens.ui.timeline.speech_jobs; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in loaded if name.startswith(("PySide6", "shiboken6"))]
