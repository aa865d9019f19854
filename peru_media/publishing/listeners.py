"""Let listeners into private shows, each by an address of their own, and end it.

Who may listen stands in the release, so each change is a small release of its own
that says nothing else anew: a swap, which every server follows within seconds.
"""

import gzip
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from peru_media.errors import ConflictError, PreconditionError, SettingsError
from peru_media.model.listeners import (
    Listener,
    Listeners,
    listener_name,
    private_path,
    token_from,
    token_hash,
)
from peru_media.model.release import Part, PrivatePart, Root, shared_key
from peru_media.model.value import digest
from peru_media.ports import Meta
from peru_media.publishing.desk import Desk
from peru_media.publishing.erasing import finish_erasing
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.swapping import ATTEMPTS, put_root, swap

__all__ = ["LetIn", "let_in", "listeners_of", "revoke"]

_TEXT = Meta(
    media_type="application/json",
    cache_control="private, no-cache",
    content_encoding="gzip",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """A listener who was let in.

    Attributes:
        id: the short name that staff end the address by. feed_url: the address of
        their feed. It is a key: it is told once, and kept nowhere.
    """

    id: str
    feed_url: str


def listeners_of(live: Live, show: str) -> dict[str, Listener]:
    """The listeners of a private show by their short names, the first one first.

    Raises:
        SettingsError: no private show of that name is published.
    """
    return live.listeners().of(_private(live, show).guid)


def let_in(desk: Desk, show: str, *, randomness: bytes) -> LetIn:
    """Give one more listener an address of their own.

    Args:
        desk: where the show is published.
        show: its slug.
        randomness: 16 random bytes, used for nothing else.

    Raises:
        SettingsError: no private show of that name is published.
        ConflictError: colleagues published again and again meanwhile.
    """
    token = token_from(randomness)
    hashed = token_hash(token)

    def change(live: Live) -> Listeners:
        since = moment_of(live, desk.clock)
        listener = Listener(show=_private(live, show).guid, since=since)
        return live.listeners().let_in(hashed, listener)

    root, _ = _changed(desk, change)
    return LetIn(id=listener_name(hashed), feed_url=root.base_url + private_path(token))


def revoke(desk: Desk, name: str) -> Listener:
    """End the address of one listener, by their short name.

    Raises:
        SettingsError: no listener is called that.
        ConflictError: colleagues published again and again meanwhile.
    """

    def change(live: Live) -> Listeners:
        known = live.listeners()
        return known.ended(_found(known, name), moment_of(live, desk.clock))

    _, known = _changed(desk, change)
    return known.known[_found(known, name)]


def _private(live: Live, show: str) -> PrivatePart:
    part = live.root.private.get(show) if live.root else None
    if part is None:
        msg = (
            f'No private show "{show}" is published there: write "visibility: private" '
            "into its show.md, and publish it first"
        )
        raise SettingsError(msg)
    return part


def _found(known: Listeners, name: str) -> str:
    hashed = known.find(name)
    if hashed is None:
        msg = f"No listener is called {name}: make listeners SHOW=… lists them"
        raise SettingsError(msg)
    return hashed


def _changed(desk: Desk, change: Callable[[Live], Listeners]) -> tuple[Root, Listeners]:
    """Swap in the live release with other listeners; again where somebody was first."""
    for _ in range(ATTEMPTS - 1):
        with suppress(ConflictError):
            return _change(desk, change)
    return _change(desk, change)


def _change(desk: Desk, change: Callable[[Live], Listeners]) -> tuple[Root, Listeners]:
    live = finish_erasing(desk, read_live(desk.store, desk.cache))
    known = change(live)
    content = known.to_bytes()
    part = Part(key=shared_key(content), sha256=digest(content))
    root = _restated(live, part, desk)

    def send() -> None:
        with suppress(PreconditionError):  # named by its content, so it is the same
            body = gzip.compress(content, mtime=0)
            desk.store.put(part.key, body, meta=_TEXT, if_absent=True)

    send()
    put_root(desk, root)
    swap(desk, live, root, restore=send)
    return root, known


def _restated(live: Live, listeners: Part, desk: Desk) -> Root:
    """The live release once more, with nothing changed but who may listen."""
    assert live.root is not None  # noqa: S101  # else there is no listener to change
    assert live.current is not None  # noqa: S101  # neither
    return live.root.model_copy(
        update={
            "number": live.number + 1,
            "made": moment_of(live, desk.clock),
            "by": desk.by,
            "previous": live.current.key,
            "listeners": listeners,
        }
    )
