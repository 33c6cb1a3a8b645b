"""A reading of callbacks that knows nothing of the program: made from the documented facts, by xmltodict and json."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xmltodict

# Nodes that a job of any Tag may have under Operation, or that are no Tag's rules.
SHARED = {"Output", "MediaResult", "MediaInfo", "Input", "UserData", "JobLevel", "TemplateId", "TemplateName"}
RESULT_LINE = re.compile(r"\s*\[(\d+):([\d.]+),(\d+):([\d.]+)(?:,(\d+))?\]\s*(.*)")


def many(node: Any) -> list[Any]:
    """One or several, empty or absent: a list of what is there."""
    return [item for item in (node if isinstance(node, list) else [node]) if item not in (None, "", {}, [])]


def at(node: Any, path: str) -> list[Any]:
    """All that stands at ``path``, names joined by dots."""
    nodes = many(node)
    for name in path.split("."):
        nodes = [item for node in nodes if isinstance(node, dict) for item in many(node.get(name))]
    return nodes


def text(node: Any, path: str) -> str | None:
    """The first scalar at ``path`` as a text without whitespace around it."""
    return next((str(item).strip() for item in at(node, path) if not isinstance(item, dict)), None)


def iso(raw: str | None) -> str | None:
    return None if raw in (None, "-") else datetime.fromisoformat(str(raw)).isoformat()


def span(start: str | None, end: str | None) -> int | None:
    """Milliseconds from one time to the other, as written."""
    if start in (None, "-") or end in (None, "-"):
        return None
    return int((datetime.fromisoformat(str(end)) - datetime.fromisoformat(str(start))).total_seconds() * 1000)


def number(raw: str | None) -> float | None:
    return None if raw is None else float(raw)


def payload_of(file: Path) -> Any:
    """The content of a payload without ``Response``; some JSON ones have it too."""
    content = file.read_text("utf-8-sig")
    data = xmltodict.parse(content) if file.suffix == ".xml" else json.loads(content)
    return data.get("Response", data)


def tag_of(payload: Any, job: Any) -> str | None:
    event = payload.get("EventName") or ""
    if event.startswith("Review"):
        return event
    return text(job, "Tag") or text(job, "Operation.Tag") or tag_by_result(job)


def tag_by_result(job: Any) -> str | None:
    names = [name for operation in at(job, "Operation") for name in operation if name not in SHARED]
    return next((name for name in names if f"{name}Result" in names), None)


def given(job: Any) -> dict[str, Any] | None:
    node = next(iter(at(job, "Input") or at(job, "Operation.Input")), job)
    if node is job and not (text(job, "Object") or text(job, "Url")):
        return None
    bucket, region, key = text(node, "BucketId"), text(node, "Region"), text(node, "Object")
    return {"bucket": bucket, "region": region, "key": key, "headers": headers(node)}


def headers(node: Any) -> list[dict[str, str]]:
    """Of a list of Key and Value, or of a map."""
    pairs: list[tuple[str, str | None]] = []
    for item in at(node, "CosHeaders"):
        pairs += [(item["Key"], item.get("Value"))] if "Key" in item else item.items()
    return [{"key": key, "value": value or ""} for key, value in pairs]


def named(node: Any, *names: str) -> dict[str, str | None]:
    """A key for each name: ``run_id`` for ``RunId``."""
    return {re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower(): text(node, name) for name in names}


def files_written(operation: Any) -> list[tuple[str | None, str | None, str, str | None]]:
    """Bucket, region, real key and MD5 of each."""
    found = []
    for file in at(operation, "MediaResult.OutputFile"):
        for node in (file, *at(file, "SpriteOutputFile")):
            bucket = text(node, "Bucket") or text(file, "Bucket")
            region = text(node, "Region") or text(file, "Region")
            sums = {text(info, "ObjectName"): text(info, "Md5") for info in at(node, "Md5Info")}
            for name in at(node, "ObjectName"):
                key = (text(node, "ObjectPrefix") or "") + name
                found.append((bucket, region, key, sums.get(key)))
    for result in (name for name in operation if name.endswith("Result") and name != "MediaResult"):
        for path in (f"{result}.ObjectName", f"{result}.DetailObjectName"):
            bucket, region = text(operation, "Output.Bucket"), text(operation, "Output.Region")
            found += [(bucket, region, key, None) for key in at(operation, path)]
    return found


def keys_requested(operation: Any) -> list[str]:
    names = ("Object", "SpriteObject", "AuObject", "BassObject", "DrumObject", "StreamExtract.Output")
    return [key for name in names for key in at(operation, f"Output.{name}")]


def flat(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each scalar below a node by the names on the way."""
    if isinstance(node, dict):
        for child_name, child in node.items():
            yield from flat(child, f"{name}.{child_name}" if name else child_name)
    elif isinstance(node, list):
        for item in node:
            yield from flat(item, name)
    elif node not in (None, ""):
        yield name, str(node)


def verdict_of(job: Any) -> dict[str, Any] | None:
    if not any(text(job, name) for name in ("Result", "Suggestion", "Label")):
        return None
    return {
        "result": number(text(job, "Result")),
        "suggestion": number(text(job, "Suggestion")),
        "label": text(job, "Label"),
        "sub_label": text(job, "SubLabel"),
        "score": number(text(job, "Score")),
    }


def sentences_of(result: Any) -> list[dict[str, Any]]:
    """Sentences with times in the audio: of ResultDetail, or of the lines of Result where there is none."""
    details = [
        {
            "start_ms": int(detail["StartMs"]),
            "end_ms": int(detail["EndMs"]),
            "text": detail["FinalSentence"],
            "speaker": text(detail, "SpeakerId"),
            "speed": number(text(detail, "SpeechSpeed")),
            "words": [word_of(word, int(detail["StartMs"])) for word in many(detail.get("Words"))],
        }
        for detail in at(result, "ResultDetail")
    ]
    lines = [line for node in at(result, "Result") for line in str(node).splitlines() if line.strip()]
    return details or [sentence_of(line) for line in lines]


def word_of(word: Any, sentence_start: int) -> dict[str, Any]:
    return {
        "start_ms": sentence_start + int(word["OffsetStartMs"]),
        "end_ms": sentence_start + int(word["OffsetEndMs"]),
        "text": word["Word"],
        "kind": {"0": "word", "1": "punctuation"}.get(word["VoiceType"], "other"),
        "voice_type": int(word["VoiceType"]),
    }


def sentence_of(line: str) -> dict[str, Any]:
    match = RESULT_LINE.fullmatch(line)
    assert match, line
    start, end = (round(int(match[at]) * 60_000 + float(match[at + 1]) * 1000) for at in (1, 3))
    return {"start_ms": start, "end_ms": end, "text": match[6], "speaker": match[5], "speed": None, "words": []}
