"""Rehearse a withdrawal: on a copy of what is live, with somebody who never was.

Nothing of it reaches the real store. The copy lies in a folder of this machine, without
the media of anybody, and somebody made up is published there twice, so that they stand
in older releases too; then they are withdrawn as anybody else would be.
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peru_media.model.address import episode_id, media_key, media_path
from peru_media.model.enclosure import Enclosure
from peru_media.model.receipt import Gone
from peru_media.model.release import CURRENT_KEY, Ledger, LedgerEntry
from peru_media.model.source import Episode, Person, Source
from peru_media.model.value import digest
from peru_media.ports import Fetched, Meta, Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.doctor.objects import named_objects
from peru_media.publishing.doctor.rows import Row, fail, ok
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.restating import restated
from peru_media.publishing.withdrawing.story import Withdrawn

__all__ = ["Drilled", "Seed", "copied", "planted", "rehearsed", "traces"]

_MEDIA = ("public/", "held/")
_DOCS = "docs/doctor.md#the-fire-drill"
_SOUND = Meta(media_type="audio/mpeg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """Somebody made up, and an episode of theirs.

    Attributes:
        word: what stands in everything of it, and nowhere else.
    """

    word: str

    @property
    def slug(self) -> str:
        """The name of the episode."""
        return f"fire-drill-{self.word}"

    @property
    def sound(self) -> bytes:
        """What stands for its recording."""
        return b"ID3" + f"The words of {self.word}. ".encode() * 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """What a rehearsal found.

    Attributes:
        release: the number of the release that was copied. before: in how many
            objects the word stood when the episode was out. after: where it stands
            still. objects: how many there are. seconds: how long the withdrawal took.
    """

    release: int
    before: int
    after: tuple[str, ...]
    objects: int
    seconds: float
    withdrawn: Withdrawn


def copied(live: Live, into: Store) -> int:
    """Copy the live release, but for media; how many objects it took."""
    if live.current is None:
        return 0
    named = [one.key for one in named_objects(live) if not one.key.startswith(_MEDIA)]
    keys = (*named, live.current.key, CURRENT_KEY)
    for key in keys:
        fetched = live.store.get(key)
        if isinstance(fetched, Fetched):
            meta = Meta(media_type=fetched.stored.media_type)
            into.put(key, fetched.body, meta=meta)
    return len(keys)


def planted(seed: Seed, desk: Desk) -> int:
    """Publish the made-up episode twice; gives the number of the second release."""
    number = 0
    for title in ("The first words", "Other words"):
        live = read_live(desk.store, desk.cache)
        at, source = moment_of(live, desk.clock), live.source()
        if source is None:
            return 0
        episode = _episode(seed, source, title, at)
        desk.store.put(episode.enclosure.key, seed.sound, meta=_SOUND)
        others = [one for one in source.episodes if one.id != episode.id]
        told = {"base_url": desk.base_url, "hubs": (), "episodes": (*others, episode)}
        ledger = _remembered(live.ledger(), episode, source)
        after = source.model_copy(update=told)
        made = restated(after, ledger, desk, live, at=at)
        number = publish(made, desk, look=False).release
    return number


def traces(store: Store, word: str) -> tuple[str, ...]:
    """The names of all objects that hold a word, in their name or in their bytes."""
    return tuple(sorted(_traces(store, word.encode())))


def rehearsed(drilled: Drilled) -> Row:
    """Say how the rehearsal went."""
    gone = drilled.withdrawn.gone
    faults = [*_faults(drilled)]
    if faults or not gone:
        return fail(
            "drill",
            "the rehearsal of a withdrawal did not take everything away: "
            f"{'; '.join(faults) or 'nothing was asked'}",
            "withdraw nobody before that is mended: ask whoever looks after peru-media",
            _DOCS,
        )
    asked = sum(len(one.asked) for one in gone)
    lists = sum(one.lists for one in gone)
    return ok(
        "drill",
        f"rehearsed on a copy of release {drilled.release}: addresses that answer 410 "
        f"or 404, {asked} of {asked}; lists and pages that lead there, 0 of {lists}; "
        f"objects with its word, 0 of {drilled.objects:,} (before, {drilled.before}); "
        f"{drilled.seconds:.1f} s",
    )


def _faults(drilled: Drilled) -> Iterator[str]:
    if drilled.before == 0:
        yield "its word was nowhere to begin with"
    yield from drilled.withdrawn.left.values()
    for one in drilled.withdrawn.gone:
        if not one.reached:
            yield f"nobody answered at {one.base_url}"
        yield from _some(one)
    if drilled.after:
        yield f"{len(drilled.after)} objects still hold its word: {drilled.after[0]}"


def _some(gone: Gone) -> Sequence[str]:
    rest = len(gone.failures) - 1
    more = [f"and {rest} more"] if rest > 0 else []
    return [*gone.failures[:1], *more]


def _traces(store: Store, word: bytes) -> Iterator[str]:
    for one in store.list("", former=True):
        fetched = store.get(one.key)
        body = fetched.body if isinstance(fetched, Fetched) else b""
        packed = body.startswith(b"\x1f\x8b")
        text = gzip.decompress(body) if packed else body
        if word in text or word in one.key.encode():
            yield one.key


def _episode(seed: Seed, source: Source, title: str, at: datetime) -> Episode:
    show = next(
        (one for one in source.shows if one.visibility == "public"), source.shows[0]
    )
    guid, sha256, file = f"guid-{seed.word}", digest(seed.sound), f"{seed.slug}.mp3"
    name = episode_id(show.guid, guid)
    return Episode(
        id=name,
        name=seed.slug,
        slug=seed.slug,
        shows=(show.slug,),
        guid=guid,
        title=f"{title} of {seed.word}",
        published=at - timedelta(hours=1),
        language=show.language,
        notes=f"What {seed.word} said, who never was.",
        people=(Person(name=f"Nobody {seed.word}", role="guest"),),
        enclosure=Enclosure(
            address=media_path(name, sha256, file),
            key=media_key(name, sha256, file, public=True),
            media_type="audio/mpeg",
            size=len(seed.sound),
            sha256=sha256,
            duration=12.0,
        ),
    )


def _remembered(ledger: Ledger, episode: Episode, source: Source) -> Ledger:
    guids = {show.slug: show.guid for show in source.shows}
    entry = LedgerEntry(
        show=guids[episode.shows[0]],
        guid=episode.guid,
        id=episode.id,
        name=episode.name,
        slug=episode.slug,
        first=episode.published,
        enclosure=episode.enclosure,
    )
    episodes = {**ledger.episodes, episode.id: entry}
    return ledger.model_copy(update={"episodes": episodes})
