"""Callback Lens: read, capture and inspect the callbacks of Tencent Cloud CI media jobs."""

__version__ = "0.1.0"
