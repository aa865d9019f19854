"""The first publish of an episode writes its moment in place of ``now``."""

import os
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from peru_media.cli.manners import Manners
from peru_media.cli.placing import replace_whole
from peru_media.errors import ContentError
from peru_media.model.advice import AdviceError
from peru_media.model.files import EpisodeFile
from peru_media.model.moment import local_moment
from peru_media.model.problem import Place
from peru_media.model.site import Site, Written
from peru_media.model.source import Source
from peru_media.reading import replace_scalar
from peru_media.wiring import WORK

__all__ = ["as_written", "settle_moments"]

_NOW = re.compile(rb"""publish\s*:\s*["']?now\b""")


def settle_moments(manners: Manners, site: Site, source: Source, root: Path) -> int:
    """Write the moment of publishing into each file that said ``publish: now``.

    Only that one line changes. A file that changed meanwhile is left alone, and
    staff are told what to write.

    Returns:
        How many files said ``now``.
    """
    published = {episode.slug: episode.published for episode in source.episodes}
    count = 0
    for episode in site.episodes:
        if episode.value.publish != "now" or episode.slug not in published:
            continue
        show = site.show(episode.value.show[0])
        zone = site.zone(show) if show else ZoneInfo(site.site.value.timezone)
        _settle(manners, root, episode, as_written(published[episode.slug], zone))
        count += 1
    return count


def as_written(at: datetime, zone: ZoneInfo) -> str:
    """Write a moment as staff do: by their clocks, with an offset if they repeat it."""
    local = at.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    try:
        local_moment(text, zone)
    except AdviceError:
        return f"{text} {_offset(local)}"
    return text


def _offset(local: datetime) -> str:
    digits = f"{local:%z}"
    return f"{digits[:3]}:{digits[3:5]}"


def _edited(path: Path, place: Place, text: str) -> bytes | None:
    """The file with its one line changed; None where that line is another by now."""
    try:
        content = path.read_bytes()
        if not _NOW.match(content.splitlines()[place.line - 1]):
            return None
        return replace_scalar(content, place, text)
    except (ContentError, IndexError, OSError):
        return None


def _settle(
    manners: Manners, root: Path, episode: Written[EpisodeFile], text: str
) -> None:
    path = root / episode.path
    edited = _edited(path, episode.place("publish"), text)
    if edited is None:
        manners.tell(
            f"{episode.path} changed while it was published: "
            f"write publish: {text} there"
        )
        return
    try:
        replace_whole(path, edited, draft=root / WORK / f"episode-{os.getpid()}.md")
    except OSError as error:
        manners.tell(
            f"What is published is live, but {episode.path} could not be changed "
            f"({error.strerror}): write publish: {text} there in place of now"
        )
        return
    manners.tell(f"{episode.path}: publish: now is {text}")
