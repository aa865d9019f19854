"""The site with everything looked up once, so that each rule stays a look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from peru_media.checks.inputs import Inputs
from peru_media.model.contents import cover_of, medium_of
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    PersonField,
    ShowFile,
    TombstoneField,
)
from peru_media.model.identity import began, identity
from peru_media.model.problem import Place
from peru_media.model.release import Ledger, LedgerEntry, Tombstone
from peru_media.model.schedule import is_draft, publish_moment
from peru_media.model.site import Steps, Written

__all__ = ["Cover", "EpisodeView", "Survey", "Use", "make_survey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeView:
    """One episode, with what its rules ask for.

    Attributes:
        written: its file. show: the show that its page lies in, where it exists.
        medium: path of the one medium, whether it lies there or not.
        facts: of the medium, where it lies there.
        entry: what the live release remembers of its guid.
        published: when it comes out, UTC; None for a draft or an unreadable date.
        zone: of its show.
        live: whether listeners have it already; without a ledger, whether its
            date says so.
    """

    written: Written[EpisodeFile]
    show: Written[ShowFile] | None
    medium: str | None
    facts: FileFacts | None
    entry: LedgerEntry | None
    published: datetime | None
    zone: ZoneInfo
    draft: bool
    live: bool

    @property
    def kept(self) -> bool:
        """Whether its master is away, and its published copy stays as it is."""
        recorded = self.written.value.media.sha256
        return (
            self.facts is None
            and self.entry is not None
            and self.entry.enclosure is not None
            and recorded is not None
            and recorded == self.entry.master_sha256
        )

    @property
    def kind(self) -> FileKind | None:
        """Whether it is sound, film or a PDF; None where nobody can tell."""
        if self.facts is not None:
            return self.facts.kind
        if self.entry is None or self.entry.enclosure is None:
            return None
        main, _, rest = self.entry.enclosure.media_type.partition("/")
        return FileKind.PDF if rest == "pdf" else FileKind(main)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A contributor named in a show or an episode.

    Attributes:
        written: the file that names them. place: of the name.
        id: of the consent record. record: the record, where it exists.
        view: of the episode; None where a show names them.
    """

    written: Written[EpisodeFile] | Written[ShowFile]
    place: Place
    id: str
    record: Written[ConsentRecord] | None
    view: EpisodeView | None = None

    @property
    def draft(self) -> bool:
        """Whether only a draft names them."""
        return self.view is not None and self.view.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A picture that directories show: of a show, or of an episode.

    ``facts`` is None where no such file lies there.
    """

    written: Written[EpisodeFile] | Written[ShowFile]
    place: Place
    path: str
    facts: FileFacts | None
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A site, ready to be judged.

    Attributes:
        shows: by slug. episodes: in the site's order.
        guids: every (show guid, episode guid) of the site.
        tombstones, buried: hashes of withdrawn guids; of withdrawn recordings.
        covers: of shows, then of episodes. uses: of contributors.
    """

    inputs: Inputs
    ledger: Ledger
    shows: Mapping[str, Written[ShowFile]]
    episodes: tuple[EpisodeView, ...]
    guids: frozenset[tuple[str, str]]
    tombstones: frozenset[str]
    buried: frozenset[str]
    covers: tuple[Cover, ...]
    uses: tuple[Use, ...]


def make_survey(inputs: Inputs) -> Survey:
    """Look everything up once; linear in the size of the site."""
    site = inputs.site
    shows = {show.slug: show for show in site.shows}
    zones = {slug: site.zone(show) for slug, show in shows.items()}
    home = ZoneInfo(site.site.value.timezone)
    views = tuple(
        _view(inputs, written, shows.get(slug), zones.get(slug, home))
        for written, slug in ((e, e.value.show[0]) for e in site.episodes)
    )
    graves: list[Tombstone | TombstoneField] = list(site.withdrawn)
    graves += inputs.live.tombstones if inputs.live else ()
    return Survey(
        inputs=inputs,
        ledger=inputs.ledger or Ledger(),
        shows=shows,
        episodes=views,
        guids=frozenset(_guids(views)),
        tombstones=frozenset(grave.guid for grave in graves),
        buried=frozenset(h for grave in graves for h in grave.masters + grave.copies),
        covers=(*_show_covers(inputs), *_episode_covers(inputs, views)),
        uses=tuple(_uses(inputs, views)),
    )


def _view(
    inputs: Inputs,
    written: Written[EpisodeFile],
    show: Written[ShowFile] | None,
    zone: ZoneInfo,
) -> EpisodeView:
    medium = medium_of(written, inputs.facts)
    entry = _entry(inputs, written)
    published = _published(written, zone, began(entry, inputs.at) or inputs.at)
    return EpisodeView(
        written=written,
        show=show,
        medium=medium,
        facts=inputs.facts.get(medium or ""),
        entry=entry,
        published=published,
        zone=zone,
        draft=is_draft(written.value),
        live=entry.retired is None if entry else _past(inputs, published),
    )


def _past(inputs: Inputs, published: datetime | None) -> bool:
    """Whether a date alone tells that an episode is out; a known ledger says no."""
    return inputs.ledger is None and published is not None and published < inputs.at


def _entry(inputs: Inputs, written: Written[EpisodeFile]) -> LedgerEntry | None:
    if inputs.ledger is None:
        return None
    name = identity(inputs.site, written, inputs.ledger)
    return inputs.ledger.episodes.get(name or "")


def _published(
    written: Written[EpisodeFile], zone: ZoneInfo, now: datetime
) -> datetime | None:
    try:
        return publish_moment(written.value, zone, now=now)
    except ValueError:
        return None  # reading has told staff (E130, E131)


def _guids(views: tuple[EpisodeView, ...]) -> Iterator[tuple[str, str]]:
    for view in views:
        if view.show and view.show.value.guid and view.written.value.guid:
            yield view.show.value.guid, view.written.value.guid


def _show_covers(inputs: Inputs) -> Iterator[Cover]:
    for show in inputs.site.shows:
        named: dict[Steps, str] = {("cover",): show.value.cover}
        if show.value.defaults.cover:
            named["defaults", "cover"] = show.value.defaults.cover
        for steps, name in named.items():
            path = show.file(name)
            facts = inputs.facts.get(path)
            yield Cover(
                written=show, place=show.value_place(*steps), path=path, facts=facts
            )


def _episode_covers(inputs: Inputs, views: tuple[EpisodeView, ...]) -> Iterator[Cover]:
    for view in views:
        path = cover_of(view.written)
        if path is not None and path in inputs.facts:
            facts = inputs.facts[path]
            place = Place(path)
            yield Cover(
                written=view.written,
                place=place,
                path=path,
                facts=facts,
                draft=view.draft,
            )


def _uses(inputs: Inputs, views: tuple[EpisodeView, ...]) -> Iterator[Use]:
    records = {record.value.id: record for record in inputs.site.contributors}
    for show in inputs.site.shows:
        yield from _named(show, show.value.people, records, None)
    for view in views:
        yield from _named(view.written, view.written.value.people, records, view)


def _named(
    written: Written[EpisodeFile] | Written[ShowFile],
    people: tuple[PersonField, ...],
    records: Mapping[str, Written[ConsentRecord]],
    view: EpisodeView | None,
) -> Iterator[Use]:
    for index, person in enumerate(people):
        if person.contributor is not None:
            yield Use(
                written=written,
                place=written.value_place("people", index, "contributor"),
                id=person.contributor,
                record=records.get(person.contributor),
                view=view,
            )
