"""An episode as the public gets it, once its edits are applied to all that it says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from peru_media.model.chapters import chapters_of
from peru_media.model.contents import medium_of
from peru_media.model.edits import (
    Timeline,
    edited_sound,
    sound_edits,
    standing,
    wordings,
)
from peru_media.model.facts import FileFacts
from peru_media.model.files import ChapterField, EpisodeFile, SoundbiteField
from peru_media.model.podcast import PodcastEpisode
from peru_media.model.site import Site, Steps, Written
from peru_media.model.value import Value
from peru_media.model.wording import Wording, stands_in, taken_out

__all__ = ["Redacted", "redacted_episode", "redacted_facts", "said"]

V = TypeVar("V", bound=Value)

_PROSE = frozenset(
    {
        "alt", "authors", "cite", "content_note", "display", "group", "image_alt",
        "kind", "name", "reason", "subtitle", "summary", "text", "title",
    }
)  # fmt: skip
_PRIVATE = frozenset({"captions", "contributor", "edits", "image", "media"})
_UNSEEN = {"transcript": {"file"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A site without what is taken out of its episodes.

    Attributes:
        site: as it goes out. facts: of its files, as they go out.
        texts: transcripts and captions with something taken out, by their hash.
        unheard: edits whose words stand in no transcript at their place; unread:
            edits whose words stand nowhere. Both by the path of the episode.
    """

    site: Site
    facts: Mapping[str, FileFacts]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    unheard: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unread: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def redacted_episode(
    written: Written[EpisodeFile],
    facts: Mapping[str, FileFacts],
    names: Mapping[str, str],
) -> Written[EpisodeFile]:
    """Take out of everything that an episode says what its edits ask for.

    Words go wherever people read them, and who has them as a name is not named at
    all. Chapters and soundbites come where the cuts leave them; those of which
    nothing is left are left out.

    Args:
        written: the episode.
        facts: of its files.
        names: the public name of each contributor, by their id.
    """
    episode, words = written.value, wordings(written.value)
    if not standing(episode):
        return written
    timeline = Timeline.of(sound_edits(episode))
    chapters = _chapters(chapters_of(written, facts), timeline, written, facts)
    changed = episode.model_copy(
        update={
            "chapters": chapters,
            "soundbites": tuple(_soundbites(episode, timeline)),
            "podcast": _paid(episode.podcast, timeline),
            "people": tuple(
                one
                for one in episode.people
                if not stands_in(
                    one.name or names.get(one.contributor or "", ""), words
                )
            ),
        }
    )
    value = _reworded(changed, words)
    return replace(written, value=value, body=taken_out(written.body, words))


def redacted_facts(
    written: Written[EpisodeFile], facts: Mapping[str, FileFacts]
) -> dict[str, FileFacts]:
    """The facts of an episode's files, as they are once its edits are made.

    Chapters are told by the episode alone from then on.
    """
    edits = sound_edits(written.value)
    found = {
        path: facts[path].model_copy(update={"chapters": ()})
        for path in written.files
        if path in facts and facts[path].chapters
    }
    path = medium_of(written, facts) or ""
    medium = found.get(path, facts.get(path))
    if medium is not None and edits:
        sound = edited_sound(medium.sound, edits) if medium.sound else None
        seconds = medium.duration
        length = Timeline.of(edits).after(seconds) if seconds else seconds
        found[path] = medium.model_copy(update={"sound": sound, "duration": length})
    return found


def said(written: Written[Any]) -> Iterator[tuple[Steps, str]]:
    """Everything that a file says in public, with the steps to where it says so."""
    yield from _texts(written.value.model_dump(mode="json", exclude=_UNSEEN), ())
    yield (), written.body
    yield (), written.slug


def _texts(found: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(found, str):
        yield steps, found
    elif isinstance(found, dict):
        for name, one in found.items():
            if name not in _PRIVATE:
                yield from _texts(one, (*steps, name))
    elif isinstance(found, list):
        for at, one in enumerate(found):
            yield from _texts(one, (*steps, at))


def _chapters(
    chapters: Sequence[ChapterField],
    timeline: Timeline,
    written: Written[EpisodeFile],
    facts: Mapping[str, FileFacts],
) -> tuple[ChapterField, ...]:
    """Those of which something is left, where they begin now."""
    medium = facts.get(medium_of(written, facts) or "")
    last = medium.duration if medium and medium.duration else float("inf")
    ends = [*(one.start for one in chapters[1:]), last]
    return tuple(
        one.model_copy(
            update={
                "start": timeline.after(one.start),
                "end": None if one.end is None else timeline.after(one.end),
            }
        )
        for one, end in zip(chapters, ends, strict=False)
        if timeline.left(one.start, end) > 0
    )


def _soundbites(episode: EpisodeFile, timeline: Timeline) -> Iterator[SoundbiteField]:
    for one in episode.soundbites:
        left = timeline.left(one.start, one.start + one.duration)
        if left > 0:
            start = timeline.after(one.start)
            yield one.model_copy(update={"start": start, "duration": left})


def _paid(said: PodcastEpisode, timeline: Timeline) -> PodcastEpisode:
    """The tags with the stretches in which others are paid where they come now."""
    if said.value is None or not timeline.cuts:
        return said
    found = []
    for one in said.value.time_split:
        left = timeline.left(one.start, one.start + one.duration)
        if left > 0:
            update = {"start": timeline.after(one.start), "duration": left}
            found.append(one.model_copy(update=update))
    value = said.value.model_copy(update={"time_split": tuple(found)})
    return said.model_copy(update={"value": value})


def _reworded(found: V, words: Sequence[Wording]) -> V:
    """The same with other words where people read them."""
    fields = {
        name: _other(one, words, name) for name, one in found if name not in _PRIVATE
    }
    return found.model_copy(update=fields)


def _other(found: object, words: Sequence[Wording], name: str) -> object:
    if isinstance(found, str):
        return taken_out(found, words) if name in _PROSE else found
    if isinstance(found, tuple):
        return tuple(_other(one, words, name) for one in found)
    return _reworded(found, words) if isinstance(found, Value) else found
