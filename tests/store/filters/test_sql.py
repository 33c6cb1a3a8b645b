"""What a filter finds is what a plain look at each capture finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice, product

import pytest
from callback_lens.errors import Message
from callback_lens.store import index_schema, listing
from callback_lens.store.filters.model import And, Filter, Key, Not, Or, Quality, Term
from callback_lens.store.filters.parsing import DEEPEST, MOST_TERMS, parse
from callback_lens.store.index import Index, open_index
from callback_lens.store.model import Capture, Details, Request, WireCapture, microseconds
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
JOB = b"<Response><JobsDetail><JobId>%s</JobId><Tag>%s</Tag><State>%s</State>%s</JobsDetail></Response>"
INPUT = "<Input><Object>media/Ä锄.mp4</Object></Input>".encode()
COUNT = 40
WORD = re.compile(r"[\w]+")


@dataclass(frozen=True)
class Kept:
    """All that is known of a capture."""

    capture: Capture
    details: Details
    body: bytes


@dataclass(frozen=True, repr=False)
class Profile:
    """An index, and what can be found with it."""

    index: Index
    kept: dict[int, Kept]

    def fitting(self, wanted: Filter) -> list[int]:
        """The ids of what fits, the newest first."""
        return [number for number, kept in sorted(self.kept.items(), reverse=True) if fits(wanted, kept)]


def captures() -> Iterator[WireCapture]:
    jobs = product((b"j1", b"J12", b"k"), (b"Concat", b"concat", b"Cover"), (b"Success", b"FAILED"), (b"", INPUT))
    bodies = [b"", b"plain words", "锄禾 words".encode(), *(JOB % job for job in jobs)]
    for number in range(COUNT):
        request = Request(
            arrived=microseconds(NOW - timedelta(hours=number)),
            method="POST",
            target=(b"/a", b"/A?x=1", b"/\xff\0b")[number % 3],
            http_version="1.1",
            peer="127.0.0.1:1",
            headers=(b"Host: a\r\n", b"X-Odd: \xff\r\n", b"")[number % 3],
        )
        refused = Message("no") if number % 7 == 0 else None
        yield WireCapture(request, bodies[number * 5 % len(bodies)], refused=refused, status=200)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    """An index whose full-text tables hold eight captures each, the last five not indexed."""
    folder = tmp_path_factory.mktemp("profile")
    with pytest.MonkeyPatch.context() as patched, open_store(folder) as store, open_index(folder) as index:
        patched.setattr(index_schema, "WINDOW_BITS", 3)
        patched.setattr(listing, "WINDOW_BITS", 3)
        ids = store.add(islice(captures(), COUNT - 5), committed=1)
        index.catch_up()
        ids += store.add(islice(captures(), COUNT - 5, COUNT), committed=1)
        store.pin(ids[::6], True)
        store.annotate(ids[::5], "my Note, words")
        store.delete(ids[9:12])
        yield Profile(index, {number: kept for number in ids if (kept := known(store, index, number))})


def known(store: Store, index: Index, number: int) -> Kept | None:
    capture, details = index.get(number), store.details(number)
    return Kept(capture, details, store.body(number)) if capture and details else None


def fits(wanted: Filter, kept: Kept) -> bool:
    match wanted:
        case Not(part):
            return not fits(part, kept)
        case And(parts):
            return all(fits(part, kept) for part in parts)
        case Or(parts):
            return any(fits(part, kept) for part in parts)
        case Term(key, value, is_prefix):
            return LOOKS[key](kept, value, is_prefix)


def has_words(kept: Kept, value: str, is_prefix: bool) -> bool:
    """Whether the body has the words of ``value`` one behind the other."""
    looked_for = words(value)
    there = words(kept.body.decode()) if kept.capture.facts else []
    if not looked_for:
        return False
    spans = (there[start : start + len(looked_for)] for start in range(len(there)))
    return any(
        span[:-1] == looked_for[:-1] and (span[-1].startswith(looked_for[-1]) if is_prefix else span == looked_for)
        for span in spans
        if len(span) == len(looked_for)
    )


def words(text: str) -> list[str]:
    text = re.sub("</[^<>]*>", " ", text)
    text = re.sub("([\u4e00-\u9fff])", r" \1 ", text)
    return [word.lower().replace("ä", "a") for word in WORD.findall(text)]


def word(kept: Kept, value: str, is_prefix: bool) -> bool:
    return has_words(kept, value, is_prefix) or value.lower() in (kept.capture.note or "").lower()


def fact(name: str, kept: Kept) -> str:
    return str((kept.capture.facts and getattr(kept.capture.facts, name)) or "").lower()


def quality(kept: Kept, value: str, _: bool) -> bool:
    capture = kept.capture
    return {
        Quality.PINNED: capture.is_pinned,
        Quality.REFUSED: capture.refused is not None,
        Quality.DUPLICATE: capture.facts is not None and capture.facts.delivery > 1,
        Quality.FAILED: fact("state", kept) == "failed",
    }[Quality(value)]


def text(content: bytes) -> str:
    return content.decode("latin-1").lower()


LOOKS = {
    Key.WORD: word,
    Key.BODY: has_words,
    Key.TAG: lambda kept, value, _: fact("tag", kept) == value.lower(),
    Key.STATE: lambda kept, value, _: fact("state", kept) == value.lower(),
    Key.JOB: lambda kept, value, _: fact("job_id", kept).startswith(value.lower()),
    Key.OBJECT: lambda kept, value, _: value.lower() in fact("object", kept),
    Key.PATH: lambda kept, value, _: value.lower() in text(kept.capture.target),
    Key.HEADER: lambda kept, value, _: value.lower() in text(kept.details.headers),
    Key.LARGER: lambda kept, value, _: kept.capture.size > int(value),
    Key.BEFORE: lambda kept, value, _: kept.capture.arrived < microseconds(NOW - timedelta(hours=int(value[:-1]))),
    Key.AFTER: lambda kept, value, _: kept.capture.arrived >= microseconds(NOW - timedelta(hours=int(value[:-1]))),
    Key.IS: quality,
}
HOURS = st.integers(0, COUNT).map("{}h".format)
VALUES = {
    Key.WORD: st.sampled_from(
        ("words", "note", "success", "锄", "锄禾", "plain words", "words plain", "j", "zzz", "-")
    ),
    Key.BODY: st.sampled_from(("words", "WORDS", "锄", "j1", "concat", "mp4", "a", "plain words", '"', "' OR 1", "-")),
    Key.TAG: st.sampled_from(("concat", "COVER", "conc", "none")),
    Key.STATE: st.sampled_from(("success", "Failed", "none")),
    Key.JOB: st.sampled_from(("j1", "J", "k", "none")),
    Key.OBJECT: st.sampled_from(("MP4", "锄", "media/", "none")),
    Key.PATH: st.sampled_from(("/a", "X=", "\0b", "zzz")),
    Key.HEADER: st.sampled_from(("host: A", "x-odd", "zzz")),
    Key.LARGER: st.sampled_from(("0", "11", "100", "150")),
    Key.BEFORE: HOURS,
    Key.AFTER: HOURS,
    Key.IS: st.sampled_from(list(map(str, Quality))),
}
TERMS = st.sampled_from(list(Key)).flatmap(lambda key: st.builds(partial(Term, key), VALUES[key]))
BEGINNINGS = st.builds(
    Term, st.sampled_from((Key.WORD, Key.BODY)), st.sampled_from(("wor", "conc", "j", "锄", "plain wor")), st.just(True)
)


def combined(parts: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return parts.map(Not) | several.map(And) | several.map(Or)


@given(st.recursive(TERMS | BEGINNINGS, combined, max_leaves=8))
def test_sql_finds_what_a_plain_look_finds(profile: Profile, wanted: Filter) -> None:
    index, expected = profile.index, profile.fitting(wanted)
    assert list(index.ids(wanted, now=NOW)) == expected
    assert index.count(wanted, now=NOW) == len(expected)
    assert [capture.id for capture in index.page(wanted, now=NOW, limit=3)] == expected[:3]
    assert [capture.id for capture in index.page(wanted, now=NOW, after=0, limit=3)] == expected[-3:]


@pytest.mark.parametrize(
    "value", ['"', 'words" OR "', "words' OR 1", "words NOT words", "body:words", "w*", "\0", "^words"]
)
def test_what_is_looked_for_is_never_an_order(profile: Profile, value: str) -> None:
    for key in (Key.WORD, Key.BODY, Key.TAG, Key.OBJECT, Key.PATH):
        wanted = Term(key, value)
        assert list(profile.index.ids(wanted, now=NOW)) == profile.fitting(wanted)


def test_a_filter_of_all_conditions_there_may_be(profile: Profile) -> None:
    terms = ("words", "tag:cover", "job:j", "is:failed", "object:mp4", "larger:1", "after:2h", "header:host", "path:/a")
    for joint in (" OR ", " "):
        text = joint.join(islice(cycle(terms), MOST_TERMS))
        wanted = parse("NOT (" * (DEEPEST // 2) + text + ")" * (DEEPEST // 2))
        assert list(profile.index.ids(wanted, now=NOW)) == profile.fitting(wanted)
