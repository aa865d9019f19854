"""Find out, by trying, whether a store keeps the conditions of a write."""

from contextlib import suppress

from peru_media.errors import PreconditionError, StoreError
from peru_media.ports import Meta, Store

__all__ = ["conditional_writes"]

_TEXT = Meta(media_type="text/plain", cache_control="no-store")


def conditional_writes(store: Store, *, token: str) -> bool:
    """Whether two colleagues who publish at once are told apart by this store.

    Not every store that takes the conditions of a write obeys them; so a write that
    must be refused is tried, on an object of its own that is deleted again.

    Args:
        store: where releases are.
        token: letters that no other trial has, for the name of that object.

    Raises:
        StoreError: the store failed, so nothing is known.
    """
    key = f"state/trial-{token}/condition"
    try:
        first = store.put(key, b"first\n", meta=_TEXT, if_absent=True)
        if not _is_refused(store, key, if_absent=True):
            return False
        store.put(key, b"second\n", meta=_TEXT, if_match=first.etag)
        return _is_refused(store, key, if_match=first.etag)
    finally:
        with suppress(StoreError):  # what was found out counts, or what failed before
            store.delete([key])


def _is_refused(
    store: Store, key: str, *, if_absent: bool = False, if_match: str | None = None
) -> bool:
    try:
        store.put(key, b"stale\n", meta=_TEXT, if_absent=if_absent, if_match=if_match)
    except PreconditionError:
        return True
    return False
