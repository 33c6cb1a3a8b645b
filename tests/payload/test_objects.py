"""Objects in COS: what address they have, and when they have none."""

from urllib.parse import unquote, urlsplit

import pytest
from callback_lens.payload.objects import CosObject, bare_key
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("a.mp4", "a.mp4"),
        ("/a.mp4", "a.mp4"),
        ("//a.mp4", "/a.mp4"),
        ("a b/影片+1%.mp4", "a%20b/%E5%BD%B1%E7%89%87%2B1%25.mp4"),
        ("a?b#c&d", "a%3Fb%23c%26d"),
        ("x-._~y", "x-._~y"),
        ("\ud800", "%ED%A0%80"),
    ],
)
def test_the_address_of_an_object(key: str, path: str) -> None:
    cos_object = CosObject("demo-125", "ap-guangzhou", key)
    assert cos_object.url == f"https://demo-125.cos.ap-guangzhou.myqcloud.com/{path}"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_address_says_the_key(key: str) -> None:
    url = CosObject("demo-125", "ap-guangzhou", key).url
    assert url is None or unquote(urlsplit(url).path) == "/" + key.removeprefix("/")
    assert (url is None) == ("${" in key)


@pytest.mark.parametrize("key", ["out/${Number}.jpg", "${InputName}.${Ext}", "a${"])
def test_a_template_is_no_object(key: str) -> None:
    template = CosObject("demo-125", "ap-guangzhou", key)
    assert template.is_template
    assert template.url is None
    assert template.cos_uri is None


def test_a_dollar_sign_alone_makes_no_template() -> None:
    assert not CosObject("b", "r", "a$b{c}").is_template
    assert not CosObject("b", "r", None).is_template


@pytest.mark.parametrize(
    ("bucket", "region", "key", "has_uri"),
    [
        (None, "r", "k", False),
        ("b", None, "k", True),
        ("b", "r", None, False),
        ("", "r", "k", False),
        ("b", "r", "", False),
    ],
)
def test_no_address_without_all_parts(bucket: str | None, region: str | None, key: str | None, has_uri: bool) -> None:
    cos_object = CosObject(bucket, region, key)
    assert cos_object.url is None
    assert (cos_object.cos_uri is not None) is has_uri


@pytest.mark.parametrize("part", ["evil.com/", "evil.com#", "evil.com?", "a@b", "a:80", "a b", "a\n", "桶", "a\\b"])
def test_no_address_at_a_host_that_is_none(part: str) -> None:
    assert CosObject(part, "ap-x", "k").url is None
    assert CosObject("demo-125", part, "k").url is None


@given(st.text(max_size=10), st.text(max_size=10), st.text(max_size=10))
def test_every_address_is_tencents(bucket: str, region: str, key: str) -> None:
    url = CosObject(bucket, region, key).url
    assert url is None or (urlsplit(url).scheme, (urlsplit(url).hostname or "")[-13:]) == ("https", ".myqcloud.com")


@pytest.mark.parametrize(("key", "uri"), [("a b.mp4", "cos://demo-125/a b.mp4"), ("/a.mp4", "cos://demo-125/a.mp4")])
def test_the_form_that_cos_tools_take(key: str, uri: str) -> None:
    assert CosObject("demo-125", None, key).cos_uri == uri


@pytest.mark.parametrize(("key", "bare"), [("a", "a"), ("/a", "a"), ("//a", "/a"), ("a/", "a/"), ("/", ""), ("", "")])
def test_a_leading_slash_makes_no_other_key(key: str, bare: str) -> None:
    assert bare_key(key) == bare
