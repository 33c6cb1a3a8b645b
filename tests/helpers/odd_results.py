"""Results of speech jobs in every layout, with all that may be wrong or odd in them."""

from typing import Any

from hypothesis import strategies as st

TIMES = st.integers(-60, 600).map(str) | st.sampled_from([None, "", "x", "1.5", "0", "-0", "90000000000000", "9" * 16])
TEXTS = st.sampled_from(["水", "船上", "API", "，", "。", "", " a b ", "𠀀", "\u202e"])
SPEAKERS = st.sampled_from([None, "0", "1", "甲", ""])
SPEEDS = st.sampled_from([None, "2.4", "0", "-1", "1e300", "fast"])
SENTENCE_TEXTS = st.sampled_from([None, "", "水上，有 船。", "API", "。"])
VOICE_TYPES = st.sampled_from([None, "0", "0", "1", "2", "70000", "x"])


def _written(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of these fields; what is None is not written."""
    return st.fixed_dictionaries(fields).map(
        lambda all_: {name: each for name, each in all_.items() if each is not None}
    )


WORDS = st.lists(_written(Word=TEXTS, OffsetStartMs=TIMES, OffsetEndMs=TIMES, VoiceType=VOICE_TYPES), max_size=6)
DETAILS = st.lists(
    _written(
        StartMs=TIMES,
        EndMs=TIMES,
        FinalSentence=SENTENCE_TEXTS,
        SliceSentence=SENTENCE_TEXTS,
        SpeakerId=SPEAKERS,
        SpeechSpeed=SPEEDS,
        WordsNum=TIMES,
        Words=WORDS,
    ),
    max_size=6,
)
FLASH_WORDS = st.lists(_written(word=TEXTS, start_time=TIMES, end_time=TIMES), max_size=6)
FLASH_SENTENCES = st.lists(
    _written(text=SENTENCE_TEXTS, start_time=TIMES, end_time=TIMES, speaker_id=SPEAKERS, word_list=FLASH_WORDS),
    max_size=4,
)
CHANNELS = st.lists(_written(channel_id=SPEAKERS, sentence_list=FLASH_SENTENCES), max_size=3)
LINES = st.lists(
    st.sampled_from(["[0:0.0,0:1.0]  水上，", "[0:0.5,0:0.2,1] API", "[0:0.5,0:0.5] 。", "", "no times", "[9:99.9,"]),
    max_size=5,
).map("\n".join)
AUDIO_TIMES = st.sampled_from([None, "0", "0.4996", "1e400", "-3", "long", "600"])

odd_results = _written(
    ObjectName=st.just("/talk.txt"),
    AudioTime=AUDIO_TIMES,
    Result=st.none() | LINES | st.lists(LINES, max_size=3),
    ResultDetail=st.none() | DETAILS,
    FlashResult=st.none() | CHANNELS,
)
