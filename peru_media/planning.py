"""The difference between what is wanted and what is live, before anything is done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from peru_media.model.release import Table, Utc, Version, version_at
from peru_media.model.source import Episode, Source
from peru_media.model.value import Value, digest

__all__ = [
    "Against",
    "EpisodeChange",
    "Plan",
    "ShowChange",
    "compare",
    "plan",
    "refusals",
    "settle",
    "show_changes",
    "stale",
]

FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "notes": "show notes",
    "enclosure": "media",
    "published": "date",
    "until": "end of consent",
    "chapters": "chapters",
    "people": "people",
    "transcript": "transcript",
    "picture": "cover",
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

LARGEST_LOSS = 20
LARGEST_SHARE = 5


class EpisodeChange(Value):
    """What a publish does to one episode.

    Attributes:
        what: the parts that change, in words for people.
        published: its date; where that is to come, it goes out then by itself.
        lost: whether subscribers have it in their feed now, and will not.
    """

    show: str
    slug: str
    title: str
    number: int | None = None
    change: Literal["new", "changed", "removed", "same"]
    what: tuple[str, ...] = ()
    published: Utc | None = None
    lost: bool = False


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


class Plan(Value):
    """What a publish would do; good as long as nobody else publishes.

    Attributes:
        against: number of the live release, 0 before the first; against_sha256:
        hash of its root. source: hash of the public values that go live.
        at: the moment it was made, which ``publish: now`` means.
        sends: objects to send, by key, with their bytes.
        nothing: whether the live release already is what is wanted.
        moved_from: the base address of the live release, where it is another:
            then every address changes, and apps fetch every medium again.
        guids_kept: of so many guids_known.
    """

    target: str
    base_url: str
    at: Utc
    against: int
    against_sha256: str
    source: str
    episodes: tuple[EpisodeChange, ...] = ()
    shows: tuple[ShowChange, ...] = ()
    sends: dict[str, int] = {}  # noqa: RUF012  # pydantic copies defaults
    nothing: bool = False
    moved_from: str | None = None
    guids_known: int = 0
    guids_kept: int = 0

    def counted(self, change: str) -> int:
        """How many episodes change in that way."""
        return sum(episode.change == change for episode in self.episodes)

    @property
    def lost(self) -> int:
        """How many episodes subscribers have now, and will not."""
        return sum(episode.lost for episode in self.episodes)


def settle(
    wanted: Table,
    live: Table,
    *,
    at: datetime,
    elsewhere: Collection[str] = (),
) -> dict[str, tuple[Version, ...]]:
    """Let a wanted table take its place after the live one.

    An unchanged object keeps its own ``from``. An address that vanishes answers
    as removed from now on, and for ever; style sheets and pictures stay until
    they are collected, for pages that readers still have open. ``elsewhere`` are
    the addresses of all wanted tables: what moved into another is not removed.
    """
    settled = {
        path: _keep_since(versions, live.get(path, ()), at)
        for path, versions in wanted.items()
    }
    gone = [path for path in live if path not in settled and path not in elsewhere]
    media = {_medium(path) for path in (*wanted, *elsewhere)} if gone else set()
    for path in gone:
        held = version_at(live[path], at)
        moved = _medium(path) is not None and _medium(path) in media
        if held is not None and not moved:
            settled[path] = (_after(path, held, at),)
    return settled


def _keep_since(
    wanted: tuple[Version, ...], live: tuple[Version, ...], at: datetime
) -> tuple[Version, ...]:
    """The wanted versions, after what holds now."""
    first, held = wanted[0], version_at(live, at)
    if held is None:
        return wanted
    if first.since > at:
        return (held if held.gone else Version(since=at, gone="removed"), *wanted)
    return (held, *wanted[1:]) if first.same_content(held) else wanted


def _medium(path: str) -> str | None:
    """``/media/<id>``: with another hash, the server leads to the present copy."""
    return path[: path.index("/", 7)] if path.startswith("/media/") else None


def _after(path: str, held: Version, at: datetime) -> Version:
    if held.gone or path.startswith("/assets/"):
        return held
    return Version(since=at, gone="removed")


def compare(
    live: Source | None, wanted: Source, *, at: datetime
) -> tuple[EpisodeChange, ...]:
    """Tell for every episode whether it is new, changed, removed or the same."""
    before = {episode.id: episode for episode in live.episodes} if live else {}
    after = {episode.id: episode for episode in wanted.episodes}
    changes = [_change(before.get(name), e, at) for name, e in after.items()]
    changes += [
        _named(episode, "removed").model_copy(update={"lost": _is_out(episode, at)})
        for name, episode in before.items()
        if name not in after
    ]
    return tuple(sorted(changes, key=lambda change: (change.show, change.slug)))


def _is_out(episode: Episode, at: datetime) -> bool:
    """Whether subscribers have it at a moment."""
    return episode.published <= at and (episode.until is None or at < episode.until)


def _change(before: Episode | None, after: Episode, at: datetime) -> EpisodeChange:
    if before is None:
        return _named(after, "new")
    fields = [name for name in Episode.model_fields if _differs(before, after, name)]
    words = tuple(dict.fromkeys(FIELDS.get(name, "details") for name in fields))
    change = _named(after, "changed" if words else "same", words)
    lost = _is_out(before, at) and not _is_out(after, at)
    return change.model_copy(update={"lost": lost})


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
    """The episodes of a show that are out, by id; a private show has no readers."""
    if source is None or show not in _listening(source):
        return set()
    return {e.id for e in source.episodes if show in e.shows and _is_out(e, at)}


def _listening(source: Source) -> set[str]:
    return {show.slug for show in source.shows if show.visibility != "private"}


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


def refusals(plan: Plan, *, max_delete: int | None) -> tuple[str, ...]:
    """Say why a plan takes too much away to be believed; empty where it does not.

    More than 20 episodes in all, over a fifth of a feed, or a feed left empty,
    unless the number lost was named (``--max-delete``). An episode whose date is
    moved to the future is lost to subscribers as one that is taken away.
    """
    lost = plan.lost
    if max_delete is not None:
        if lost <= max_delete:
            return ()
        return (f"{lost} episodes would go, more than the {max_delete} you allowed",)
    found = [_loss(show) for show in plan.shows]
    if lost > LARGEST_LOSS:
        found.append(f"{lost} episodes would go, more than {LARGEST_LOSS} at once")
    return tuple(reason for reason in found if reason)


def _loss(show: ShowChange) -> str:
    if show.before and not show.after:
        return f"the feed of {show.title} would be empty"
    if show.removed * LARGEST_SHARE > show.before:
        lost = f"{show.removed} of {show.before}"
        return f"the feed of {show.title} would lose {lost} episodes"
    return ""


@dataclass(frozen=True, slots=True)
class Against:
    """What a plan is made against: the live release's number, root hash and source.

    Before the first release: 0, "" and None.
    """

    number: int = 0
    sha256: str = ""
    source: Source | None = None


def plan(
    wanted: Source,
    live: Against,
    *,
    target: str,
    at: datetime,
    sends: Mapping[str, int],
    nothing: bool,
) -> Plan:
    """Make the plan of a publish; printable, savable, refused when stale."""
    known = {episode.id for episode in live.source.episodes} if live.source else set()
    moved = live.source is not None and live.source.base_url != wanted.base_url
    return Plan(
        target=target,
        base_url=wanted.base_url,
        at=at,
        against=live.number,
        against_sha256=live.sha256,
        source=digest(wanted.to_bytes()),
        episodes=compare(live.source, wanted, at=at),
        shows=show_changes(live.source, wanted, at=at),
        sends=dict(sends),
        nothing=nothing,
        moved_from=live.source.base_url if live.source and moved else None,
        guids_known=len(known),
        guids_kept=len(known & {episode.id for episode in wanted.episodes}),
    )


def stale(made: Plan, now: Plan) -> Sequence[str]:
    """Say in what way a saved plan no longer fits; empty where it does."""
    reasons = []
    if (made.target, made.base_url) != (now.target, now.base_url):
        reasons.append(f"it was made for {made.target} ({made.base_url})")
    if made.against_sha256 != now.against_sha256:
        reasons.append(
            f"it was made against release {made.against}, live is {now.against}"
        )
    if made.source != now.source:
        reasons.append("the files have changed since it was made")
    return reasons
