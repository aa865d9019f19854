"""Chapters as the file that podcast apps read."""

import json
from typing import Any

from peru_media.model.source import Chapter, Episode
from peru_media.rendering.addresses import absolute
from peru_media.rendering.characters import legal

__all__ = ["chapters_json"]


def chapters_json(episode: Episode, *, base_url: str) -> bytes:
    """Write an episode's chapters, earliest first (JSON chapters 1.2)."""
    ordered = sorted(episode.chapters, key=lambda chapter: chapter.start)
    chapters = [_chapter(chapter, base_url) for chapter in ordered]
    content = {"version": "1.2.0", "chapters": chapters}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _chapter(chapter: Chapter, base_url: str) -> dict[str, Any]:
    whole = int(chapter.start) == chapter.start
    fields = {
        "startTime": int(chapter.start) if whole else chapter.start,
        "title": legal(chapter.title),
        "img": absolute(base_url, chapter.image),
        "url": absolute(base_url, chapter.url),
    }
    return {name: value for name, value in fields.items() if value is not None}
