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
            now = _unless_won(desk, live, wanted, error)
            if now is None:
                return
            failed += now.etag == before.etag
            if failed == ATTEMPTS:
                raise
            if now.etag != before.etag:
                restore()
            before = now
        else:
            return
    msg = f"somebody deletes without end: {LISTS} lists came between; try again later"
    raise ConflictError(msg)


def _unless_won(
    desk: Desk, live: Live, wanted: Current, error: Exception
) -> Live | None:
    """What is live, with no list left in it; None where our own release is.

    A colleague's release may come while a list is finished, and be a withdrawal.
    """
    now = read_live(desk.store, desk.cache)
    if not _is_decided(now, live, wanted, error):
        now = finish_erasing(desk, now)
    return None if _is_decided(now, live, wanted, error) else now


def _is_decided(now: Live, live: Live, wanted: Current, error: Exception) -> bool:
    """Whether our release won; gives way to a colleague whose release did."""
    if _won(now, wanted):
        return True
    if now.number > live.number:
        raise ConflictError(now.tell_first(live.number)) from error
    return False


def _won(now: Live, wanted: Current) -> bool:
    """Whether our release is live, or was until the next one came."""
    if now.current is None or now.root is None:
        return False
    return wanted.key in {now.current.key, now.root.previous}
