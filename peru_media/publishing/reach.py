"""What a release reaches: every object that somebody may ask of it."""

from collections.abc import Iterator

from peru_media.model.release import TablePart, parse_table
from peru_media.model.source import Source
from peru_media.publishing.live import Live

__all__ = ["reach"]


def reach(release: Live) -> frozenset[str]:
    """Name every stored object that a release needs, now or at a later moment.

    Its root, the parts that the root names, whatever an address answers with, and
    the media and documents of its source. Nothing before the first release.

    Raises:
        ObjectNotFoundError, DamagedObjectError: a table or the source of it is not
            to be had any more.
    """
    if release.root is None or release.current is None:
        return frozenset()
    named = {release.current.key, *(part.key for part in release.root.parts())}
    return frozenset({*named, *_answering(release), *_published(release.source())})


def _answering(release: Live) -> Iterator[str]:
    """The objects behind every address, of private shows too."""
    for part in release.root.described() if release.root else ():
        if isinstance(part, TablePart):
            for versions in parse_table(release.part(part)).values():
                yield from (version.key for version in versions if version.key)


def _published(source: Source | None) -> Iterator[str]:
    """The media and documents that its episodes and shows are said to have."""
    if source is None:
        return
    for episode in source.episodes:
        yield episode.enclosure.key
        yield from (document.key for document in episode.documents)
    for show in source.shows:
        yield from (document.key for document in show.documents)
