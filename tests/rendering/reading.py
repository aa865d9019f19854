"""Feeds read back, for the tests to look into."""

from typing import Any

from lxml import etree

__all__ = ["read", "text_of", "texts_of"]


def read(feed: bytes) -> Any:
    """The ``<channel>`` of a feed."""
    return etree.fromstring(feed)[0]


def texts_of(channel: Any, path: str) -> list[str]:
    """The text of every element below a path, ``""`` for an empty one."""
    return [e.text or "" for e in channel.findall(path, channel.nsmap)]


def text_of(channel: Any, path: str) -> str:
    """The text of the only element below a path."""
    (text,) = texts_of(channel, path)
    return text
