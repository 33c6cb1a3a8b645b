"""What can be copied of a node."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.payload.masking import masked
from callback_lens.payload.node_source import as_it_is, node_json, node_source
from callback_lens.payload.nodes import Node
from callback_lens.payload.path_dialects import json_path, python_accessor, xpath
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.object_menu import copy_text


class NodeCopier(QObject):
    """Puts texts of a node on the clipboard; what may be long is made off the GUI thread."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def value(self, node: Node) -> None:
        """The value as written; of a node that only holds others, the subtree."""
        if node.value is None and node.child_count:
            self.subtree(node)
        else:
            self._copy(self._say(node.name, node.value or ""))

    def unmasked_value(self, node: Node) -> None:
        """The value with the secrets in it."""
        self._copy(node.value or "")

    def name(self, node: Node) -> None:
        """The name as written."""
        self._copy(node.name)

    def path(self, node: Node) -> None:
        """The neutral path."""
        self._copy(node.path)

    def xpath(self, node: Node) -> None:
        """The XPath."""
        self._copy(xpath(node))

    def json_path(self, node: Node) -> None:
        """The JSONPath."""
        self._copy(json_path(node))

    def python(self, node: Node) -> None:
        """How Python reaches it."""
        self._copy(python_accessor(node))

    def json(self, node: Node) -> None:
        """The node and all below it as JSON."""
        self._make(partial(node_json, node, self._say))

    def subtree(self, node: Node) -> None:
        """The node and all below it as the payload has it."""
        self._make(partial(node_source, node, self._say))

    def has_secret(self, node: Node) -> bool:
        """Whether its value is copied without the secrets in it."""
        return node.value is not None and self._say(node.name, node.value) != node.value

    @property
    def _say(self) -> Callable[[str, str], str]:
        return masked if self._session.language.hides_secrets else as_it_is

    def _make(self, make: Callable[[], str]) -> None:
        self._session.background.run(lambda _: make(), self._copy, self)

    def _copy(self, text: str | None) -> None:
        if text is None:
            message = Message("the parsed data does not have this node: comments and repeated keys are lost in it")
            self._session.messages.tell(message, Severity.WARNING)
        else:
            copy_text(text)
