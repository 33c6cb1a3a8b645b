"""Secrets in payloads: kept out of what people copy and share, unless they ask for them."""

import re

MASK = "***"
# Nodes that hold a password (DocProcess and FileUncompress echo theirs, by Tencent's documentation).
SECRET_NODES = frozenset(("DocPassword", "UnCompressKey"))
# Parts of a signed COS address, and what callback addresses carry by custom.
SECRET_PARAMETER = re.compile(
    r"(?<=[?&])((?:q-signature|q-ak|x-cos-security-token|sign|signature|token|access_token|secret|key|password)=)[^&#\s]+",
    re.IGNORECASE,
)


def masked(name: str, text: str) -> str:
    """The ``text`` of the node called ``name`` without passwords, signatures and tokens."""
    if name in SECRET_NODES:
        return MASK
    return SECRET_PARAMETER.sub(lambda match: match[1] + MASK, text) if "=" in text else text
