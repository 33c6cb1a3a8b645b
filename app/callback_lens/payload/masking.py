"""Secrets in payloads: kept out of what people copy and share, unless they ask for them."""

import re

MASK = "***"
# The last segment of a path that was made to be guessed by nobody: long, with letters and digits.
SECRET_SEGMENT = re.compile(r"([^?#]*(?<!/)/)(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{16,}(?=/?(?:[?#]|\Z))", re.ASCII)
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


def masked_target(target: str) -> str:
    """A request's ``target``, or the address that it is part of, without the token that callbacks carry by custom.

    That stands in the query (``token=``) or is the last segment of the path.
    """
    segment = SECRET_SEGMENT.match(target)
    return masked("", segment[1] + MASK + target[segment.end() :] if segment else target)
