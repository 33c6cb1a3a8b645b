import pytest
from callback_lens.errors import UserError
from callback_lens.payload.query import Query, Scope, wanted


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query("tag"), True),
        (Query("tag", is_case_sensitive=True), False),
        (Query("Tag", is_case_sensitive=True), True),
        (Query("smart"), True),
        (Query("smart", scope=Scope.NAMES), False),
        (Query("tag", scope=Scope.VALUES), False),
        (Query("STRASSE"), True),
        (Query("^T.g$", is_pattern=True), True),
        (Query("^s.*straße", is_pattern=True), True),
        (Query("^s.*r", is_pattern=True, is_case_sensitive=True), False),
        (Query(".", scope=Scope.VALUES), False),
    ],
)
def test_names_and_values_are_looked_for(query: Query, found: bool) -> None:
    assert wanted(query)("Tag", "SmartCover Straße") is found


def test_a_node_without_value_has_only_its_name() -> None:
    assert wanted(Query("a"))("a", None)
    assert not wanted(Query("", scope=Scope.VALUES))("a", None)


@pytest.mark.parametrize(("pattern", "position"), [("(a", 3), ("a**", 3), ("[", 2)])
def test_an_invalid_pattern_is_told_with_its_position(pattern: str, position: int) -> None:
    with pytest.raises(UserError) as raised:
        wanted(Query(pattern, is_pattern=True))
    assert raised.value.message.values["position"] == position


def test_a_pattern_that_runs_away_is_stopped() -> None:
    is_wanted = wanted(Query(r"^(a|a)*\1*$", is_pattern=True))
    with pytest.raises(UserError, match="takes too long"):
        is_wanted("b", "a" * 100 + "b")
