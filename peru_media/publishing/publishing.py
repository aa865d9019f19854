"""Publish: prepare a release, send it, and swap it in; whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from peru_media.checks import Inputs, check
from peru_media.errors import (
    ConflictError,
    ContentError,
    RefusedError,
)
from peru_media.model.facts import FileFacts
from peru_media.model.problem import Problem, Severity
from peru_media.model.release import (
    Root,
)
from peru_media.model.site import Site
from peru_media.model.window import begins
from peru_media.planning import Due, Plan, due, plan, refusals, stale
from peru_media.publishing.announcement import Announced, announce, feeds_of
from peru_media.publishing.binding import Build
from peru_media.publishing.building import build, survey
from peru_media.publishing.consents import consented_until, expect_consent
from peru_media.publishing.desk import Desk
from peru_media.publishing.ears import News
from peru_media.publishing.erasing import erase_buried, finish_erasing, stones
from peru_media.publishing.leaks import leaks
from peru_media.publishing.leftovers import erase_leftovers
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.redaction import redacted
from peru_media.publishing.remains import UNTIDY, mark, mark_of, sweep_remains
from peru_media.publishing.sending import Parcel, Sender, parcels
from peru_media.publishing.swapping import put_root, swap
from peru_media.publishing.verification import Verified, verify
from peru_media.publishing.wanting import found_wanting, note_wanting

__all__ = [
    "Prepared",
    "Published",
    "inspect",
    "prepare",
    "publish",
    "refuse_errors",
    "refuse_identity",
    "refuse_losses",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A release that is ready to go out, and the plan of what that would do.

    ``consented_until`` is when the first consent ends behind what is new in it.
    """

    live: Live
    build: Build
    plan: Plan
    parcels: tuple[Parcel, ...]
    problems: tuple[Problem, ...]
    consented_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publish did.

    Attributes:
        release: number of the release that is live now. sent: objects sent, and
        sent_bytes of them. verified, announced: None where nothing was new.
        erased: objects deleted because their time was over.
    """

    release: int
    plan: Plan
    sent: int = 0
    sent_bytes: int = 0
    verified: Verified | None = None
    announced: tuple[Announced, ...] = ()
    erased: int = 0


def inspect(
    site: Site | None,
    desk: Desk,
    live: Live,
    *,
    read: Sequence[Problem],
    at: datetime,
) -> tuple[dict[str, FileFacts], tuple[Problem, ...]]:
    """Measure every file and check everything; all problems, in file order.

    ``read`` are the problems that reading found.
    """
    if site is None:
        return {}, tuple(read)
    facts = survey(site, desk)
    found = check(
        Inputs(
            site=site,
            facts=facts,
            at=at,
            ledger=live.ledger(),
            live=live.root,
            here=desk.here,
            redacted=redacted(site, facts, desk.root),
        )
    )
    return facts, tuple(
        sorted({*read, *found}, key=lambda p: (p.place, p.code, p.what))
    )


def prepare(
    site: Site | None,
    desk: Desk,
    *,
    read: Sequence[Problem] = (),
    saved: Plan | None = None,
    max_delete: int | None = None,
    rehearsal: bool = False,
) -> Prepared:
    """Make a release ready, and plan what publishing it would do; send nothing.

    ``read`` are the problems that reading found, ``saved`` a plan made earlier
    that must still fit, ``max_delete`` how many episodes may go at most, where
    more than usual do. A ``rehearsal`` writes nothing at all; otherwise what a
    withdrawal left to delete is deleted first.

    Raises:
        ContentError: the checks found an error.
        RefusedError: consent, a tombstone, a guid, a stand-in or too many removals.
        ConflictError: the saved plan no longer fits.
    """
    live = read_live(desk.store, desk.cache)
    if not rehearsal:
        live = finish_erasing(desk, live)
    live = replace(live, wanting=found_wanting(desk.cache, desk.store))
    at = moment_of(live, desk.clock)
    facts, problems = inspect(site, desk, live, read=read, at=at)
    refuse_errors(problems)
    assert site is not None  # noqa: S101  # without a site there was an error
    then = saved.at if saved else at
    built = build(site, desk, live, facts=facts, at=at, now=then)
    refuse_errors(leaks(site, built, live.ledger()))
    found = () if built.nothing else parcels(built, live)
    made = plan(
        built.source,
        live.against(built.remembered),
        target=desk.target,
        at=then,
        sends={parcel.key: parcel.size for parcel in found},
        nothing=built.nothing,
    )
    _refuse_stale(saved, made)
    refuse_identity(made)
    refuse_losses(made, max_delete, verb="publish")
    return Prepared(
        live=live,
        build=built,
        plan=made,
        parcels=found,
        problems=problems,
        consented_until=consented_until(site, _new(made)),
    )


def _new(made: Plan) -> set[str]:
    """The slugs of episodes that were never published before."""
    return {change.slug for change in made.episodes if change.change == "new"}


def refuse_errors(problems: Sequence[Problem]) -> None:
    """Go no further where something is wrong.

    Raises:
        ContentError: there is an error.
        RefusedError: there is one that protects somebody.
    """
    errors = [p for p in problems if p.severity is Severity.ERROR]
    if any(problem.safety for problem in errors):
        msg = "Refused, to keep a promise to contributors or listeners."
        raise RefusedError(msg, problems)
    if errors:
        raise ContentError(problems)


def _refuse_stale(saved: Plan | None, made: Plan) -> None:
    reasons = stale(saved, made) if saved else ()
    if reasons:
        msg = f"The plan no longer fits: {'; '.join(reasons)}. Nothing was changed."
        raise ConflictError(msg)


def refuse_identity(made: Plan) -> None:
    """No option confirms this: every app would take what it has for something new.

    Raises:
        RefusedError: an episode or a show would be another one for apps.
    """
    if made.identity:
        msg = (
            f"Refused, for every app would download it again: "
            f"{'; '.join(made.identity)}. If it really is another one, publish "
            f"without the old one first."
        )
        raise RefusedError(msg)


def refuse_losses(made: Plan, max_delete: int | None, *, verb: str) -> None:
    """Go no further where too much would go to be believed.

    Raises:
        RefusedError: more would go than is usual, or than ``max_delete`` allows.
    """
    reasons = refusals(made, max_delete=max_delete)
    if reasons:
        msg = (
            f"Refused: {'; '.join(reasons)}. "
            f"If that is meant: make {verb} MAX_DELETE={made.lost}, "
            f"or --max-delete {made.lost}."
        )
        raise RefusedError(msg)


def publish(prepared: Prepared, desk: Desk, *, look: bool = True) -> Published:
    """Send a prepared release and swap it in; a crash anywhere harms nobody.

    ``look`` is whether it is looked at from outside afterwards, and what has ended or
    was withdrawn erased: a withdrawal does both itself, and more thoroughly.

    Raises:
        ConflictError: a colleague published first; nothing visible changed.
        RefusedError: a consent ended while this was sent.
        StoreError: the store failed; the last release is still live.
    """
    cut = desk.cache.get(mark(desk))
    if cut is not None:
        sweep_remains(desk, cut)
    if prepared.plan.nothing:
        desk.cache.pop(mark(desk), None)
        return Published(release=prepared.live.number, plan=prepared.plan)
    desk.cache[mark(desk)] = mark_of(prepared.live)
    root = prepared.build.root(prepared.live, by=desk.by)
    sent = _swapped(prepared, desk, root, cut=cut is not None)
    found = _due(prepared)
    if _is_untidy(prepared, found):
        desk.cache[mark(desk)] = UNTIDY
    prepared.live.keep(prepared.build.contents())
    note_wanting(desk.cache, desk.store, ())
    verified = _verify(desk, prepared, root) if look else None
    announced = _announce(desk, prepared, found)
    erased = _tidied(desk, prepared, found) if look else 0
    desk.cache.pop(mark(desk), None)
    return Published(
        release=root.number,
        plan=prepared.plan,
        sent=len(sent),
        sent_bytes=sum(parcel.size for parcel in sent),
        verified=verified,
        announced=announced,
        erased=erased,
    )


def _swapped(
    prepared: Prepared, desk: Desk, root: Root, *, cut: bool
) -> Sequence[Parcel]:
    """Send what is not there, and swap the release in; says what was sent."""
    sender = Sender(desk, prepared.live, cut=cut)
    try:
        sender.send(prepared.parcels)
        sender.check()
        expect_consent(desk, prepared.consented_until)
        put_root(desk, root)
        swap(desk, prepared.live, root, restore=sender.restore)
    except ConflictError:
        erase_buried(desk, prepared.live, (parcel.key for parcel in sender.sent))
        raise
    return sender.sent


def _tidied(desk: Desk, prepared: Prepared, found: Due) -> int:
    """Erase what nobody may have any more; says how many objects went."""
    return erase_leftovers(desk) if _is_untidy(prepared, found) else 0


def _is_untidy(prepared: Prepared, found: Due) -> bool:
    """Whether somebody was withdrawn, or something has ended, that is stored still."""
    buries = prepared.build.tombstones != stones(prepared.live)
    return buries or bool(found.ended)


def _verify(desk: Desk, prepared: Prepared, root: Root) -> Verified:
    new = _new(prepared.plan)
    enclosures = frozenset(
        e.enclosure.address for e in prepared.build.source.episodes if e.slug in new
    )
    listed = begins(prepared.build.source)
    paths = prepared.build.feed_paths
    return verify(
        base_url=desk.base_url,
        feeds=paths,
        forms=prepared.build.form_paths,
        listed=frozenset(path for path in paths if path.split("/")[1] in listed),
        contents=_contents(prepared),
        release=root.number,
        fetcher=desk.fetcher,
        new=enclosures,
        clock=desk.clock,
    )


def _contents(prepared: Prepared) -> dict[str, frozenset[str]]:
    """What each feed answers by this release, now or later, by its SHA-256."""
    build = prepared.build
    versions = {path: v for table in build.tables.values() for path, v in table.items()}
    paths = (*build.feed_paths, *build.form_paths)
    return {path: frozenset(v.sha256 for v in versions[path]) for path in paths}


def _due(prepared: Prepared) -> Due:
    """What time had brought about in the release before."""
    before, root = prepared.live.source(), prepared.live.root
    return due(before, root, at=prepared.build.at) if before and root else Due()


def _announce(desk: Desk, prepared: Prepared, found: Due) -> tuple[Announced, ...]:
    """Tell of every public feed that changed, by this release or by itself."""
    source, build, live = prepared.build.source, prepared.build, prepared.live
    shows = {*build.fresh, *(slug for one in found.begun for slug in one.shows)}
    paths = feeds_of(shows, (*build.feed_paths, *build.form_paths), source)
    news = News(
        release=live.number + 1,
        base_url=desk.base_url,
        feeds=tuple(desk.base_url + path for path in paths),
    )
    return announce(desk.ears, news, fetcher=desk.fetcher)
