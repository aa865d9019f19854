"""The chapters that are written into a published copy."""

from collections.abc import Mapping
from pathlib import Path

from peru_media.model.chapters import chapters_of
from peru_media.model.facts import ChapterMark, CopyTags, FileFacts
from peru_media.model.files import ChapterField, EpisodeFile
from peru_media.model.site import Written

__all__ = ["located", "marks_of"]


def marks_of(
    episode: Written[EpisodeFile],
    facts: Mapping[str, FileFacts],
    *,
    duration: float | None,
) -> tuple[ChapterMark, ...]:
    """Chapters with their ends: as written, at the latest where the next begins.

    Those that no list shows are left out, for a player would show them.
    """
    shown = [chapter for chapter in chapters_of(episode, facts) if chapter.toc]
    ends = [*(chapter.start for chapter in shown[1:]), duration]
    return tuple(
        _mark(chapter, end, episode, facts)
        for chapter, end in zip(shown, ends, strict=False)
    )


def located(tags: CopyTags, root: Path) -> CopyTags:
    """The same with the pictures of chapters as this machine finds them."""
    marks = tuple(
        mark.model_copy(update={"image": str(root / mark.image)})
        if mark.image
        else mark
        for mark in tags.chapters
    )
    return tags.model_copy(update={"chapters": marks})


def _mark(
    chapter: ChapterField,
    end: float | None,
    episode: Written[EpisodeFile],
    facts: Mapping[str, FileFacts],
) -> ChapterMark:
    picture = facts.get(episode.file(chapter.image)) if chapter.image else None
    return ChapterMark(
        start=chapter.start,
        end=min(filter(None, (chapter.end, end)), default=None),
        title=chapter.title,
        url=chapter.url,
        image=episode.file(chapter.image or "") if picture else None,
        image_sha256=picture.sha256 if picture else None,
    )
