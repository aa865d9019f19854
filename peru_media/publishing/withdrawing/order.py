"""What is ordered, and what has to be remembered until it is carried out."""

from typing import Literal

from pydantic import Field

from peru_media.model.receipt import Gone
from peru_media.model.release import Tombstone, Utc
from peru_media.model.value import Value

__all__ = ["Case", "Concerned", "Docket", "Order", "Reason"]

Reason = Literal["consent", "error", "legal"]


class Order(Value):
    """Who or what is withdrawn, and by whose order.

    Attributes:
        kind: an episode by its slug, or a contributor by the id of their record.
        name: that slug or id. reason: why. by: who ordered it. at: when, UTC.
    """

    kind: Literal["episode", "contributor"]
    name: str
    reason: Reason = "consent"
    by: str
    at: Utc


class Concerned(Value):
    """An episode that an order concerns.

    Attributes:
        slug, title: as people know it. guid: of the episode. ids: by which the
            targets know it. path: of its file, where there is one. shows: their slugs,
            where it was public in them.
        states: what it is on each target: ``published``, ``scheduled``, ``ended``,
            ``former`` or ``absent``.
    """

    slug: str
    title: str
    guid: str
    ids: tuple[str, ...]
    path: str | None = None
    shows: tuple[str, ...] = ()
    states: dict[str, str] = Field(default_factory=dict)


class Case(Value):
    """How far an order has come on one target.

    Attributes:
        here: whether only this machine can reach it.
        addresses: every whole address that was ever published of it.
        pages: those of its episodes' own pages, in each language. sounds: those
            under which its media lie. Nothing that is public may name one of them.
        people: shows and public names that are to be parted.
        release: the number of the release without it. objects: how many were
            erased. erased: whether nothing of it is in the store any more. gone: what
            was found at last, for the receipt.
    """

    target: str
    base_url: str
    here: bool = False
    addresses: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    release: int = 0
    objects: int = 0
    erased: bool = False
    gone: Gone | None = None


class Docket(Value):
    """An order with everything that it needs until its end.

    ``record`` is the path of a contributor's consent record, ``twins`` what else is
    public with the same recording, by its slugs: that it is left is for people to know.

    It is kept for our eyes alone, from before the first change until the receipt:
    afterwards nothing else knows the addresses that must answer no more.
    """

    order: Order
    episodes: tuple[Concerned, ...] = ()
    stones: tuple[Tombstone, ...] = ()
    record: str | None = None
    public_name: str | None = None
    cases: dict[str, Case] = Field(default_factory=dict)
    twins: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of every episode that it concerns, on any target."""
        return frozenset(name for one in self.episodes for name in one.ids)

    @property
    def guids(self) -> tuple[str, ...]:
        """The guids of every episode that it concerns."""
        return tuple(sorted({one.guid for one in self.episodes}))
