"""Objects of the live release that the store has lost, or holds damaged.

Nobody looks for them at every publish: it trusts what is live. So whoever finds them
writes them down, and the next publish from this machine makes and sends them again.
"""

import json
from collections.abc import Collection, MutableMapping

from peru_media.ports import Store

__all__ = ["found_wanting", "note_wanting"]


def note_wanting(
    cache: MutableMapping[str, bytes], store: Store, keys: Collection[str]
) -> None:
    """Write down what the store has lost; nothing, where it was sent again."""
    if keys:
        cache[_shelf(store)] = json.dumps(sorted(keys)).encode()
    else:
        cache.pop(_shelf(store), None)


def found_wanting(cache: MutableMapping[str, bytes], store: Store) -> frozenset[str]:
    """What was found wanting since the last publish."""
    return frozenset(json.loads(cache.get(_shelf(store), b"[]")))


def _shelf(store: Store) -> str:
    return f"wanting/{store.name}"
