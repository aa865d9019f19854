"""From what a feed says to everything that an import would write."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, repeat
from zoneinfo import ZoneInfo

from peru_media.model.files import ShowFile
from peru_media.model.parsed import ParsedEpisode, ParsedFeed, UnknownElement
from peru_media.model.site import Site, Written
from peru_media.model.value import digest
from peru_media.parsing.further import Further
from peru_media.publishing.importing.drafts import Draft, EpisodeDraft, Note
from peru_media.publishing.importing.episodes import (
    Frame,
    Notes,
    episode_draft,
    guid_of,
    notes_of,
    title_of,
)
from peru_media.publishing.importing.extras import Prefixes
from peru_media.publishing.importing.seasons import Seasons
from peru_media.publishing.importing.shows import (
    address_of,
    described,
    is_ours,
    show_draft,
)
from peru_media.publishing.importing.shows import guid_of as show_guid_of
from peru_media.publishing.importing.shows import title_of as show_title_of
from peru_media.publishing.importing.slugs import Slugs, slug_in
from peru_media.rendering.markdown import Markdown

__all__ = ["Around", "convert"]

_NO_ADDRESS = "an-episode"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_Item = tuple[ParsedEpisode, tuple[UnknownElement, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a show is imported into.

    Attributes:
        site: what staff wrote so far. taken: names of folders below ``episodes/``.
        show: the name that the show is to have, if somebody chose one.
        limit: how many of the newest items are taken; None for all.
        earlier: guids to slugs, as an earlier run of the same import chose them.
    """

    site: Site
    taken: AbstractSet[str] = frozenset()
    show: str | None = None
    limit: int | None = None
    earlier: Mapping[str, str] = field(default_factory=dict)


def convert(feed: ParsedFeed, further: Further, around: Around) -> Draft:
    """Make the files of a show out of its feed; nothing is fetched or written.

    What is here already, by guid, keeps its folder's name, so that the two can be
    compared.
    """
    return _Conversion(feed=feed, further=further, around=around).run()


@dataclass(slots=True, kw_only=True)
class _Conversion:
    """One feed on its way; notes gather as it goes."""

    feed: ParsedFeed
    further: Further
    around: Around
    notes: list[Note] = field(default_factory=list)
    cleaned: list[str] = field(default_factory=list)

    @property
    def ours(self) -> bool:
        return is_ours(self.feed)

    @property
    def here(self) -> Written[ShowFile] | None:
        """The same show, where it is in the project already."""
        guid = show_guid_of(self.feed)
        shows = (one for one in self.around.site.shows if one.value.guid == guid)
        return next(shows, None)

    def run(self) -> Draft:
        feed, prefixes = self.feed, Prefixes(ours=self.ours)
        items = tuple(self._wanted())
        seasons = Seasons(one for one, _ in items)
        zone = self._zone()
        extras = [prefixes.passage(elements) for _, elements in items]
        about = described(feed)
        self._told(about, title="", line=0, tag="description")
        elements = (*feed.unknown, *self.further.show)
        head = show_draft(
            feed.model_copy(update={"unknown": elements}),
            slug=self._slug(),
            body=about.text,
            seasons=seasons,
            prefixes=prefixes,
            zone=zone,
        )
        frame = Frame(
            show=head.value,
            show_slug=head.slug,
            show_cover=next((w.url for w in head.wanted if w.role == "cover"), None),
            ours=self.ours,
            zone=zone,
            seasons=seasons,
        )
        self._made_up(head.value)
        episodes = tuple(self._episodes(items, extras, frame))
        return Draft(
            url=address_of(feed),
            ours=self.ours,
            show=head,
            episodes=episodes,
            notes=tuple(self.notes),
            cleaned=tuple(self.cleaned),
        )

    def _made_up(self, show: ShowFile) -> None:
        """Say which words of the show are nobody's but ours."""
        said = {"title": self.feed.title, "language": self.feed.language}
        for tag, text in said.items():
            if not text:
                what = f"the feed does not say it: written as {getattr(show, tag)}"
                self.notes.append(Note(tag=tag, what=what))

    def _zone(self) -> ZoneInfo:
        site, here = self.around.site, self.here
        return site.zone(here) if here else ZoneInfo(site.site.value.timezone)

    def _slug(self) -> str:
        """The name of the show: as chosen, as here, as in our feed, as its title."""
        if self.around.show:
            return self.around.show
        if self.here is not None:
            return self.here.slug
        own = slug_in(self.feed.link) if self.ours else None
        return own or Slugs(frozenset()).take(
            show_title_of(self.feed), otherwise="show"
        )

    def _wanted(self) -> Iterator[_Item]:
        """Each item that can be taken, with what no field of ours holds."""
        graves = {one.guid for one in self.around.site.withdrawn}
        seen: set[str] = set()
        furthers = chain(self.further.episodes, repeat(()))
        every = zip(self.feed.episodes, furthers, strict=False)
        for episode, more in self._newest(list(every)):
            guid = guid_of(episode)
            if not guid:
                what = "not imported: it has neither a guid nor a file to be known by"
                self._note(episode, "guid", what)
            elif guid in seen:
                what = "not imported: an episode above it has the same guid"
                self._note(episode, "guid", what, guid)
            elif digest(guid.encode()) in graves:
                what = "not imported: it was withdrawn, and must not come back"
                self._note(episode, "guid", what)
            else:
                seen.add(guid)
                yield episode, (*episode.unknown, *more)

    def _newest(self, every: list[_Item]) -> list[_Item]:
        """As many as are asked for, by their dates, in the order of the feed."""
        ages = [(one.published or _LONG_AGO, -n) for n, (one, _) in enumerate(every)]
        newest = {-n for _, n in sorted(ages, reverse=True)[: self.around.limit]}
        return [one for n, one in enumerate(every) if n in newest]

    def _episodes(
        self,
        items: tuple[_Item, ...],
        extras: list[str],
        frame: Frame,
    ) -> Iterator[EpisodeDraft]:
        known = self._known(frame.show_slug)
        here = {one.slug for one in self.around.site.episodes}
        slugs = Slugs(self.around.taken | here | set(known.values()))
        for (episode, _), extra in zip(items, extras, strict=True):
            slug = known.get(guid_of(episode)) or self._slug_of(episode, slugs)
            notes = notes_of(episode, ours=self.ours, base=self.feed.url or "")
            self._told_of(episode, notes)
            draft = episode_draft(episode, frame, slug=slug, notes=notes, extra=extra)
            if draft is None:
                what = "not imported: a guid has at most 255 characters"
                self._note(episode, "guid", what, guid_of(episode))
            else:
                if not episode.title:
                    what = "the feed does not say it: one is made up"
                    self._note(episode, "title", what)
                if draft.value.publish == "draft":
                    what = "kept as a draft: the feed does not say when it came out"
                    self._note(episode, "pubDate", what)
                yield draft

    def _known(self, show: str) -> dict[str, str]:
        every = self.around.site.episodes_of(show)
        here = {one.value.guid: one.slug for one in every if one.value.guid}
        return {**self.around.earlier, **here}

    def _slug_of(self, episode: ParsedEpisode, slugs: Slugs) -> str:
        own = slug_in(episode.link) if self.ours else None
        number = episode.itunes.episode
        day = f"{episode.published:%Y-%m-%d}" if episode.published else _NO_ADDRESS
        otherwise = f"episode-{number}" if number and number > 0 else day
        kept = slugs.keep(own) if own else None
        return kept or slugs.take(episode.title, otherwise=otherwise)

    def _told_of(self, episode: ParsedEpisode, notes: Notes) -> None:
        title, found = title_of(episode), notes.markdown
        self._told(found, title=title, line=episode.line, tag="description")

    def _told(self, found: Markdown, *, title: str, line: int, tag: str) -> None:
        if found.removed:
            removed = ", ".join(found.removed)
            what = f"cleaned: {removed} taken out"
            self.notes.append(Note(line=line, title=title, tag=tag, what=what))
            self.cleaned.append(title)
        if not found.exact:
            what = "the words are kept, but not every mark around them"
            self.notes.append(Note(line=line, title=title, tag=tag, what=what))

    def _note(
        self, episode: ParsedEpisode, tag: str, what: str, value: str = ""
    ) -> None:
        title = title_of(episode)
        note = Note(line=episode.line, title=title, tag=tag, what=what, value=value)
        self.notes.append(note)
