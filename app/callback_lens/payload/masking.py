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
# Headers that prove who sends them; CI's own requests have none, gateways and receivers add them.
SECRET_HEADERS = frozenset(
    ("authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key", "x-cos-security-token", "x-token")
)


def masked_header(name: str, value: str) -> str:
    """The ``value`` of the HTTP header ``name`` without what must stay secret; of ``Bearer x`` the scheme stays."""
    if name.lower() not in SECRET_HEADERS:
        return masked(name, value)
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {MASK}" if space and scheme.isalpha() else MASK


def masked(name: str, text: str) -> str:
    """The ``text`` of the node called ``name`` without passwords, signatures and tokens."""
    if name in SECRET_NODES:
        return MASK
    return SECRET_PARAMETER.sub(lambda match: match[1] + MASK, text) if "=" in text else text
