"""What is easily forgotten when something is added: samples, notes, lists, documentation, translations."""

import ast
import gettext
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import xmltodict
from callback_lens.cli.parser import COMMANDS
from callback_lens.i18n import LANGUAGES
from callback_lens.payload.document import Document
from callback_lens.payload.field_notes import load_field_notes
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.paths import walk
from callback_lens.payload.reader import read_documents
from callback_lens.tags import TAG_MODULES

ROOT = Path(__file__).parents[1]
APP = ROOT / "app" / "callback_lens"
RESOURCES = ROOT / "resources"
README = (ROOT / "README.md").read_text("utf-8")
TREES = {path: ast.parse(path.read_text("utf-8")) for path in APP.rglob("*.py")}
RunCli = Callable[..., "subprocess.CompletedProcess[str]"]

# The stable codes of findings: those that the design lists, and three that statistics brought.
CODES = set(
    """
    output-missing output-unrequested count-mismatch md5-missing embedded-failure job-failed time-order bad-number
    bad-time duplicate-key key-is-template stream-count-mismatch words-num-mismatch word-outside-sentence word-order
    words-overlap text-mismatch result-mismatch audio-time-mismatch slow-word sentence-order unknown-tag repaired-input
    tag-module-failed sentences-overlap time-grid-change equal-word-lengths
    """.split()  # noqa: SIM905  # as the design has it
)


def calls(module: str, name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of ``name`` from ``module`` in the program, and the place it stands at."""
    for path, tree in TREES.items():
        imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == module]
        if any(alias.name == name for node in imports for alias in node.names):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield f"{path.relative_to(APP)}:{node.lineno}", node


def places(text: str) -> set[str]:
    """The names of the values that ``text`` has a place for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


# --- Tags -------------------------------------------------------------------------------------------------------------


def test_every_module_of_a_tag_is_listed() -> None:
    files = {path.stem for path in (APP / "tags").glob("*.py")} - {"__init__"}
    assert {module.__name__.rpartition(".")[2] for module in TAG_MODULES} == files
    assert len({module.TAG for module in TAG_MODULES}) == len(TAG_MODULES)


@pytest.mark.parametrize("tag", [module.TAG for module in TAG_MODULES])
@pytest.mark.parametrize("name", ["api-success", "api-failed", "workflow-success"])
@pytest.mark.parametrize("suffix", ["xml", "json"])
def test_every_tag_has_samples(tag: str, name: str, suffix: str) -> None:
    sample = (RESOURCES / "samples" / tag / f"{name}.{suffix}").read_text("utf-8")
    data = xmltodict.parse(sample)["Response"] if suffix == "xml" else json.loads(sample)
    (job,) = data["JobsDetail"] if isinstance(data["JobsDetail"], list) else [data["JobsDetail"]]
    assert (job["Tag"], "Workflow" in job) == (tag, name.startswith("workflow"))
    assert job["State"] == ("Failed" if name.endswith("failed") else "Success")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_node_of_the_samples_has_a_note(language: str) -> None:
    notes = load_field_notes(RESOURCES / "fields")
    missing = set()
    for file in (RESOURCES / "samples").rglob("*.*"):
        (document,) = read_documents(Input(file.name, None, file.read_bytes(), None), Limits())
        assert isinstance(document, Document)
        nodes = (node for node in walk(document.payload) if node.path and not node.name.startswith("x-cos-meta-"))
        missing |= {node.path for node in nodes if notes.note(node.path, language) is None}
    assert missing == set()


# --- findings and messages --------------------------------------------------------------------------------------------


def codes_used() -> dict[str, str]:
    """The code of every finding that the program can make, and a place that makes it."""
    found = {}
    for place, call in calls("callback_lens.payload.findings", "Finding"):
        code = call.args[1]
        assert isinstance(code, ast.Constant), place
        found[str(code.value)] = place
    return found


def test_findings_have_the_codes_of_the_design() -> None:
    assert codes_used().keys() == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_documented(code: str) -> None:
    assert f"`{code}`" in README


def messages() -> list[tuple[str, str, ast.Call]]:
    """Place, English text and call of every message in the program; one made again of its id counts once."""
    found = []
    for place, call in calls("callback_lens.errors", "Message"):
        text = call.args[0]
        if ast.unparse(text).endswith((".id", "['id']")):
            continue
        assert isinstance(text, ast.Constant), f"{place}: only a text as it stands can be translated"
        assert isinstance(text.value, str), place
        found.append((place, text.value, call))
    return found


def test_every_message_is_a_text_as_it_stands() -> None:
    assert len(messages()) > 100


def test_no_message_hides_in_an_f_string() -> None:
    """Before Python 3.12 an f-string is one token to Babel: what stands in it would never be translated."""
    strings = [
        (path, node) for path, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    ]
    inside = [(path, node) for path, string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    assert len(inside) > 50
    assert [path for path, node in inside if isinstance(node.func, ast.Name) and node.func.id == "Message"] == []


def test_a_message_has_the_values_it_names() -> None:
    assigned = [node.value for tree in TREES.values() for node in tree.body if isinstance(node, ast.Assign)]
    constants = {id(part) for value in assigned for part in (value, *getattr(value, "values", ()))}
    for place, text, call in messages():
        values = call.args[1] if len(call.args) > 1 else None
        if isinstance(values, ast.Dict):
            assert {key.value for key in values.keys if isinstance(key, ast.Constant)} == places(text), place
        elif values is None and id(call) not in constants:
            assert not re.search(r"\{[a-z_]+\}", text), f"{place}: nothing fills its places"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_translations_have_the_same_places(language: str) -> None:
    with (RESOURCES / "i18n" / language / "LC_MESSAGES" / "callback_lens.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    translated = 0
    for place, text, _ in messages():
        translation = catalogue.gettext(text)
        assert places(translation) == places(text), f"{place}: {translation}"
        translated += translation != text
    assert translated > 100


# --- documentation ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"^\| `{command}\b", README, re.MULTILINE)


def test_every_option_is_documented(run_cli: RunCli) -> None:
    options: set[str] = set()
    for command in COMMANDS:
        done = run_cli(command, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        options |= set(re.findall(r"--[a-z][a-z-]+", done.stdout))
    assert {option for option in options - {"--help"} if option not in README} == set()


def test_the_example_of_the_readme_is_what_the_command_says(run_cli: RunCli) -> None:
    block = README.partition("```console\n")[2].partition("```")[0].splitlines()
    command, *lines = block
    assert command.startswith("$ callback-lens show ")
    sample = command.rpartition(" ")[2]
    shown = run_cli("show", ROOT / sample).stdout.replace(str(ROOT / sample), sample)
    assert lines[-1] == "…"
    assert shown.startswith("\n".join(lines[:-1]))


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(keys, value))
    return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()


def test_every_key_of_the_json_is_documented(run_cli: RunCli) -> None:
    items = json.loads(run_cli("show", "--json", RESOURCES / "samples", "none.xml").stdout)
    for item in items:
        for job in item.get("jobs", []):
            job["settings"] = {}
            job["blocks"] = []
    assert {key for key in keys(items) if f'"{key}"' not in README} == set()
