"""One job is the same job whether it came as XML or as JSON."""

import json
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import xmltodict
from second_reading import many


def same_form(node: Any) -> Any:
    """A node without what differs between XML and JSON: empty nodes, lists of one, numbers that are no texts."""
    if isinstance(node, dict):
        children = {name: same_form(child) for name, child in node.items()}
        return {name: child for name, child in children.items() if child not in (None, "", {}, [])}
    if isinstance(node, list):
        items = [same_form(item) for item in node]
        return items[0] if len(items) == 1 else items
    return node if node is None or isinstance(node, str) else str(node)


def test_forms_of_one_job_are_equal(jobs: list[tuple[str, Any, Any]]) -> None:
    forms = defaultdict(list)
    for name, job, node in jobs:
        forms[json.dumps(same_form(node), sort_keys=True), job["tag"], job["path"]].append((name, job))
    pairs = [pair for same in forms.values() for pair in combinations(same, 2)]
    for (name, job), (other_name, other) in pairs:
        assert in_any_order(job) == in_any_order(other), (name, other_name)
    both = [pair for pair in pairs if {Path(name).suffix for name, _ in pair} == {".xml", ".json"}]
    assert len(both) >= 10, "most pairs of the corpus are a page in XML and its sister in JSON"


def in_any_order(job: Any) -> Any:
    """A job without the order of its fields: the order of nodes is not the same in the two forms."""
    return json.loads(json.dumps(job, sort_keys=True), object_hook=with_fields_sorted)


def with_fields_sorted(value: dict[str, Any]) -> dict[str, Any]:
    fields = sorted(value.get("fields", []), key=repr)
    return value | {"fields": fields} if fields else value


@pytest.mark.parametrize("written_as", [".json", ".xml"])
def test_any_job_written_in_the_other_form_is_the_same_job(
    written_as: str, payloads: dict[str, Any], shown: dict[str, Any], show: Callable[..., list[Any]], tmp_path: Path
) -> None:
    """The rules of Tencent's JSON: no Response, empty nodes left out, what stands alone is a list or not."""
    names = [name for name, item in shown.items() if item["jobs"] and not name.endswith(written_as)]
    names = [name for name in names if not shown[name]["family"].startswith("moderation")]  # JSON alone
    files = [tmp_path / f"{name}{written_as}" for name in names]
    for position, (name, file) in enumerate(zip(names, files, strict=True)):
        payload = same_form(payloads[name])
        payload["JobsDetail"] = (many if position % 2 else same_form)(payload["JobsDetail"])
        content = json.dumps(payload) if written_as == ".json" else xmltodict.unparse({"Response": payload})
        file.write_text(content, "utf-8")
    assert len(names) > 20
    for name, item in zip(names, show(*files), strict=True):
        assert in_any_order(item["jobs"]) == in_any_order(shown[name]["jobs"]), name
        assert item["family"] == shown[name]["family"], name
