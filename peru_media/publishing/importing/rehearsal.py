"""The feed that a draft will have, rendered and read again before anything is done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from peru_media.model.facts import FileFacts, FileKind, PictureFacts
from peru_media.model.files import ChapterField, EpisodeFile, PersonField, ShowFile
from peru_media.model.parsed import ParsedFeed
from peru_media.model.release import Ledger
from peru_media.model.site import Site, Written
from peru_media.model.value import digest
from peru_media.parsing import parse_feed
from peru_media.publishing.importing.drafts import (
    Draft,
    EpisodeDraft,
    ShowDraft,
    Wanted,
)
from peru_media.rendering.assembly import assemble
from peru_media.rendering.choice import choose
from peru_media.rendering.copied import Copied
from peru_media.rendering.feed import render_feed
from peru_media.rendering.workshop import Workshop

__all__ = ["BASE", "rehearsed", "trial_feed"]

BASE = "https://example.org"
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_NAMES = {
    "medium": "audio.mp3",
    "cover": "cover.png",
    "transcript": "transcript.vtt",
}
_FOLDERS = {"person": "people", "chapter": "chapters"}
_TEXTS = {
    "application/json": "transcript.json",
    "application/srt": "transcript.srt",
    "application/x-subrip": "transcript.srt",
    "text/html": "transcript.html",
    "text/plain": "transcript.txt",
}
_TYPES = frozenset(
    {
        "audio/mpeg", "audio/x-m4a", "video/mp4", "video/x-m4v", "video/quicktime",
        "application/pdf", "audio/ogg", "audio/opus", "audio/flac", "audio/wav",
        "audio/aac",
    }
)  # fmt: skip


def rehearsed(draft: Draft, site: Site) -> ParsedFeed:
    """Read the feed that would be published, had every file been fetched.

    Of media and pictures only the names are made up; drafts stand in it too.
    """
    return parse_feed(trial_feed(draft, site))


def trial_feed(draft: Draft, site: Site) -> bytes:
    """Render the feed that would be published from what the draft would write."""
    show = _show(draft.show)
    episodes = [_episode(one) for one in draft.episodes]
    trial = replace(site, shows=(show,), episodes=tuple(episodes), contributors=())
    facts = dict(_facts(draft, show, episodes))
    desk = Workshop(
        site=trial,
        facts=facts,
        ledger=Ledger(),
        copies={path: _copied(path, one) for path, one in facts.items()},
        pictures={path: _copied(path, one) for path, one in facts.items()},
    )
    chosen = choose(trial, facts=facts, ledger=Ledger(), at=_SOME_DAY)
    source = assemble(desk, chosen, base_url=BASE)
    return render_feed(source.shows[0], source.episodes, base_url=BASE, built=_SOME_DAY)


def _show(draft: ShowDraft) -> Written[ShowFile]:
    value = draft.value.model_copy(
        update={"people": _pictured(draft.value.people, draft.wanted)}
    )
    folder = f"feeds/{draft.slug}/"
    return Written(
        path=f"{folder}show.md",
        slug=draft.slug,
        value=value,
        body=draft.body,
        files=tuple(folder + name for _, name in _named(draft.wanted)),
    )


def _episode(draft: EpisodeDraft) -> Written[EpisodeFile]:
    names = {"medium": _NAMES["medium"], **dict(_named(draft.wanted))}
    dated = draft.value.publish != "draft"
    publish = draft.value.publish if dated else f"{_SOME_DAY:%Y-%m-%d}"
    medium = draft.value.media.model_copy(update={"file": names.get("medium")})
    people = _pictured(draft.value.people, draft.wanted)
    folder = f"episodes/{draft.slug}/"
    return Written(
        path=f"{folder}episode.md",
        slug=draft.slug,
        value=draft.value.model_copy(
            update={
                "media": medium,
                "people": people,
                "chapters": _chapters(draft),
                "publish": publish,
            }
        ),
        body=draft.body,
        files=tuple(folder + name for name in names.values()),
    )


def _named(wanted: tuple[Wanted, ...]) -> Iterator[tuple[str, str]]:
    for one in wanted:
        if one.role == "transcript":
            yield one.role, _TEXTS.get(one.media_type or "", _NAMES[one.role])
        elif one.role in _NAMES:
            yield one.role, _NAMES[one.role]
        elif one.role in _FOLDERS:
            yield f"{one.role} {one.place}", f"{_FOLDERS[one.role]}/{one.place}.png"


def _pictured(
    people: tuple[PersonField, ...], wanted: tuple[Wanted, ...]
) -> tuple[PersonField, ...]:
    having = {one.place for one in wanted if one.role == "person"}
    return tuple(
        one.model_copy(update={"image": f"people/{place}.png"})
        if place in having
        else one
        for place, one in enumerate(people)
    )


def _chapters(draft: EpisodeDraft) -> tuple[ChapterField, ...]:
    having = {one.place for one in draft.wanted if one.role == "chapter"}
    return tuple(
        one.model_copy(update={"image": f"chapters/{place}.png"})
        if place in having
        else one
        for place, one in enumerate(draft.value.chapters)
    )


def _facts(
    draft: Draft, show: Written[ShowFile], episodes: list[Written[EpisodeFile]]
) -> Iterator[tuple[str, FileFacts]]:
    for path in show.files:
        yield path, _fact(path)
    for one, written in zip(draft.episodes, episodes, strict=True):
        medium = next((w for w in one.wanted if w.role == "medium"), None)
        for path in written.files:
            yield path, _fact(path, medium)


def _fact(path: str, medium: Wanted | None = None) -> FileFacts:
    name = path.rpartition("/")[2]
    sha256 = digest(path.encode())
    if name == _NAMES["medium"]:
        said = medium.media_type if medium else None
        return FileFacts(
            kind=FileKind.AUDIO,
            media_type=said if said in _TYPES and said else "audio/mpeg",
            size=(medium.length if medium else None) or 1,
            sha256=sha256,
        )
    picture = PictureFacts(media_type="image/png", width=1400, height=1400, mode="RGB")
    kind = FileKind.PICTURE if name.endswith(".png") else FileKind.TEXT
    return FileFacts(
        kind=kind, media_type="image/png", size=1, sha256=sha256, picture=picture
    )


def _copied(path: str, facts: FileFacts) -> Copied:
    return Copied(path=Path(path), facts=facts)
