"""Chapters as the file that podcast apps read."""

import json
from typing import Any

from peru_media.model.location import LocationField
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
    fields = {
        "startTime": _number(chapter.start),
        "endTime": None if chapter.end is None else _number(chapter.end),
        "title": legal(chapter.title),
        "img": absolute(base_url, chapter.image),
        "url": absolute(base_url, chapter.url),
        "toc": None if chapter.toc else False,
        "location": _place(chapter.location) if chapter.location else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _number(seconds: float) -> float:
    """Seconds to the millisecond, without a fraction where there is none."""
    rounded = round(seconds, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _place(location: LocationField) -> dict[str, str] | None:
    """A place; the format wants its coordinates, so one without is left out."""
    if location.geo is None:
        return None
    osm = {"osm": location.osm} if location.osm else {}
    return {"name": legal(location.name), "geo": location.geo} | osm
