"""Synthetic speech callbacks of any size, for tests, benchmarks and demonstrations."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

Node = str | Sequence["Node"] | Mapping[str, "Node"]

GRID_MS = 15
PACES_MS = range(9 * GRID_MS, 18 * GRID_MS, GRID_MS)  # per character
SLOW_PACE_MS = 100 * GRID_MS
PAUSES_MS = range(20 * GRID_MS, 80 * GRID_MS, GRID_MS)
TAILS_MS = range(0, 10 * GRID_MS, GRID_MS)
LONGEST_OVERLAP_MS = 100 * GRID_MS

BUCKET, REGION = "lens-demo-1250000000", "ap-guangzhou"
WORD, PUNCTUATION = "0", "1"  # VoiceType, as documented samples have it
MARKS = COMMA, FULL_STOP = "，", "。"
SPEECH = (
    "我 你 他 她 谁 这 那 在 有 说 看 听 做 想 走 来 去 坐 买 带 问 写 就 也 都 很 再 又 还 把 给 从 到 和 先 才 会 能 "
    "的 了 是 不 个 里 上 下 山 水 风 雨 雪 花 茶 书 船 灯 门 路 桥 饭 鱼 歌 早 晚 大 小 快 慢 多 少 新 旧 远 近 高 好 "
    "我们 大家 今天 明天 早晨 周末 现在 这里 那边 河边 公园 码头 车站 厨房 窗户 照片 声音 镜头 字幕 录音 画面 片段 "
    "故事 朋友 老师 孩子 准备 打开 收拾 商量 检查 记录 等待 出发 慢慢 已经 因为 所以 如果 但是 然后 安静 热闹 清楚 "
    "图书馆 办公室 自行车 摄影师 小伙伴 下半年 差不多 有意思 来得及 "
    "一起动手 按时完成 重新开始 反复确认 越来越好 "
    "API JSON XML CDN Q&A"
)
VOCABULARY = tuple(SPEECH.split())


@dataclass(frozen=True)
class SyntheticSpeech:
    """What to put into a synthetic speech callback; equal options give equal bytes.

    ``sentences`` and ``words_per_sentence`` (entries of ``Words``, so punctuation counts) are at least 1.
    ``overlap`` is the fraction (0 to 1) of the sentences after the first that start before the one before them
    has ended; with two speakers or more the other one is always somebody else. ``slow_words``, at most one for
    each sentence, last 1.5 s for each character, any other word at most 0.255 s.
    """

    sentences: int = 4500
    words_per_sentence: int = 22
    speakers: int = 2
    overlap: float = 0.0
    punctuation: bool = True
    seed: int = 0
    slow_words: int = 0


def synthetic_speech_xml(options: SyntheticSpeech, indent: bool = False) -> bytes:
    """The callback of a speech job as CI's XML (UTF-8), minified or with a node on each line."""
    callback: Node = {"EventName": "TaskFinish", "JobsDetail": _job(options) | {"Message": ""}}
    return _xml("Response", callback, "\n" if indent else "").lstrip().encode()


def synthetic_speech_json(options: SyntheticSpeech) -> bytes:
    """The same job as CI's JSON (UTF-8, minified): no root, empty nodes left out, a lone sentence or word no list."""
    callback: Node = {"EventName": "TaskFinish", "JobsDetail": [_job(options)]}
    return json.dumps(callback, ensure_ascii=False, separators=(",", ":")).encode()


def _xml(name: str, node: Node, line_break: str) -> str:
    if node == "":
        return f"{line_break}<{name}/>"
    if isinstance(node, str):
        return f"{line_break}<{name}>{escape(node)}</{name}>"
    if isinstance(node, Mapping):
        deeper = line_break and line_break + "    "
        children = "".join([_xml(child_name, child, deeper) for child_name, child in node.items()])
        return f"{line_break}<{name}>{children}{line_break}</{name}>"
    return "".join([_xml(name, item, line_break) for item in node])


def _job(options: SyntheticSpeech) -> dict[str, Node]:
    rng = Random(options.seed)  # noqa: S311 (the same every time, and no secret)
    job_id, queue_id = (f"{letter}{rng.getrandbits(128):032x}" for letter in "sp")
    return {
        "State": "Success",
        "Tag": "SpeechRecognition",
        "Code": "Success",
        "CreationTime": "2025-04-18T09:00:00+0800",
        "StartTime": "2025-04-18T09:00:02+0800",
        "EndTime": "2025-04-18T09:15:00+0800",
        "Input": {"BucketId": BUCKET, "Object": "synthetic/speech.m4a", "Region": REGION},
        "JobId": job_id,
        "QueueId": queue_id,
        "Operation": {
            "JobLevel": "0",
            "Output": {"Bucket": BUCKET, "Object": "synthetic/speech.txt", "Region": REGION},
            "SpeechRecognitionResult": _speech_recognition_result(_sentences(rng, options)),
        },
    }


class _Word(NamedTuple):
    text: str
    voice_type: str
    start_ms: int
    end_ms: int


class _Sentence(NamedTuple):
    start_ms: int
    end_ms: int
    speaker: int
    words: list[_Word]

    @property
    def text(self) -> str:
        return "".join([word.text for word in self.words])


def _speech_recognition_result(sentences: list[_Sentence]) -> dict[str, Node]:
    return {
        "AudioTime": f"{sentences[-1].end_ms / 1000:.3f}",
        "DetailObjectName": "synthetic/speech.txt.detail",
        "ObjectName": "synthetic/speech.txt",
        "Result": "\n".join(map(_result_line, sentences)),
        "ResultDetail": _one_or_many([_result_detail(sentence) for sentence in sentences]),
    }


def _result_line(sentence: _Sentence) -> str:
    return f"[{_clock(sentence.start_ms)},{_clock(sentence.end_ms)},{sentence.speaker}]  {sentence.text}"


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms % 60_000 // 1000}.{ms % 1000:03d}"


def _result_detail(sentence: _Sentence) -> dict[str, Node]:
    start, end, speaker, words = sentence
    characters = sum(len(word.text) for word in words if word.voice_type == WORD)
    return {
        "EndMs": str(end),
        "FinalSentence": sentence.text,
        "SliceSentence": " ".join([word.text for word in words]),
        "SpeakerId": str(speaker),
        "SpeechSpeed": f"{characters * 1000 / (end - start):.1f}",
        "StartMs": str(start),
        "Words": _one_or_many(
            [
                {
                    "OffsetEndMs": str(word.end_ms),
                    "OffsetStartMs": str(word.start_ms),
                    "VoiceType": word.voice_type,
                    "Word": word.text,
                }
                for word in words
            ]
        ),
        "WordsNum": str(len(words)),
    }


def _one_or_many(nodes: list[dict[str, Node]]) -> Node:
    return nodes[0] if len(nodes) == 1 else nodes


def _sentences(rng: Random, options: SyntheticSpeech) -> list[_Sentence]:
    count = options.sentences
    slow = set(rng.sample(range(count), options.slow_words))
    overlapping = set(rng.sample(range(1, count), round(options.overlap * (count - 1))))
    spoken = [_words(rng, options, number in slow) for number in range(count)]
    lengths = [words[-1].end_ms + rng.choice(TAILS_MS) for words in spoken]
    starts = _starts(rng, lengths, overlapping)
    speakers = _speakers(rng, count, options.speakers)
    return [
        _Sentence(start, start + length, speaker, words)
        for start, length, speaker, words in zip(starts, lengths, speakers, spoken, strict=True)
    ]


def _words(rng: Random, options: SyntheticSpeech, slow: bool) -> list[_Word]:
    texts = _texts(rng, options.words_per_sentence, options.punctuation)
    paces = rng.choices(PACES_MS, k=len(texts))
    if slow:
        paces[rng.choice([i for i, text in enumerate(texts) if text not in MARKS])] = SLOW_PACE_MS
    words: list[_Word] = []
    start = end = 0
    for text, pace in zip(texts, paces, strict=True):
        if text not in MARKS:
            start, end = end, end + len(text) * pace
        words.append(_Word(text, PUNCTUATION if text in MARKS else WORD, start, end))
    return words


def _texts(rng: Random, count: int, punctuation: bool) -> list[str]:
    texts = rng.choices(VOCABULARY, k=count)
    if punctuation and count > 1:
        clause = rng.randint(5, 9)
        for index in range(clause, count - 2, clause):
            texts[index] = COMMA
        texts[-1] = FULL_STOP
    return texts


def _starts(rng: Random, lengths: list[int], overlapping: Container[int]) -> Iterator[int]:
    """Starts in ms. Only the sentence before may still be running, and it ends first."""
    earlier_end = start = end = 0
    for number, length in enumerate(lengths):
        if number in overlapping:
            room = min(LONGEST_OVERLAP_MS, end - earlier_end, end - start - GRID_MS, length - GRID_MS)
            next_start = end - rng.randrange(GRID_MS, room + 1, GRID_MS)
        else:
            next_start = end + rng.choice(PAUSES_MS)
        earlier_end, start, end = end, next_start, next_start + length
        yield start


def _speakers(rng: Random, count: int, speakers: int) -> Iterator[int]:
    """A speaker for each sentence, never the same twice running if there are several."""
    speaker = 0
    for _ in range(count):
        yield speaker
        speaker = (speaker + rng.randint(1, max(1, speakers - 1))) % speakers
