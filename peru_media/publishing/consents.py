"""Consent as time goes on: who is where, what ends when, and what then happens.

Of a record nothing leaves this module but the id, the public name, and the dates of
its end and review.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from peru_media.errors import RefusedError
from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    OnExpiry,
    PersonField,
    ShowFile,
)
from peru_media.model.identity import identity
from peru_media.model.release import Ledger
from peru_media.model.schedule import consent_ends, is_draft
from peru_media.model.site import Site, Written
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import moment_of, read_live

__all__ = [
    "SOON",
    "Appearance",
    "Consent",
    "State",
    "consented_until",
    "consents",
    "expect_consent",
]

SOON = timedelta(days=30)


class State(StrEnum):
    """How a consent stands."""

    HOLDS = "holds"
    ENDS_SOON = "ends soon"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Where somebody is named: an episode, or a show.

    Attributes:
        show: slug of the show. episode: of the episode, or None for the show itself.
        draft: whether it is still being worked on. live: whether it is published.
    """

    show: str
    episode: str | None
    draft: bool
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What may be told of one consent record.

    Attributes:
        id, name: of the person; the name is the agreed public one.
        expires: the last day on which it holds, or None. ends: the first moment at
        which it holds no more, by the clocks of the first place where it ends.
        then: what happens at that moment. review: when to ask them again.
        review_due: whether that day has come. appearances: where they are named.
    """

    id: str
    name: str
    state: State
    expires: date | None
    ends: datetime | None
    then: OnExpiry
    review: date | None
    review_due: bool
    appearances: tuple[Appearance, ...]

    @property
    def unused(self) -> bool:
        """Whether nobody relies on it."""
        return not self.appearances


def consents(site: Site, ledger: Ledger, *, at: datetime) -> tuple[Consent, ...]:
    """Every consent record of a site, in the order of their ids."""
    records = sorted(site.contributors, key=lambda one: one.value.id)
    return tuple(_consent(site, record.value, ledger, at) for record in records)


def _consent(
    site: Site, record: ConsentRecord, ledger: Ledger, at: datetime
) -> Consent:
    places = tuple(_appearances(site, record.id, ledger))
    zones = {site.zone(show) for p in places if (show := site.show(p.show))}
    zones = zones or {ZoneInfo(site.site.value.timezone)}
    found = [e for zone in zones if (e := consent_ends(record, zone)) is not None]
    ends = min(found, default=None)
    today = min(at.astimezone(zone).date() for zone in zones)
    return Consent(
        id=record.id,
        name=record.public_name,
        state=_state(record, ends, at),
        expires=record.expires,
        ends=ends,
        then=record.on_expiry,
        review=record.review,
        review_due=record.review is not None and record.review <= today,
        appearances=places,
    )


def _state(record: ConsentRecord, ends: datetime | None, at: datetime) -> State:
    if record.withdrawn is not None:
        return State.WITHDRAWN
    if ends is None or at + SOON < ends:
        return State.HOLDS
    return State.ENDED if ends <= at else State.ENDS_SOON


def _appearances(site: Site, name: str, ledger: Ledger) -> Iterator[Appearance]:
    for show in site.shows:
        if _named(show, name):
            live = show.slug in ledger.shows
            yield Appearance(show=show.slug, episode=None, draft=False, live=live)
    for episode in site.episodes:
        if _named(episode, name):
            entry = ledger.episodes.get(identity(site, episode, ledger) or "")
            yield Appearance(
                show=episode.value.show[0],
                episode=episode.slug,
                draft=is_draft(episode.value),
                live=entry is not None and entry.retired is None,
            )


def consented_until(site: Site, episodes: Collection[str]) -> datetime | None:
    """When the first consent ends that these episodes rely on; None for never.

    Args:
        site: what staff wrote.
        episodes: slugs of those that were never published before.
    """
    found = [
        consent_ends(record.value, _zone(site, episode))
        for episode in site.episodes
        if episode.slug in episodes
        for person in episode.value.people
        if (record := site.contributor(person.contributor or "")) is not None
        and record.value.on_expiry is not OnExpiry.KEEP
    ]
    return min((moment for moment in found if moment is not None), default=None)


def expect_consent(desk: Desk, until: datetime | None) -> None:
    """Refuse to make live what a consent no longer covers, by the store's clock.

    What is sent may take hours, and consents end at midnight.

    Raises:
        RefusedError: that moment has come.
    """
    if until is None:
        return
    if moment_of(read_live(desk.store, desk.cache), desk.clock) >= until:
        msg = (
            "Refused: a consent ended while this was sent. Nothing was published: "
            "make consent tells whose"
        )
        raise RefusedError(msg)


def _zone(site: Site, episode: Written[EpisodeFile]) -> ZoneInfo:
    show = site.show(episode.value.show[0])
    return site.zone(show) if show else ZoneInfo(site.site.value.timezone)


def _named(written: Written[ShowFile] | Written[EpisodeFile], name: str) -> bool:
    people: Iterable[PersonField] = written.value.people
    return any(person.contributor == name for person in people)
