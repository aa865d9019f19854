"""How long browsers, apps and CDNs may keep an answer before they ask again."""

from dataclasses import dataclass
from math import inf

__all__ = ["NOT_KEPT", "UNKNOWN_SECONDS", "cache_control"]

NOT_KEPT = b"no-store"
_FOR_ONE = b"private, no-store"
UNKNOWN_SECONDS = 60

_MINUTE, _DAY, _YEAR = 60, 86_400, 31_536_000


@dataclass(frozen=True, slots=True)
class _Class:
    """Seconds of a cache class: fresh, then while asking again, then in a fault."""

    fresh: int
    revalidate: int = 0
    fault: int = 0
    immutable: bool = False


# A medium may be withdrawn, so no cache keeps it long, though its bytes never
# change; an asset is nobody's story, and its address names its bytes.
_CLASSES = {
    "page": _Class(_MINUTE, 5 * _MINUTE, _DAY),
    "feed": _Class(5 * _MINUTE, 5 * _MINUTE, _DAY),
    "media": _Class(_DAY, 0, 0, immutable=True),
    "asset": _Class(_YEAR, 0, 0, immutable=True),
    "gone": _Class(UNKNOWN_SECONDS),
}


def cache_control(kind: str, left: float = inf) -> bytes:
    """The ``Cache-Control`` of a cache class, cut where the content will turn.

    Args:
        kind: cache class of a ``Version``, ``gone``, or ``private``, which is for
            one listener alone; an unknown one, like ``none``, is never kept.
        left: seconds until the next version holds. No cache may show the old
            one after that, stale or not, so all spans together end by then.
    """
    if (known := _CLASSES.get(kind)) is None:
        return _FOR_ONE if kind == "private" else NOT_KEPT
    whole = known.fresh + max(known.revalidate, known.fault) <= left
    seconds = max(0, int(min(left, _YEAR)))
    fresh = min(known.fresh, seconds)
    spans = (
        ("stale-while-revalidate", min(known.revalidate, seconds - fresh)),
        ("stale-if-error", min(known.fault, seconds - fresh)),
    )
    words = ["public", f"max-age={fresh}"]
    words += [f"{name}={span}" for name, span in spans if span]
    words += ["immutable"] if known.immutable and whole else []
    return ", ".join(words).encode()
