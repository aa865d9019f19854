"""The files that a release sends to the store as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peru_media.model.address import (
    asset_key,
)
from peru_media.model.source import (
    Source,
)
from peru_media.rendering.copied import Copied

__all__ = ["Deliverable", "deliverables"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """A file to be sent to the store as it is."""

    key: str
    path: Path
    sha256: str
    size: int
    media_type: str


def deliverables(
    source: Source, copies: Mapping[str, Copied], pictures: Mapping[str, Copied]
) -> tuple[Deliverable, ...]:
    """The files behind a source's media, documents and pictures that lie here.

    A medium whose published copy is kept has none.
    """
    here = {copied.facts.sha256: copied for copied in copies.values()}
    wanted = [(e.enclosure.key, e.enclosure.sha256) for e in source.episodes]
    documents = [d for e in source.episodes for d in e.documents]
    documents += [d for show in source.shows for d in show.documents]
    wanted += [(document.key, document.sha256) for document in documents]
    files = {key: here[sha256] for key, sha256 in wanted if sha256 in here}
    for copied in (one for p in pictures.values() for one in (*p.smaller, p)):
        files[asset_key(copied.facts.sha256, copied.facts.media_type)] = copied
    return tuple(
        Deliverable(
            key=key,
            path=copied.path,
            sha256=copied.facts.sha256,
            size=copied.facts.size,
            media_type=copied.facts.media_type,
        )
        for key, copied in sorted(files.items())
    )
