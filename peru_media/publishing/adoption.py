"""A feed that somebody wrote, as the values that another one is made of."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from peru_media.errors import FieldError
from peru_media.model.advice import quoted
from peru_media.model.given import Given
from peru_media.model.library import Episode, Show
from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from peru_media.model.problem import Place, Problem, Severity
from peru_media.parsing import parse_feed
from peru_media.publishing.importing.drafts import Note
from peru_media.publishing.importing.episodes import title_of
from peru_media.publishing.importing.extras import Prefixes
from peru_media.publishing.importing.losses import losses
from peru_media.publishing.likeness import episode_fields, show_fields
from peru_media.rendering.library import render_feed

__all__ = ["Adopted", "adopt_feed"]

V = TypeVar("V", bound=Given)

_FIELD = re.compile(r"\w+\.(\w+)")
_FILE = "feed.xml"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# What each feed says anew of itself, or in another way that means the same.
_OF_FEED = frozenset(
    {
        "dc", "description", "docs", "format", "generator", "googleplay", "guid",
        "image", "itunes.summary", "language", "logo", "media", "published", "updated",
        "url", "version",
    }
)  # fmt: skip
_OF_ITEM = frozenset(
    {
        "content", "content_type", "dc", "description", "enclosures", "googleplay",
        "line", "links", "media", "permalink", "updated",
    }
)  # fmt: skip
_PAGES = {
    "alternate", "current", "first", "last", "next", "next-archive", "prev",
    "prev-archive", "previous", "self",
}  # fmt: skip
# Fields that the feed calls otherwise.
_ELSEWHERE = {
    "categories": "itunes:category", "extra": "unknown", "feed_url": "links",
    "licence": "license", "listed": "block", "namespaces": "unknown",
    "number": "episode", "type": "episode_type",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A feed as values, and what could not be taken over.

    Attributes:
        show: the channel.
        episodes: in the order of the feed.
        problems: warnings, each at its line of the feed: a field that was left out,
            or an episode that cannot stand in a feed.
    """

    show: Show
    episodes: tuple[Episode, ...]
    problems: tuple[Problem, ...] = ()


def adopt_feed(feed: ParsedFeed, **changes: object) -> Adopted:
    """Make values of a feed that was read, to change it and to write it again.

    Guids, dates and addresses stay as they are, and what no field of ours holds goes
    along as XML; only ``dc:``, ``media:`` and ``googleplay:`` stay behind. Whatever
    else the values do not say is told: the feed that they make is read again.

    Args:
        feed: what ``parse_feed`` read.
        **changes: fields of the show that are to be others, or that the feed lacks.

    Raises:
        FieldError: the show has not all that a feed must have; give it by name.
    """
    return _Adoption(feed=feed, name=feed.url or _FILE).run(changes)


@dataclass(slots=True, kw_only=True)
class _Adoption:
    """One feed on its way."""

    feed: ParsedFeed
    name: str

    def run(self, changes: Mapping[str, object]) -> Adopted:
        prefixes, problems = Prefixes(ours=True), list[Problem]()
        episodes: dict[str, Episode] = {}
        for item in self.feed.episodes:
            try:
                episode, left = _episode(item, known=episodes)
                own, more = _given(episode, extra=prefixes.passage(item.unknown))
                episodes[episode.guid], left = own, left + more
            except FieldError as error:
                left = tuple(_of_item(item, one) for one in error.problems)
            problems += [self._warning(one, line=item.line) for one in left]
        fields = show_fields(self.feed)
        fields["extra"] = prefixes.passage(self.feed.unknown)
        fields["namespaces"] = prefixes.declared
        fields |= changes
        show, left = _built(Show, fields, needed=changes.keys())
        of_show = [self._warning(one, line=1) for one in left]
        known = _told(problems)
        known[0] = _told(of_show)[1].union(*map(_names, changes))
        problems[:0] = of_show
        problems += self._lost(show, (*episodes.values(),), known=known)
        problems.sort(key=lambda one: one.place.line)
        return Adopted(show=show, episodes=(*episodes.values(),), problems=(*problems,))

    def _lost(
        self,
        show: Show,
        episodes: Sequence[Episode],
        *,
        known: Mapping[int, Container[str]],
    ) -> Iterator[Problem]:
        """What the feed said that its values do not say, and that nobody told yet."""
        again = parse_feed(render_feed(show, episodes, built=_LONG_AGO))
        kept = tuple(one for one in self.feed.links if one.rel not in _PAGES)
        before = self.feed.model_copy(update={"links": kept})
        found = losses(before, again, of_feed=_OF_FEED, of_item=_OF_ITEM)
        for note in found:
            told = known.get(note.line, ())
            names = (note.tag, *note.tag.split(":"))
            if note.tag != "order" and not any(name in told for name in names):
                yield self._warning(_loss(note), line=note.line or 1)

    def _warning(self, problem: Problem, *, line: int) -> Problem:
        """The same at its place in the feed, where nothing is stopped by it."""
        what = f"{problem.place.path} was left out: {problem.what}"
        place = Place(self.name, line, 1)
        return replace(problem, severity=Severity.WARN, place=place, what=what)


def _told(problems: Iterable[Problem]) -> defaultdict[int, set[str]]:
    """The fields, by line, of which it is said already that they were left out."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for one in problems:
        name = one.what.partition(" ")[0].partition(".")[2]
        found[one.place.line] |= _names(name)
    return found


def _names(field: str) -> set[str]:
    return {field, _ELSEWHERE.get(field, field)}


def _loss(note: Note) -> Problem:
    return Problem(
        code="E117",
        severity=Severity.WARN,
        place=Place(note.tag),
        what=f"{quoted(note.value)} has no place in a value.",
        fix="Nothing, or say it in a field of ours.",
    )


def _episode(
    item: ParsedEpisode, *, known: Container[str]
) -> tuple[Episode, tuple[Problem, ...]]:
    """An item as an episode, if it can be one, and what was left out of it."""
    episode, problems = _built(Episode, episode_fields(item))
    if episode.guid in known:
        raise FieldError([_twice(episode)])
    return episode, problems


def _given(episode: Episode, *, extra: str) -> tuple[Episode, tuple[Problem, ...]]:
    """The same with its further elements, unless they are too many."""
    try:
        return episode.replace(extra=extra), ()
    except FieldError as error:
        return episode, error.problems


def _of_item(item: ParsedEpisode, problem: Problem) -> Problem:
    """Name the whole item, for which one field stands."""
    place = Place(f"Item {quoted(title_of(item))}")
    return replace(problem, place=place, what=f"{problem.place}: {problem.what}")


def _built(
    model: type[V], fields: Mapping[str, Any], *, needed: Iterable[str] = ()
) -> tuple[V, tuple[Problem, ...]]:
    """Build a value of the fields that are right, and tell of the others.

    Raises:
        FieldError: one that is needed is wrong or missing.
    """
    present = {name: one for name, one in fields.items() if one not in (None, "", ())}
    try:
        return model(**present), ()
    except FieldError as error:
        wrong = {_field_of(one) for one in error.problems}
        must = {n for n, f in model.model_fields.items() if f.is_required()}
        if wrong & {*must, *needed, ""}:
            raise
        kept = {name: one for name, one in present.items() if name not in wrong}
        return model(**kept), error.problems


def _field_of(problem: Problem) -> str:
    found = _FIELD.match(problem.place.path)
    return found[1] if found else ""


def _twice(episode: Episode) -> Problem:
    return Problem(
        code="E117",
        severity=Severity.ERROR,
        place=Place("Episode.guid"),
        what=f"{quoted(episode.guid)} is that of an item above it.",
        fix="Give it its own.",
    )
