"""Where the shipped files are found, in a checkout and in an installed wheel."""

from pathlib import Path

import pytest
from callback_lens import resources

CHECKOUT = Path(__file__).parents[1]


def lay_out(monkeypatch: pytest.MonkeyPatch, package: Path) -> None:
    """Pretend that the package lies in ``package``."""
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))


def test_a_checkout_has_them_beside_app() -> None:
    assert resources.resource("fields", "envelope.json") == CHECKOUT / "resources" / "fields" / "envelope.json"
    assert resources.resource() == CHECKOUT / "resources"


def test_a_wheel_has_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "callback_lens"
    lay_out(monkeypatch, package)
    (package / "_resources" / "fields").mkdir(parents=True)
    (tmp_path / "resources" / "fields").mkdir(parents=True)  # somebody else's, where a checkout has ours
    assert resources.resource("fields") == package / "_resources" / "fields"


def test_a_missing_one_is_a_bug_that_says_where_it_was_sought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(monkeypatch, tmp_path / "app" / "callback_lens")
    with pytest.raises(FileNotFoundError, match=r"fields/none\.json") as failure:
        resources.resource("fields", "none.json")
    for place in (tmp_path / "app" / "callback_lens" / "_resources", tmp_path / "resources"):
        assert str(place) in str(failure.value)
