"""Objections: what of an earlier state must not come back, as things are today."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from peru_media.model.edits import edits_hash, sound_edits
from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    OnExpiry,
    PersonField,
    Scope,
)
from peru_media.model.identity import identity
from peru_media.model.problem import Problem, Severity
from peru_media.model.release import Ledger
from peru_media.model.schedule import consent_ends
from peru_media.model.site import Site, Written
from peru_media.model.source import Episode, Show, Source

__all__ = ["Objection", "Today"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An episode that stays out, and why, in words that name nobody but in public."""

    id: str
    slug: str
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Today:
    """What the files say today of those who agreed to be heard.

    Attributes:
        site: as staff wrote it. problems: what reading it found. ledger: the live
        one. live: ids of the episodes that are live. at: now. former: the ledger of
        the earlier state. leaking: ids of episodes whose earlier state says words
        that are taken out of them today.
    """

    site: Site
    problems: Sequence[Problem]
    ledger: Ledger
    live: frozenset[str]
    at: datetime
    former: Ledger
    leaking: frozenset[str] = frozenset()

    def objections(self, source: Source) -> Iterator[Objection]:
        """Name every episode that must not come back."""
        for episode in source.episodes:
            reason = next(self._against(episode), None)
            if reason is not None:
                yield Objection(
                    id=episode.id,
                    slug=episode.slug,
                    title=episode.title,
                    reason=reason,
                )

    def people(self, source: Source) -> frozenset[tuple[str, str]]:
        """Whom shows must not name: the slug of the show, and their public name."""
        return frozenset(
            (show.slug, name)
            for show in source.shows
            for name, _ in self._lapsed(show, self._show_people(show), None)
        )

    def until(self, episode: Episode) -> datetime | None:
        """When an episode ends by today's consents; without a file, as it was."""
        written = self._written.get(episode.id)
        if written is None:
            return episode.until
        records = (self._records.get(one.contributor or "") for one in _people(written))
        ends = (
            consent_ends(record, self._zone(episode.shows[0]))
            for record in records
            if record is not None and record.on_expiry is OnExpiry.WITHDRAW
        )
        return min((one.astimezone(UTC) for one in ends if one), default=None)

    @cached_property
    def _records(self) -> dict[str, ConsentRecord]:
        return {one.value.id: one.value for one in self.site.contributors}

    @cached_property
    def _written(self) -> dict[str, Written[EpisodeFile]]:
        """The files by the ids of their episodes."""
        found = ((identity(self.site, one, self.ledger), one) for one in self._files)
        return {name: one for name, one in found if name is not None}

    @property
    def _files(self) -> Sequence[Written[EpisodeFile]]:
        return self.site.episodes

    @cached_property
    def _unreadable(self) -> frozenset[str]:
        """Slugs of folders whose file nobody can make out today."""
        read = {one.slug for one in self._files}
        wrong = (p for p in self.problems if p.severity is Severity.ERROR)
        paths = (problem.place.path.split("/") for problem in wrong)
        return frozenset(path[-2] for path in paths if len(path) > 1) - read

    def _against(self, episode: Episode) -> Iterator[str]:
        written = self._written.get(episode.id)
        back = written is None and episode.id not in self.live
        if back and episode.slug in self._unreadable:
            yield "its file cannot be read, so nobody knows whose consent it needs"
        people = _people(written)
        for person in people:
            if person.contributor and person.contributor not in self._records:
                yield "somebody in it has no consent record that can be read"
        for _, reason in self._lapsed(episode, people, episode):
            yield reason
        yield from self._taken_out(episode, written)
        ends = self.until(episode)
        if ends is not None and ends <= self.at:
            yield "a consent that it needs has ended"

    def _taken_out(
        self, episode: Episode, written: Written[EpisodeFile] | None
    ) -> Iterator[str]:
        """Whether it was told or heard then what is taken out of it by now."""
        if self._edits(episode, written) > _edits(self.former, episode):
            yield "something was taken out of it since: make redact, or publish it"
        now, then = (_edited(one, episode) for one in (self.ledger, self.former))
        today = edits_hash(sound_edits(written.value)) if written else None
        if {now, today} - {None, then}:
            yield "other parts of its sound are taken out by now: publish it instead"
        if episode.id in self.leaking:
            yield "words stood in it that are taken out of it by now: publish it"

    def _edits(self, episode: Episode, written: Written[EpisodeFile] | None) -> int:
        """How many edits an episode has by now, in its file or as it was published."""
        here = len(written.value.edits) if written else 0
        return max(here, _edits(self.ledger, episode))

    def _lapsed(
        self, of: Episode | Show, people: Iterable[PersonField], episode: Episode | None
    ) -> Iterator[tuple[str, str]]:
        """Whose consent does not hold: their public name, and the reason.

        Whoever today's file names is known by their record. Whoever was named then is
        known by the public name alone, and may be nobody that the file still names.
        """
        ids = {one.contributor for one in people if one.contributor}
        here = [self._records[name] for name in sorted(ids & self._records.keys())]
        holding = {one.public_name for one in here if not self._fault(one, of, episode)}
        former = {one.name for one in of.people} - holding
        for record in self._records.values():
            if record.id in ids or record.public_name in former:
                fault = self._fault(record, of, episode)
                if fault:
                    yield record.public_name, fault

    def _fault(
        self, record: ConsentRecord, of: Episode | Show, episode: Episode | None
    ) -> str:
        """Why a consent does not hold for this; empty where it does."""
        whose = f'the consent of "{record.public_name}" ({record.id})'
        if record.withdrawn is not None:
            return f"{whose} is withdrawn"
        show = of.shows[0] if isinstance(of, Episode) else of.slug
        ends = consent_ends(record, self._zone(show))
        if ends is not None and ends <= self.at and self._counts(record, episode):
            return f"{whose} ended on {record.expires}"
        if not _needed(episode) <= {*record.scope}:
            return f"{whose} does not cover all of it"
        return ""

    def _counts(self, record: ConsentRecord, episode: Episode | None) -> bool:
        """Whether the end of a consent stands in the way, as the person chose."""
        if record.on_expiry is OnExpiry.STOP_NEW:
            return episode is not None and episode.id not in self.live
        return record.on_expiry is OnExpiry.WITHDRAW

    def _show_people(self, show: Show) -> Sequence[PersonField]:
        written = self.site.show(show.slug)
        return written.value.people if written else ()

    def _zone(self, show: str) -> ZoneInfo:
        written = self.site.show(show)
        if written is None:
            return ZoneInfo(self.site.site.value.timezone)
        return self.site.zone(written)


def _edits(ledger: Ledger, episode: Episode) -> int:
    entry = ledger.episodes.get(episode.id)
    return entry.edits if entry else 0


def _edited(ledger: Ledger, episode: Episode) -> str | None:
    entry = ledger.episodes.get(episode.id)
    return entry.edited if entry else None


def _people(written: Written[EpisodeFile] | None) -> Sequence[PersonField]:
    return written.value.people if written else ()


def _needed(episode: Episode | None) -> set[Scope]:
    """What somebody must have agreed to, to be in an episode, or named by a show."""
    if episode is None:
        return {Scope.WEBSITE, Scope.PODCAST}
    needed = {Scope.WEBSITE}
    if episode.transcript or episode.captions:
        needed.add(Scope.TRANSCRIPT)
    kind = episode.enclosure.media_type.partition("/")[0]
    scope = {"audio": Scope.PODCAST, "video": Scope.VIDEO}.get(kind)
    return needed | {scope} if scope else needed
