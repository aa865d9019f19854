"""What was rendered before from the same inputs is not rendered again."""

import hashlib
from collections.abc import Callable, MutableMapping
from functools import cache
from importlib.metadata import version

from peru_media.rendering.theme import catalogues, script, stylesheet, templates

__all__ = ["Cache", "input_key", "remembered"]

Cache = MutableMapping[str, bytes]

_FORMAT = 12  # raise it whenever the same inputs shall give other bytes
_LIBRARIES = ("babel", "feedgen", "jinja2", "lxml", "markdown-it-py", "nh3")


def input_key(kind: str, *inputs: bytes) -> str:
    """Name a rendered thing by everything that it is made from.

    SHA-256 of the renderer (its format, its libraries, templates and style) and
    of all inputs, each with its length, so that two never run together.
    """
    found = hashlib.sha256(_renderer())
    for part in (kind.encode(), *inputs):
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


def remembered(known: Cache | None, key: str, make: Callable[[], bytes]) -> bytes:
    """Take a rendered thing out of the cache, or make it and put it there."""
    if known is None:
        return make()
    found = known.get(key)
    if found is None:
        found = known[key] = make()
    return found


@cache
def _renderer() -> bytes:
    lines = [f"format {_FORMAT}"]
    lines += [f"{library} {version(library)}" for library in _LIBRARIES]
    lines += [f"{name}\n{text}" for name, text in sorted(templates().items())]
    lines += [text.decode() for _, text in sorted(catalogues().items())]
    return hashlib.sha256("\n".join([*lines, stylesheet(), script()]).encode()).digest()
