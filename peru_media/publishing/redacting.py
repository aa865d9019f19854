"""Redact: let an edited episode take the place of what is out, and forget that."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from peru_media.errors import FetchError, RefusedError, UnreachableError
from peru_media.model.edits import sound_edits, standing
from peru_media.model.files import EpisodeFile
from peru_media.model.graves import Graves
from peru_media.model.identity import identity
from peru_media.model.problem import Problem
from peru_media.model.redaction_receipt import FormerAddress, RedactionReceipt
from peru_media.model.site import Site, Written
from peru_media.model.source import Episode, Source
from peru_media.publishing.binding import bound
from peru_media.publishing.building import Assembled, assembled
from peru_media.publishing.desk import Desk
from peru_media.publishing.entries import forgotten
from peru_media.publishing.erasing import finish_erasing
from peru_media.publishing.leaks import leaks
from peru_media.publishing.leftovers import erase_leftovers, leftovers
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.omission import buried
from peru_media.publishing.publishing import (
    Prepared,
    inspect,
    publish,
    refuse_errors,
)
from peru_media.publishing.restating import ready
from peru_media.publishing.texts import published_texts
from peru_media.publishing.typesetting import typeset
from peru_media.publishing.withdrawing.addresses import addresses_of
from peru_media.publishing.withdrawing.history import read_history

__all__ = ["Redaction", "prepare_redaction", "redact"]

_BEYOND = (
    "What apps and people downloaded before stays with them.",
    "Directories and search engines may show the former words until they look again.",
    "In the project's own folders, and in git, recordings and texts are as they were.",
)
_FIRST = 1 << 16
_GIVEN = frozenset({200, 206})


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """An edited episode that is ready to take its own place.

    Attributes:
        written: its file. episode: as it will be out. before: as it is out now.
        prepared: the release with it, and the plan of that. former: addresses of
        its sound and its pictures in every release that the store still has.
    """

    written: Written[EpisodeFile]
    episode: Episode
    before: Episode
    prepared: Prepared
    former: tuple[str, ...]


def prepare_redaction(
    site: Site,
    slug: str,
    desk: Desk,
    *,
    read: Sequence[Problem] = (),
    rehearsal: bool = False,
) -> Redaction | None:
    """Make a release in which one episode alone is as its file says now.

    No colleague's unfinished edit of another goes out with it, and no problem of
    another stands in the way.

    Args:
        site: as staff wrote it.
        slug: of the episode.
        desk: where it is done.
        read: the problems that reading found.
        rehearsal: whether nothing at all may be written.

    Returns:
        None where the episode is not out.

    Raises:
        RefusedError: there is no such episode, it has no edits, or something would
            be left of what they take out.
        ContentError: its own file has an error.
    """
    written = _edited(site, slug)
    live = read_live(desk.store, desk.cache)
    live = live if rehearsal else finish_erasing(desk, live)
    at = moment_of(live, desk.clock)
    before = _out(live, identity(site, written, live.ledger()))
    if before is None:
        return None
    facts, found = inspect(site, desk, live, read=read, at=at)
    own = [one for one in found if one.place.path.startswith(written.folder)]
    refuse_errors(own)
    alone = replace(site, episodes=(written,))
    made = assembled(alone, desk, live, facts=facts, at=at, now=at)
    if not made.source.episodes:
        msg = f"{slug} is out, and a draft in its file: give it its date again first"
        raise RefusedError(msg)
    episode = made.source.episodes[0].model_copy(update={"related": before.related})
    prepared = _prepared(alone, desk, live, made, episode)
    shown = prepared.build.source.to_bytes().decode()
    ever = {path for one in _ever(desk, live, episode.id) for path in _looks(one)}
    return Redaction(
        written=written,
        episode=episode,
        before=before,
        prepared=prepared,
        former=tuple(sorted(path for path in ever if path not in shown)),
    )


def redact(
    redaction: Redaction,
    desk: Desk,
    *,
    wait: Callable[[], None],
    purge: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> RedactionReceipt:
    """Publish the edited episode, erase what it was before, and prove that it is gone.

    Every earlier release goes with it, for they all have the former words: there is
    nothing left to roll back to.

    Args:
        redaction: what ``prepare_redaction`` made.
        desk: where it is done.
        wait: until every server has seen the new release, where there is one.
        purge: tells the caches before the target; gives a sentence for each that
            could not be told.

    Raises:
        ConflictError: a colleague published first; nothing changed.
        StoreError: the store failed; the same command goes on.
    """
    live = redaction.prepared.live
    addresses = addresses_of(read_history(desk.store, live), {redaction.episode.id}).all
    release = publish(redaction.prepared, desk).release
    reached = _reached(desk)
    if reached:
        wait()
    objects = erase_leftovers(desk)
    urls = [desk.base_url + path for path in (*addresses, *redaction.former)]
    unpurged = purge(urls) if purge else ()
    asked = tuple(_asked(desk, redaction, path) for path in redaction.former)
    now = read_live(desk.store, desk.cache)
    value = redaction.written.value
    return RedactionReceipt(
        slug=redaction.episode.slug,
        id=redaction.episode.id,
        target=desk.target,
        base_url=desk.base_url,
        by=desk.by,
        finished=moment_of(now, desk.clock),
        edits=len(standing(value)),
        seconds=round(sum(one.end - one.start for one in sound_edits(value)), 3),
        release=release,
        objects=objects,
        left=len(leftovers(desk.store, now)),
        reached=reached,
        asked=asked,
        unpurged=tuple(unpurged),
        beyond=_BEYOND,
    )


def _edited(site: Site, slug: str) -> Written[EpisodeFile]:
    written = next((one for one in site.episodes if one.slug == slug), None)
    if written is None:
        msg = f"There is no episode {slug}. Look at them: make status"
        raise RefusedError(msg)
    if not standing(written.value):
        msg = (
            f"{written.path} has no edits. Write under edits: what is to be taken out "
            "(docs/redacting.md)"
        )
        raise RefusedError(msg)
    return written


def _out(live: Live, name: str | None) -> Episode | None:
    """The episode as it is out."""
    source = live.source()
    known = {one.id: one for one in source.episodes} if source else {}
    return known.get(name or "")


def _prepared(
    site: Site, desk: Desk, live: Live, made: Assembled, episode: Episode
) -> Prepared:
    before = live.source()
    assert before is not None  # noqa: S101  # the episode was found in it
    graves = Graves.of(site.withdrawn, live.root.tombstones if live.root else ())
    source = buried(_merged(before, made.source, episode), graves)
    entries = live.ledger().episodes | {episode.id: made.ledger.episodes[episode.id]}
    ledger = live.ledger().model_copy(update={"episodes": entries})
    ledger = forgotten(ledger, graves)
    at = moment_of(live, desk.clock)
    texts = _texts(episode, made, published_texts(before, live.every(), desk.store))
    set_up = typeset(source, desk, live, at=at, texts=texts, graves=graves, forget=True)
    built = bound(live, source, set_up, ledger, made.files, at=at)
    refuse_errors(leaks(site, built, ledger))
    return ready(built, desk, live)


def _merged(before: Source, made: Source, episode: Episode) -> Source:
    """What is public, with this episode in its place."""
    episodes = tuple(episode if e.id == episode.id else e for e in before.episodes)
    pictures = {one.address: one for one in (*before.pictures, *made.pictures)}
    update = {"episodes": episodes, "pictures": tuple(pictures.values())}
    return before.model_copy(update=update)


def _texts(
    episode: Episode, made: Assembled, published: Callable[[str], bytes]
) -> Callable[[str], bytes]:
    given = (episode.transcript, episode.captions)
    own = {one.sha256 for one in given if one} | {episode.enclosure.waveform}
    return lambda sha256: (made.texts if sha256 in own else published)(sha256)


def _ever(desk: Desk, live: Live, name: str) -> list[Episode]:
    """The episode as every release shows it that is left."""
    episodes = read_history(desk.store, live).episodes()
    return [one for one in episodes if one.id == name]


def _looks(episode: Episode) -> Iterator[str]:
    """Where its sound lies, and its pictures: the card of a link shows its title."""
    yield episode.enclosure.address
    shown = (one for one in (episode.picture, episode.card) if one)
    yield from (size.address for one in shown for size in one.sizes)


def _reached(desk: Desk) -> bool:
    try:
        desk.fetcher.request("HEAD", f"{desk.base_url}/", limit=_FIRST)
    except UnreachableError:
        return False
    except FetchError:
        return True
    return True


def _asked(desk: Desk, redaction: Redaction, path: str) -> FormerAddress:
    """Ask for the former bytes; what leads to the present sound is right."""
    url = desk.base_url + path
    try:
        answer = desk.fetcher.request("GET", url, limit=_FIRST, enough=_FIRST)
    except FetchError:
        return FormerAddress(address=url, status=0, old=False)
    present = redaction.episode.enclosure
    led = answer.url.endswith((present.address, present.key))
    old = answer.status in _GIVEN and not led
    return FormerAddress(address=url, status=answer.status, old=old)
