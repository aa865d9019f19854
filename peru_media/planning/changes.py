"""What a publish does to each episode and each show, in words for people."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Literal

from peru_media.model.address import episode_path
from peru_media.model.release import Utc
from peru_media.model.source import Episode, Source
from peru_media.model.value import Value
from peru_media.model.window import is_out, out_in

__all__ = ["EpisodeChange", "ShowChange", "compare", "show_changes"]

FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "notes": "show notes",
    "enclosure": "tags in the file",
    "published": "date",
    "until": "end of consent",
    "chapters": "chapters",
    "people": "people",
    "transcript": "transcript",
    "captions": "captions",
    "picture": "cover",
    "card": "link picture",
    "documents": "documents",
    "slug": "address",
    "shows": "shows",
    "number": "number",
    "season": "season",
    "collection": "collection",
    "licence": "licence",
    "language": "language",
    "explicit": "explicit",
}
_RECORDING = "recording"


class EpisodeChange(Value):
    """What a publish does to one episode.

    Attributes:
        what: the parts that change, in words for people.
        published: its date; where that is to come, it goes out then by itself.
        lost: whether subscribers have it in their feed now, and will not.
        page: public path of its page. moved_from: that of the page that readers
            have now, where it is another and nothing else takes its place: it will
            answer 410.
    """

    show: str
    slug: str
    title: str
    number: int | None = None
    change: Literal["new", "changed", "removed", "same"]
    what: tuple[str, ...] = ()
    published: Utc | None = None
    lost: bool = False
    page: str = ""
    moved_from: str | None = None


class ShowChange(Value):
    """What a publish does to one show's feed, as it is at this moment.

    Attributes:
        before, after: episodes that are out. removed: those out before and not
            after, whether they were taken away or their date was moved.
    """

    show: str
    title: str
    before: int
    after: int
    removed: int


def compare(
    live: Source | None,
    wanted: Source,
    *,
    at: datetime,
    replaced: Collection[str] = (),
) -> tuple[EpisodeChange, ...]:
    """Tell for every episode whether it is new, changed, removed or the same.

    ``replaced`` are the ids of those whose recording is another. Any other change
    of a medium is of what is written into the published copy: title, cover, people.
    """
    before = {episode.id: episode for episode in live.episodes} if live else {}
    after = {episode.id: episode for episode in wanted.episodes}
    pages = {_page(episode) for episode in wanted.episodes}
    changes = []
    for name, episode in after.items():
        change = _change(before.get(name), episode, at, new=name in replaced)
        keeps = change.moved_from not in pages
        changes.append(change if keeps else _edited(change, moved_from=None))
    changes += [
        _edited(_named(episode, "removed"), lost=is_out(episode, at))
        for name, episode in before.items()
        if name not in after
    ]
    return tuple(sorted(changes, key=lambda change: (change.show, change.slug)))


def _change(
    before: Episode | None, after: Episode, at: datetime, *, new: bool
) -> EpisodeChange:
    if before is None:
        return _named(after, "new")
    words = tuple(dict.fromkeys(_words(before, after, new=new)))
    change = _named(after, "changed" if words else "same", words)
    moved = is_out(before, at) and _page(before) != change.page
    return _edited(
        change,
        lost=is_out(before, at) and not is_out(after, at),
        moved_from=_page(before) if moved else None,
    )


def _words(before: Episode, after: Episode, *, new: bool) -> Iterator[str]:
    """The parts that differ; ``new`` says that the recording does."""
    for name in () if before == after else Episode.model_fields:
        if _differs(before, after, name):
            other = name == "enclosure" and new
            yield _RECORDING if other else FIELDS.get(name, "details")


def _edited(change: EpisodeChange, **fields: bool | str | None) -> EpisodeChange:
    return change.model_copy(update=fields)


def _page(episode: Episode) -> str:
    return episode_path(episode.shows[0], episode.slug)


def _differs(before: Episode, after: Episode, name: str) -> bool:
    if name == "enclosure":  # where it lies in the store concerns nobody
        return before.enclosure.address != after.enclosure.address
    return bool(getattr(before, name) != getattr(after, name))


def _named(
    episode: Episode,
    change: Literal["new", "changed", "removed", "same"],
    what: tuple[str, ...] = (),
) -> EpisodeChange:
    return EpisodeChange(
        show=episode.shows[0],
        slug=episode.slug,
        title=episode.title,
        number=episode.number,
        change=change,
        what=what,
        published=episode.published,
        page=_page(episode),
    )


def show_changes(
    live: Source | None, wanted: Source, *, at: datetime
) -> tuple[ShowChange, ...]:
    """Count for each show what its feed loses and keeps."""
    titles = {show.slug: show.title for show in (live.shows if live else ())}
    titles |= {show.slug: show.title for show in wanted.shows}
    return tuple(
        _show_change(slug, title, _out(live, slug, at), _out(wanted, slug, at))
        for slug, title in sorted(titles.items())
    )


def _out(source: Source | None, show: str, at: datetime) -> set[str]:
    """The episodes of a show that subscribers have, by id."""
    return {episode.id for episode in out_in(source, show, at)}


def _show_change(
    show: str, title: str, before: set[str], after: set[str]
) -> ShowChange:
    return ShowChange(
        show=show,
        title=title,
        before=len(before),
        after=len(after),
        removed=len(before - after),
    )
