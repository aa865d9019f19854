"""The swap: one small object decides which release is live."""

from collections.abc import Callable, Mapping, Sequence

from peru_media.errors import ConflictError, PreconditionError, StoreUnavailableError
from peru_media.model.release import CURRENT_KEY, Current, Root, Tombstone, root_key
from peru_media.model.value import digest
from peru_media.ports import Meta
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.sending import Parcel

__all__ = ["erase_buried", "finish_erasing", "put_root", "swap"]

ATTEMPTS = 5
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


def swap(desk: Desk, live: Live, root: Root, *, restore: Callable[[], None]) -> None:
    """Swap ``current.json``, only if it is still the one that was read.

    After a refusal, or no answer at all, what is live is read back: our own root
    means that we won, another release that a colleague did. Where only the list
    of deletions changed, it is finished, and ``restore`` sends again what it
    took of ours.

    Raises:
        ConflictError: a colleague published first.
        StoreUnavailableError: the store does not answer; nothing changed.
    """
    wanted, before = _current(root), live
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _put_current(desk, wanted, before.etag)
        except (PreconditionError, StoreUnavailableError) as error:
            now = read_live(desk.store, desk.cache)
            if _won(now, wanted):
                return
            _refuse_second(now, live, error, last=attempt == ATTEMPTS)
            if now.etag != before.etag:
                before = finish_erasing(desk, now)
                restore()
        else:
            return


def _won(now: Live, wanted: Current) -> bool:
    """Whether our release is live, or was until the next one came."""
    if now.current is None or now.root is None:
        return False
    return wanted.key in {now.current.key, now.root.previous}


def _refuse_second(now: Live, live: Live, error: Exception, *, last: bool) -> None:
    """Give way to a colleague; give up where the store will not have it."""
    if now.number > live.number:
        raise ConflictError(_who_was_first(now, live)) from error
    if last:
        raise error


def _put_current(desk: Desk, current: Current, etag: str | None) -> None:
    desk.store.put(
        CURRENT_KEY,
        current.to_bytes(),
        meta=_JSON,
        if_absent=etag is None,
        if_match=etag,
    )


def _who_was_first(now: Live, live: Live) -> str:
    who = now.root.by if now.root else "Somebody"
    when = f"{now.root.made:%Y-%m-%d %H:%M:%S} UTC" if now.root else "just now"
    return (
        f"{who} published release {now.number} ({when}). This one was made against "
        f"{live.number}, so nothing was changed. Run make plan to see it against "
        f"{now.number}."
    )


def finish_erasing(desk: Desk, live: Live) -> Live:
    """Finish what a withdrawal or a collection had begun to delete.

    A colleague may be doing the same: whoever clears the list, it is cleared.

    Raises:
        StoreUnavailableError, PreconditionError: it could not be cleared.
    """
    for attempt in range(1, ATTEMPTS + 1):
        if live.current is None or not live.current.erasing:
            return live
        desk.store.delete(live.current.erasing)
        cleared = live.current.model_copy(update={"erasing": ()})
        try:
            _put_current(desk, cleared, live.etag)
        except (PreconditionError, StoreUnavailableError):
            if attempt == ATTEMPTS:
                raise
        live = read_live(desk.store, desk.cache)
    return live


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
