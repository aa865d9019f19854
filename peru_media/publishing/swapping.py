"""The swap: one small object decides which release is live."""

from collections.abc import Mapping, Sequence

from peru_media.errors import ConflictError, PreconditionError, StoreUnavailableError
from peru_media.model.release import CURRENT_KEY, Current, Root, Tombstone, root_key
from peru_media.model.value import digest
from peru_media.ports import Meta
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.sending import Parcel

__all__ = ["erase_buried", "finish_erasing", "put_root", "swap"]

_JSON = Meta(media_type="application/json", cache_control="no-cache")


def put_root(desk: Desk, root: Root) -> None:
    """Store a root; without the swap nobody sees it."""
    data = root.to_bytes()
    try:
        desk.store.put(root_key(root.number, data), data, meta=_JSON, if_absent=True)
    except PreconditionError:
        desk.store.head(root_key(root.number, data))


def _current(root: Root) -> Current:
    data = root.to_bytes()
    return Current(
        release=root.number, key=root_key(root.number, data), sha256=digest(data)
    )


def swap(desk: Desk, live: Live, root: Root) -> None:
    """Swap ``current.json``, only if it is still the one that was read."""
    wanted = _current(root)
    try:
        _put_current(desk, wanted, live.etag)
    except (PreconditionError, StoreUnavailableError) as error:
        _settle_swap(desk, live, wanted, error)


def _put_current(desk: Desk, current: Current, etag: str | None) -> None:
    desk.store.put(
        CURRENT_KEY,
        current.to_bytes(),
        meta=_JSON,
        if_absent=etag is None,
        if_match=etag,
    )


def _settle_swap(desk: Desk, live: Live, wanted: Current, error: Exception) -> None:
    """Read back who is live after a swap that was refused, or left no answer."""
    now = read_live(desk.store, desk.cache)
    if now.current is not None and now.current.key == wanted.key:
        return
    if now.current is not None and now.number > live.number:
        raise ConflictError(_who_was_first(now, live)) from error
    if isinstance(error, StoreUnavailableError) and now.etag == live.etag:
        raise error
    now = finish_erasing(desk, now)
    _put_current(desk, wanted, now.etag)


def _who_was_first(now: Live, live: Live) -> str:
    who = now.root.by if now.root else "Somebody"
    when = f"{now.root.made:%Y-%m-%d %H:%M:%S} UTC" if now.root else "just now"
    return (
        f"{who} published release {now.number} ({when}). This one was made against "
        f"{live.number}, so nothing was changed. Run make plan to see it against "
        f"{now.number}."
    )


def finish_erasing(desk: Desk, live: Live) -> Live:
    """Finish what a withdrawal or a collection had begun to delete."""
    if live.current is None or not live.current.erasing:
        return live
    desk.store.delete(live.current.erasing)
    cleared = live.current.model_copy(update={"erasing": ()})
    _put_current(desk, cleared, live.etag)
    return read_live(desk.store, desk.cache)


def erase_buried(desk: Desk, sent: Sequence[Parcel]) -> None:
    """After losing the swap: delete what was sent of somebody who withdrew."""
    now = read_live(desk.store, desk.cache)
    tombstones = now.root.tombstones if now.root else ()
    buried = _buried_ids(now, tombstones)
    keys = [p.key for p in sent if any(f"/{name}/" in p.key for name in buried)]
    if keys:
        desk.store.delete(keys)


def _buried_ids(now: Live, tombstones: Sequence[Tombstone]) -> set[str]:
    guids = {tombstone.guid for tombstone in tombstones}
    if not guids:
        return set()
    entries: Mapping[str, str] = {
        name: digest(entry.guid.encode())
        for name, entry in now.ledger().episodes.items()
    }
    return {name for name, guid in entries.items() if guid in guids}
