"""Objects in COS: bucket, region and key, and the addresses made of them."""

import re
from dataclasses import dataclass
from urllib.parse import quote

PLACEHOLDER = "${"
PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class CosObject:
    """An object named by a payload; each part is None where the payload has none."""

    bucket: str | None
    region: str | None
    key: str | None

    @property
    def is_template(self) -> bool:
        """True where the key has placeholders such as ``${Number}``: no object has that name."""
        return self.key is not None and PLACEHOLDER in self.key

    @property
    def url(self) -> str | None:
        """The object's public address; None for templates and where a part is missing.

        Form by Tencent's documentation: https://<BucketName-APPID>.cos.<Region>.myqcloud.com/<key>, one leading
        slash of the key left out.
        """
        if not (self.bucket and self.region and self.key) or self.is_template:
            return None
        host = f"{self.bucket}.cos.{self.region}.myqcloud.com"
        key = quote(bare_key(self.key).encode("utf-8", "surrogatepass"), safe="/-._~")
        return f"https://{host}/{key}" if PLAIN_HOST.fullmatch(host) else None

    @property
    def cos_uri(self) -> str | None:
        """The ``cos://bucket/key`` form that COS's own tools take."""
        if not (self.bucket and self.key) or self.is_template:
            return None
        return f"cos://{self.bucket}/{bare_key(self.key)}"


def bare_key(key: str) -> str:
    """``key`` without one leading slash: payloads write the key of one object with it and without (documented)."""
    return key.removeprefix("/")
