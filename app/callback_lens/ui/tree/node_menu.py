"""What the context menu of the tree offers for a node."""

from collections.abc import Iterator

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.tree.copying import NodeCopier
from callback_lens.ui.widgets.object_menu import Choice


def copy_choices(copier: NodeCopier, node: Node) -> Iterator[Choice]:
    """All that can be copied of ``node``."""
    yield Message("Copy value"), lambda: copier.value(node)
    if copier.has_secret(node):
        yield Message("Copy value with the secrets in it"), lambda: copier.unmasked_value(node)
    yield Message("Copy name"), lambda: copier.name(node)
    yield Message("Copy subtree as written"), lambda: copier.subtree(node)
    yield Message("Copy as JSON"), lambda: copier.json(node)
    yield Message("Copy path"), lambda: copier.path(node)
    yield Message("Copy XPath"), lambda: copier.xpath(node)
    yield Message("Copy JSONPath"), lambda: copier.json_path(node)
    yield Message("Copy Python accessor"), lambda: copier.python(node)
