"""What of a site can be shown before it is published, and what becomes of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from peru_media.model.address import podcast_guid
from peru_media.model.contents import medium_of
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    OnExpiry,
    PersonField,
    ShowFile,
)
from peru_media.model.moment import utc_text
from peru_media.model.problem import Problem, Severity
from peru_media.model.proof import State
from peru_media.model.schedule import consent_ends, publish_moment
from peru_media.model.site import Site, Written

__all__ = ["Selection", "select"]

_BURIED = frozenset({"E123", "E127"})
_MEDIA = frozenset({FileKind.AUDIO, FileKind.VIDEO, FileKind.PDF})
_RECORDS = "feeds/contributors/"
_DRAFT = "Draft: nobody sees this yet."
_WITHDRAWN = (
    "Not shown: somebody in it has withdrawn their consent, or their record in "
    "feeds/contributors/ cannot be read."
)
_RETURNED = "Not shown: it was withdrawn."
_EXPIRED = "Not shown: a consent in it has ended."
_EMPTY = "No page yet: there is no recording, film or PDF here that can be read."
_NO_SHOW = "No page yet: its show cannot be read."
_PRIVATE = "Not shown: its show is private."
_LAST = datetime(9999, 1, 1, tzinfo=UTC)  # a horizon must fit behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a site that can be shown, changed so that all of it is out.

    Attributes:
        site: with every draft dated, and no consent ending any more.
        at: the first moment at which all of it is out, UTC.
        states: what becomes of each episode, and the sentence that says so, by
            path of its file; also of those that are left out.
    """

    site: Site
    at: datetime
    states: Mapping[str, tuple[State, str]]

    def without(self, paths: frozenset[str], sentence: str) -> "Selection":
        """The same without the episodes of these files."""
        left = tuple(one for one in self.site.episodes if one.path not in paths)
        gone = {one.path for one in self.site.episodes} & paths
        states = dict.fromkeys(gone, (State.LEFT_OUT, sentence))
        site = replace(self.site, episodes=left)
        return replace(self, site=site, states={**self.states, **states})


def select(
    site: Site,
    *,
    facts: Mapping[str, FileFacts],
    problems: Sequence[Problem],
    now: datetime,
    drafts: bool,
) -> Selection:
    """Choose what is shown.

    Args:
        site: as staff wrote it.
        facts: of every file that could be read.
        problems: what the checks found.
        now: the present moment, or the one that is asked for.
        drafts: whether drafts are shown, and what is scheduled for later.
    """
    judge = _Judge(
        site=site,
        facts=facts,
        hidden=_hidden(problems),
        sealed=_sealed(problems),
        now=now,
        drafts=drafts,
    )
    states = {one.path: judge.state(one) for one in site.episodes}
    chosen = [one for one in site.episodes if states[one.path][0] is not State.LEFT_OUT]
    moments = [judge.moment(one) for one in chosen]
    hour = now.replace(minute=0, second=0, microsecond=0)
    return Selection(
        site=_all_out(site, chosen, judge),
        at=min(_LAST, max([hour, *(moment for moment in moments if moment)])),
        states=states,
    )


def _hidden(problems: Sequence[Problem]) -> frozenset[str]:
    """What nobody may hear again: files, and folders, of withdrawn recordings."""
    named = {problem.place.path for problem in problems if problem.code in _BURIED}
    return frozenset(named | {path.rpartition("/")[0] + "/" for path in named})


def _sealed(problems: Sequence[Problem]) -> frozenset[str]:
    """The contributors whose records cannot be read."""
    paths = [p.place.path for p in problems if p.severity is Severity.ERROR]
    names = (path.removeprefix(_RECORDS) for path in paths if path.startswith(_RECORDS))
    return frozenset(name.removesuffix(".yaml") for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """Says what becomes of an episode."""

    site: Site
    facts: Mapping[str, FileFacts]
    hidden: frozenset[str]
    sealed: frozenset[str]
    now: datetime
    drafts: bool

    def state(self, episode: Written[EpisodeFile]) -> tuple[State, str]:
        """What becomes of it, and the sentence that says so."""
        hindrance = self._hindrance(episode)
        if hindrance:
            return State.LEFT_OUT, hindrance
        moment = self.moment(episode)
        if moment is not None and moment <= self.now:
            return State.OUT, ""
        state = State.DRAFT if moment is None else State.SCHEDULED
        sentence = _DRAFT if moment is None else self._due(episode, moment)
        return state if self.drafts else State.LEFT_OUT, sentence

    def moment(self, episode: Written[EpisodeFile]) -> datetime | None:
        """When it comes out, UTC; None for a draft."""
        return publish_moment(episode.value, self._zone(episode), now=self.now)

    def gone(self, name: str) -> bool:
        """Whether somebody withdrew, or may have: their record cannot be read."""
        record = self.site.contributor(name)
        if record is None:
            return name in self.sealed
        return record.value.withdrawn is not None

    def known(
        self, written: Written[EpisodeFile] | Written[ShowFile]
    ) -> tuple[PersonField, ...]:
        """The people of a file who have a name to be shown by."""
        return tuple(
            one
            for one in written.value.people
            if one.contributor is None
            or (
                self.site.contributor(one.contributor)
                and not self.gone(one.contributor)
            )
        )

    def _hindrance(self, episode: Written[EpisodeFile]) -> str:
        named = [one.contributor for one in episode.value.people if one.contributor]
        show = self.site.show(episode.value.show[0])
        hindrances = (
            (show is None, _NO_SHOW),
            (show is not None and show.value.visibility == "private", _PRIVATE),
            (any(map(self.gone, named)), _WITHDRAWN),
            (episode.path in self.hidden or episode.folder in self.hidden, _RETURNED),
            (any(self._ended(name, episode) for name in named), _EXPIRED),
            (not self._playable(episode), _EMPTY),
        )
        return next((sentence for holds, sentence in hindrances if holds), "")

    def _ended(self, name: str, episode: Written[EpisodeFile]) -> bool:
        record = self.site.contributor(name)
        if record is None or record.value.on_expiry is not OnExpiry.WITHDRAW:
            return False
        ends = consent_ends(record.value, self._zone(episode))
        return ends is not None and ends <= self.now

    def _playable(self, episode: Written[EpisodeFile]) -> bool:
        found = self.facts.get(medium_of(episode, self.facts) or "")
        return found is not None and found.kind in _MEDIA

    def _zone(self, episode: Written[EpisodeFile]) -> ZoneInfo:
        show = self.site.show(episode.value.show[0])
        return self.site.zone(show) if show else ZoneInfo(self.site.site.value.timezone)

    def _due(self, episode: Written[EpisodeFile], moment: datetime) -> str:
        local = moment.astimezone(self._zone(episode))
        day = f"{local:%A} {local.day} {local:%B %Y}"
        return f"Scheduled for {day}, {local:%H:%M} {local.tzname()}."


def _all_out(site: Site, chosen: list[Written[EpisodeFile]], judge: _Judge) -> Site:
    """The site with these episodes alone, each with a date and a guid of its own."""
    return replace(
        site,
        shows=tuple(_listed(show, judge) for show in site.shows),
        episodes=tuple(_dated(chosen, judge)),
        contributors=tuple(_endless(record) for record in site.contributors),
    )


def _dated(
    episodes: list[Written[EpisodeFile]], judge: _Judge
) -> Iterator[Written[EpisodeFile]]:
    """Each episode with a date, a guid, and those people alone who have a record."""
    taken: set[str] = set()
    for one in episodes:
        guid = one.value.guid
        if guid is None or guid in taken:
            guid = f"preview-of-{one.slug}"
        taken.add(guid)
        moment = judge.moment(one)
        publish = "now" if moment is None else one.value.publish
        if moment is not None and moment > _LAST:
            publish = utc_text(_LAST)
        changed = {"guid": guid, "publish": publish, "people": judge.known(one)}
        yield replace(one, value=one.value.model_copy(update=changed))


def _listed(show: Written[ShowFile], judge: _Judge) -> Written[ShowFile]:
    """A show with a guid, and without people who have no record, or withdrew."""
    guid = show.value.guid or podcast_guid(f"preview/{show.slug}")
    changed = {"guid": guid, "people": judge.known(show)}
    return replace(show, value=show.value.model_copy(update=changed))


def _endless(record: Written[ConsentRecord]) -> Written[ConsentRecord]:
    """A consent that has not ended yet, as if it never did."""
    return replace(record, value=record.value.model_copy(update={"expires": None}))
