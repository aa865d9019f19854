"""Roll back: what a former release said is said again, as far as it may be today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from peru_media.errors import ContentError, ObjectNotFoundError, RefusedError
from peru_media.model.graves import Graves
from peru_media.model.problem import Problem, Severity
from peru_media.model.site import Site
from peru_media.model.source import Document, Episode, Show, Source
from peru_media.publishing.consents import consented_until
from peru_media.publishing.desk import Desk
from peru_media.publishing.entries import recalled
from peru_media.publishing.erasing import finish_erasing
from peru_media.publishing.history import releases
from peru_media.publishing.leaks import leaking
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.objections import Objection, Today
from peru_media.publishing.omission import omitted
from peru_media.publishing.publishing import (
    Prepared,
    refuse_identity,
    refuse_losses,
)
from peru_media.publishing.reliance import reliance
from peru_media.publishing.restating import restated

__all__ = ["Rollback", "prepare_rollback"]

_STRICTER = ("public", "unlisted", "private")
_SHOWN = 5
_GRAVES = "feeds/withdrawn.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollback:
    """A former release that is ready to be said again, as a new one.

    Attributes:
        release: its number. prepared: the new release, and the plan of that.
        objections: episodes of it that stay out. withdrawn: how many more of it were
        withdrawn since, of whom nothing is said.
    """

    release: int
    prepared: Prepared
    objections: tuple[Objection, ...]
    withdrawn: int


def prepare_rollback(
    site: Site,
    desk: Desk,
    *,
    read: Sequence[Problem] = (),
    release: int | None = None,
    max_delete: int | None = None,
    rehearsal: bool = False,
) -> Rollback:
    """Make a release ready that says what a former one said; send nothing.

    It is rendered anew, of what the store still has, under today's consents and
    tombstones: who withdrew since stays out, whoever asks.

    Args:
        site: as staff wrote it, for consents and tombstones.
        desk: where it is done.
        read: the problems that reading found; most of them stand in nobody's way.
        release: its number; else that of the one before the live one.
        max_delete: how many episodes may go at most, where more than usual do.
        rehearsal: write nothing at all; otherwise what a withdrawal left to delete
            is deleted first.

    Raises:
        ContentError: the tombstones of the files cannot be read.
        RefusedError: there is no such release any more, or something that it needs
            was collected since; or too much would go.
    """
    _expect_graves(read)
    live = read_live(desk.store, desk.cache)
    if not rehearsal:
        live = finish_erasing(desk, live)
    former = _chosen(live, release)
    try:
        made = _prepared(_Then(site, desk, live, former), read)
    except ObjectNotFoundError as error:
        raise _not_whole(former.number, ("a text",)) from error
    refuse_identity(made.prepared.plan)
    _refuse_losses(made, max_delete)
    return made


@dataclass(frozen=True, slots=True)
class _Then:
    """What a rollback starts from."""

    site: Site
    desk: Desk
    live: Live
    former: Live


def _refuse_losses(made: Rollback, max_delete: int | None) -> None:
    try:
        refuse_losses(made.prepared.plan, max_delete, verb="rollback")
    except RefusedError as error:
        if not made.objections:
            raise
        out = "; ".join(f"{one.title}: {one.reason}" for one in made.objections)
        msg = f"{error} Stays out: {out}."
        raise RefusedError(msg) from error


def _expect_graves(read: Sequence[Problem]) -> None:
    wrong = [p for p in read if p.place.path == _GRAVES]
    if any(problem.severity is Severity.ERROR for problem in wrong):
        raise ContentError(wrong)


def _chosen(live: Live, number: int | None) -> Live:
    """The release that is meant, out of those that are left."""
    known = {one.number: one for one in releases(live)}
    numbers = list(known)
    wanted = number if number is not None else next(iter(numbers[1:]), None)
    if wanted is None:
        msg = (
            "There is no release before the live one: nothing was published before, "
            "or it was deleted with something that was withdrawn."
        )
        raise RefusedError(msg)
    if wanted not in known:
        left = ", ".join(map(str, numbers))
        msg = f"Release {wanted} is not in the store. There are: {left or 'none'}."
        raise RefusedError(msg)
    return known[wanted]


def _prepared(
    then: _Then, read: Sequence[Problem], *, leaky: frozenset[str] = frozenset()
) -> Rollback:
    desk, live, former = then.desk, then.live, then.former
    source, now = former.source(), live.source()
    assert source is not None  # noqa: S101  # a release has one
    assert now is not None  # noqa: S101  # and so has the live one
    at, ledger = moment_of(live, desk.clock), live.ledger()
    today = Today(
        site=then.site,
        problems=read,
        ledger=ledger,
        live=frozenset(one.id for one in now.episodes),
        at=at,
        former=former.ledger(),
        leaking=leaky,
    )
    graves = Graves.of(then.site.withdrawn, live.root.tombstones if live.root else ())
    buried = {e.id for e in source.episodes if graves.holds(id=e.id, guid=e.guid)}
    against = tuple(one for one in today.objections(source) if one.id not in buried)
    left = omitted(
        source,
        ids={*(one.id for one in against), *buried},
        people=today.people(source),
    )
    wanted = _settled(left, now, today).model_copy(update={"base_url": desk.base_url})
    kept = recalled(wanted, ledger, former.ledger(), at=at)
    made = restated(wanted, kept, desk, live, at=at, of=former, graves=graves)
    if (said := leaking(then.site, made.build, ledger)) - leaky:
        return _prepared(then, read, leaky=leaky | said)
    back = {one.slug for one in made.plan.episodes if one.change == "new"}
    made = replace(made, consented_until=consented_until(then.site, back))
    return Rollback(
        release=former.number,
        prepared=_with_files(made, desk, live, former.number),
        objections=against,
        withdrawn=len(buried),
    )


def _with_files(made: Prepared, desk: Desk, live: Live, number: int) -> Prepared:
    """The same, sure to find what it relies on, and to hear if that goes meanwhile.

    Raises:
        RefusedError: something was collected since.
    """
    found = reliance(made, desk, live)
    if found.missing:
        raise _not_whole(number, found.missing)
    here = {one.key for one in found.parcels}
    others = (one for one in made.parcels if one.key not in here)
    return replace(made, parcels=(*found.parcels, *others))


def _settled(source: Source, now: Source, today: Today) -> Source:
    """The source with today's ends of consents, and no show more open than today."""
    shows = tuple(_as_closed(show, now, today.site) for show in source.shows)
    public = {show.slug for show in shows if show.visibility == "public"}
    episodes = []
    for episode in source.episodes:
        until = today.until(episode)
        ending = episode.model_copy(update={"until": until})
        open_ = until is None and ending.shows[0] in public
        episodes.append(ending if open_ else _held(ending))
    return source.model_copy(update={"shows": shows, "episodes": tuple(episodes)})


def _as_closed(show: Show, now: Source, site: Site) -> Show:
    written = site.show(show.slug)
    known = [show.visibility]
    known += [one.visibility for one in now.shows if one.slug == show.slug]
    known += [written.value.visibility] if written else []
    closed = max(known, key=_STRICTER.index)
    if closed == show.visibility:
        return show
    holders = tuple(_held_document(document) for document in show.documents)
    return show.model_copy(update={"visibility": closed, "documents": holders})


def _held(episode: Episode) -> Episode:
    """The episode with its files where nobody may read them without an address."""
    medium = episode.enclosure
    enclosure = medium.model_copy(update={"key": _held_key(medium.key)})
    documents = tuple(_held_document(one) for one in episode.documents)
    return episode.model_copy(update={"enclosure": enclosure, "documents": documents})


def _held_document(document: Document) -> Document:
    return document.model_copy(update={"key": _held_key(document.key)})


def _held_key(key: str) -> str:
    return key if not key.startswith("public/") else f"held/{key[len('public/') :]}"


def _not_whole(number: int, gone: Sequence[str]) -> RefusedError:
    shown = ", ".join(gone[:_SHOWN]) + (", …" if len(gone) > _SHOWN else "")
    return RefusedError(
        f"Release {number} cannot be brought back: not everything of it is in the "
        f"store any more ({shown}). Publish the files instead, or choose a later "
        "release."
    )
