"""A plan as people read it, one change a line."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from peru_media.cli.figures import day, length, megabytes, moment
from peru_media.cli.findings import counted
from peru_media.cli.foreseen import foreseen, promise
from peru_media.model.source import Episode
from peru_media.planning import EpisodeChange, ShowChange
from peru_media.publishing.publishing import Prepared

__all__ = ["changes", "drawn"]

_MARKS = {"new": "+ new", "changed": "~ changed", "removed": "- removed"}
_WIDEST = 44


def changes(prepared: Prepared) -> str:
    """The figures of a plan: ``1 new, 1 changed, 0 removed``."""
    plan = prepared.plan
    return ", ".join(f"{plan.counted(change)} {change}" for change in _MARKS)


def drawn(prepared: Prepared, *, zone: ZoneInfo) -> Iterator[str]:
    """A plan, line by line: episodes, feeds, apps, what is sent, what stays."""
    plan = prepared.plan
    yield (
        f"Target {plan.target} ({plan.base_url})      {_compared(prepared, zone=zone)}"
    )
    yield from _episodes(prepared, zone)
    feeds = [show for show in plan.shows if show.show in prepared.build.fresh]
    if feeds:
        yield f"  ~ feeds     {', '.join(map(_feed, feeds))}"
    yield from foreseen(plan)
    sent = megabytes(sum(plan.sends.values()))
    same = counted(plan.counted("same"), "episode")
    yield f"  = same      {same}; upload {sent} of {megabytes(_whole(prepared))}"
    if plan.guids_known:
        kept = f"{plan.guids_kept} of {plan.guids_known}"
        yield f"  ! GUIDs kept {kept}{promise(plan, zone=zone)}"


def _compared(prepared: Prepared, *, zone: ZoneInfo) -> str:
    root = prepared.live.root
    if root is None:
        return "nothing is published there yet"
    made = f"{day(root.made, zone)}, by {root.by}"
    return f"compared with release {root.number} ({made})"


def _episodes(prepared: Prepared, zone: ZoneInfo) -> Iterator[str]:
    changed = [one for one in prepared.plan.episodes if one.change in _MARKS]
    known = {episode.slug: episode for episode in prepared.build.source.episodes}
    rows = [
        (
            _MARKS[one.change],
            _name(one),
            one.title,
            _what(one, known, prepared.plan.at, zone),
        )
        for one in changed
    ]
    names = _width(name for _, name, _, _ in rows)
    titles = _width(title for _, _, title, _ in rows)
    for mark, name, title, what in rows:
        yield f"  {mark:<10}  {name:<{names}}  {title:<{titles}}  {what}".rstrip()


def _width(texts: Iterable[str]) -> int:
    return min(max(map(len, texts), default=0), _WIDEST)


def _name(change: EpisodeChange) -> str:
    return f"{change.show} / {change.number}" if change.number else change.show


def _what(
    change: EpisodeChange, known: dict[str, Episode], at: datetime, zone: ZoneInfo
) -> str:
    episode = known.get(change.slug)
    parts = _parts(episode) if episode and change.change == "new" else change.what
    return ", ".join((*parts, *_later(episode, at, zone)))


def _later(episode: Episode | None, at: datetime, zone: ZoneInfo) -> Iterator[str]:
    if episode is not None and episode.published > at:
        yield f"goes out {moment(episode.published, zone)}"


def _parts(episode: Episode) -> Iterator[str]:
    medium = episode.enclosure
    kind = medium.media_type.partition("/")[0].replace("application", "PDF")
    lasts = f" ({length(medium.duration)})" if medium.duration else ""
    yield f"{kind} {megabytes(medium.size)}{lasts}"
    if episode.transcript:
        yield "transcript"
    if episode.chapters:
        yield counted(len(episode.chapters), "chapter")
    if episode.picture:
        yield "cover"
    if episode.documents:
        yield counted(len(episode.documents), "document")


def _feed(show: ShowChange) -> str:
    if show.before == show.after and not show.removed:
        return show.show
    return f"{show.show} ({show.before} -> {counted(show.after, 'episode')})"


def _whole(prepared: Prepared) -> int:
    """Bytes of everything that the release needs, each object counted once."""
    sizes = {
        version.key: version.size
        for table in prepared.build.every()
        for versions in table.values()
        for version in versions
    }
    return sum((sizes | prepared.plan.sends).values())
