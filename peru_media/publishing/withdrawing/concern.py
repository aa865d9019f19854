"""Whom an order concerns: what the files say, and what each store still shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.address import episode_id
from peru_media.model.files import ConsentRecord, EpisodeFile, PersonField, ShowFile
from peru_media.model.identity import identity
from peru_media.model.release import Ledger
from peru_media.model.site import Site, Written
from peru_media.model.source import Episode, Show, Source
from peru_media.publishing.withdrawing.history import History
from peru_media.publishing.withdrawing.order import Concerned, Order

__all__ = ["Concern", "concern_of", "concerned", "parted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What the files say of an order.

    Attributes:
        record: of the contributor, where one is withdrawn. episodes: the files that
            name them; or the one episode that is withdrawn, where it has a file.
    """

    site: Site
    order: Order
    record: Written[ConsentRecord] | None = None
    episodes: tuple[Written[EpisodeFile], ...] = ()

    @property
    def public_name(self) -> str | None:
        """The name that the public knows a withdrawn contributor by."""
        return self.record.value.public_name if self.record else None


def concern_of(site: Site, order: Order) -> Concern:
    """Look up in the files whom an order concerns."""
    if order.kind == "episode":
        named = tuple(one for one in site.episodes if one.slug == order.name)
        return Concern(site=site, order=order, episodes=named)
    return Concern(
        site=site,
        order=order,
        record=site.contributor(order.name),
        episodes=tuple(
            one
            for one in site.episodes
            if any(person.contributor == order.name for person in one.value.people)
        ),
    )


def concerned(
    concern: Concern, histories: Mapping[str, History], *, at: datetime
) -> tuple[Concerned, ...]:
    """Every episode that an order concerns, in the files or on any target.

    What is published is found by its guid, so it does not matter whether its folder
    was renamed or deleted since.
    """
    found: dict[str, Concerned] = {}
    ledgers = [
        Ledger(episodes={entry.id: entry for entry in history.entries})
        for history in histories.values()
    ]
    for written in concern.episodes:
        one = _of_file(concern.site, written, ledgers)
        if one is not None:
            found[written.path] = one
    known = {name for one in found.values() for name in one.ids}
    for history in histories.values():
        for episode in _elsewhere(concern, history, known):
            found[episode.id] = _of_store(episode)
            known.add(episode.id)
    return tuple(
        one.model_copy(
            update={
                "states": _states(one, histories, at),
                "shows": _shows(one, histories),
            }
        )
        for one in found.values()
    )


def parted(concern: Concern, source: Source) -> tuple[tuple[str, str], ...]:
    """The shows of a source that name the contributor, each with the public name."""
    name, site = concern.public_name, concern.site
    if name is None:
        return ()
    files = {show.slug: show.value for show in site.shows}
    return tuple(
        (show.slug, name)
        for show in source.shows
        if _names(show, name)
        and not _means_another(concern, files.get(show.slug), name)
    )


def _of_file(
    site: Site, written: Written[EpisodeFile], ledgers: Sequence[Ledger]
) -> Concerned | None:
    """An episode by its file; None where nothing can tell it from others yet."""
    guid = written.value.guid
    if guid is None:
        return None
    shows = (site.show(slug) for slug in written.value.show)
    guids = [show.value.guid for show in shows if show and show.value.guid]
    ids = {episode_id(show, guid) for show in guids}
    known = (identity(site, written, ledger) for ledger in ledgers)
    ids |= {name for name in known if name}
    return Concerned(
        slug=written.slug,
        title=written.value.title,
        guid=guid,
        ids=tuple(sorted(ids)),
        path=written.path,
    )


def _of_store(episode: Episode) -> Concerned:
    return Concerned(
        slug=episode.slug, title=episode.title, guid=episode.guid, ids=(episode.id,)
    )


def _elsewhere(
    concern: Concern, history: History, known: set[str]
) -> Iterator[Episode]:
    """Episodes of a store that an order concerns, though no file says so."""
    name, order = concern.public_name, concern.order
    for episode in history.episodes():
        if episode.id in known:
            continue
        by_slug = order.kind == "episode" and not concern.episodes
        if by_slug and order.name in {episode.slug, episode.name}:
            yield episode
        elif name is not None and _names(episode, name):
            file = _file_of(concern.site, episode)
            if not _means_another(concern, file, name):
                yield episode


def _names(holder: Episode | Show, name: str) -> bool:
    return any(_alike(person.name, name) for person in holder.people)


def _alike(one: str, other: str) -> bool:
    return one.split() == other.split()


def _file_of(site: Site, episode: Episode) -> EpisodeFile | None:
    written = (one.value for one in site.episodes if one.value.guid == episode.guid)
    return next(written, None)


def _means_another(
    concern: Concern, file: EpisodeFile | ShowFile | None, name: str
) -> bool:
    """Whether the file of something public means somebody else by that name."""
    people: Sequence[PersonField] = file.people if file else ()
    if any(person.contributor == concern.order.name for person in people):
        return False
    others = {
        record.value.id: record.value.public_name
        for record in concern.site.contributors
    }
    said = (
        person.name or others.get(person.contributor or "", "") for person in people
    )
    return any(_alike(one, name) for one in said)


def _shows(one: Concerned, histories: Mapping[str, History]) -> tuple[str, ...]:
    """The shows in which it ever was."""
    episodes = (e for history in histories.values() for e in history.episodes())
    return tuple(
        sorted({show for e in episodes if e.id in one.ids for show in e.shows})
    )


def _states(
    one: Concerned, histories: Mapping[str, History], at: datetime
) -> dict[str, str]:
    return {name: _state(one, history, at) for name, history in histories.items()}


def _state(one: Concerned, history: History, at: datetime) -> str:
    """What an episode is on a target just now."""
    live = history.sources[0].episodes if history.sources else ()
    for episode in live:
        if episode.id in one.ids:
            if episode.published > at:
                return "scheduled"
            return "ended" if episode.until and episode.until <= at else "published"
    former = {entry.id for entry in history.entries}
    former |= {episode.id for episode in history.episodes()}
    return "absent" if former.isdisjoint(one.ids) else "former"
