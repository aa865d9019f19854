"""The swap: one small object decides which release is live."""

from collections.abc import Callable

from peru_media.errors import ConflictError, PreconditionError, StoreUnavailableError
from peru_media.model.release import Current, Root, root_key
from peru_media.model.value import digest
from peru_media.ports import Meta
from peru_media.publishing.desk import Desk
from peru_media.publishing.erasing import finish_erasing, put_current
from peru_media.publishing.live import Live, read_live

__all__ = ["put_root", "swap"]

ATTEMPTS = 5
LISTS = 100  # of deletions that may come between, each finished at once
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
    wanted, before, failed = _current(root), live, 0
    for _ in range(LISTS):
        try:
            put_current(desk, wanted, before.etag)
        except (PreconditionError, StoreUnavailableError) as error:
            now = read_live(desk.store, desk.cache)
            if _won(now, wanted):
                return
            failed += now.etag == before.etag
            _refuse_second(now, live, error, last=failed == ATTEMPTS)
            if now.etag != before.etag:
                before = finish_erasing(desk, now)
                restore()
        else:
            return
    msg = f"somebody deletes without end: {LISTS} lists came between; try again later"
    raise ConflictError(msg)


def _won(now: Live, wanted: Current) -> bool:
    """Whether our release is live, or was until the next one came."""
    if now.current is None or now.root is None:
        return False
    return wanted.key in {now.current.key, now.root.previous}


def _refuse_second(now: Live, live: Live, error: Exception, *, last: bool) -> None:
    """Give way to a colleague; give up where the store will not have it."""
    if now.number > live.number:
        raise ConflictError(now.tell_first(live.number)) from error
    if last:
        raise error
