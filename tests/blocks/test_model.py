import dataclasses
from typing import get_args

import pytest
from callback_lens.blocks.model import Block, Fields, View
from callback_lens.errors import Message

KINDS = get_args(Block)


def test_each_kind_of_block_has_a_name_of_its_own() -> None:
    names = [kind.kind for kind in KINDS]
    assert len(set(names)) == len(names) >= 7


@pytest.mark.parametrize("kind", KINDS)
def test_every_block_has_an_id_and_a_title(kind: type) -> None:
    assert [field.name for field in dataclasses.fields(kind)][:2] == ["id", "title"]


def test_blocks_are_data() -> None:
    block = Fields("job", Message("Job"), ())
    assert block == Fields("job", Message("Job"), ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        block.id = "other"  # type: ignore[misc]


def test_a_view_may_say_nothing() -> None:
    view = View()
    assert (view.outputs, view.blocks, view.findings, view.transcript, dict(view.settings)) == ((), (), (), None, {})
