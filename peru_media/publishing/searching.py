"""The search files of a release: those that are live stay, the others are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.release import SearchPart, shared_key_of
from peru_media.model.source import Source
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live
from peru_media.rendering.findable import findable
from peru_media.rendering.search_file import search_blocks
from peru_media.rendering.search_press import SearchPress

__all__ = ["Searchable", "searchable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """What a server searches.

    Attributes:
        parts: the files, as the root names them. files: stored bytes (gzip) of
        those that are not live yet, by key.
    """

    parts: tuple[SearchPart, ...] = ()
    files: Mapping[str, bytes]


def searchable(
    source: Source,
    desk: Desk,
    live: Live,
    *,
    at: datetime,
    until: datetime,
    texts: Callable[[str], bytes],
) -> Searchable:
    """Lay everything public that may be found up to a horizon in files.

    What was withdrawn or has ended is in none of them, as they hold nothing but
    what the source still has.
    """
    pages = findable(source, at=at, until=until)
    blocks = list(search_blocks(pages))
    parts = live.root.search if live.root else ()
    known = {one.made_from: one for one in parts if one.key not in live.wanting}
    new = [block for block in blocks if block.made_from not in known]
    press = SearchPress(texts=texts, cache=desk.cache, executor=desk.executor)
    files: dict[str, bytes] = {}
    for block, file in zip(new, press.files(new), strict=True):
        key = shared_key_of(file.sha256)
        files[key] = file.body
        known[block.made_from] = SearchPart(
            key=key, sha256=file.sha256, made_from=block.made_from
        )
    return Searchable(
        parts=tuple(known[block.made_from] for block in blocks), files=files
    )
