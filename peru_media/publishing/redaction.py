"""Apply the edits of every episode before anything is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from peru_media.errors import MediaError
from peru_media.model.contents import captions_of, transcript_of
from peru_media.model.edits import standing
from peru_media.model.facts import FileFacts
from peru_media.model.files import EpisodeFile
from peru_media.model.redaction import (
    Redacted,
    redacted_episode,
    redacted_facts,
    said,
)
from peru_media.model.site import Site, Written
from peru_media.model.transcripts import KINDS
from peru_media.model.value import digest
from peru_media.model.wording import Wording, stands_in
from peru_media.rendering.redacting import heard_in, redacted_transcript

__all__ = ["redacted"]


def redacted(site: Site, facts: Mapping[str, FileFacts], root: Path) -> Redacted:
    """Take out of a site what the edits of its episodes ask for.

    What is made of the result, pages and feeds, tags and chapters of copies, search
    and pictures of links, has never seen what was taken out. Transcripts of episodes
    with edits are read; nothing is, where there are none.

    Args:
        site: as staff wrote it.
        facts: of all files.
        root: the project's folder.

    Raises:
        MediaError: a transcript changed since it was measured.
    """
    edited = [one for one in site.episodes if standing(one.value)]
    if not edited:
        return Redacted(site=site, facts=facts)
    names = {one.value.id: one.value.public_name for one in site.contributors}
    desks = {one.path: _Episode(one, facts, root) for one in edited}
    changed: dict[str, FileFacts] = {}
    texts: dict[str, bytes] = {}
    for desk in desks.values():
        changed |= desk.facts()
        texts |= desk.texts()
    episodes = tuple(redacted_episode(one, facts, names) for one in site.episodes)
    return Redacted(
        site=replace(site, episodes=episodes),
        facts={**facts, **changed},
        texts=texts,
        unheard={path: desk.unheard() for path, desk in desks.items()},
        unread={path: desk.unread(names) for path, desk in desks.items()},
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A transcript or captions: its path, as it is, and as it goes out."""

    path: str
    media_type: str
    given: bytes
    made: bytes


class _Episode:
    """One episode that has edits, and its texts."""

    def __init__(
        self, written: Written[EpisodeFile], facts: Mapping[str, FileFacts], root: Path
    ) -> None:
        self._written = written
        self._facts = facts
        self._edits = standing(written.value)
        paths = {transcript_of(written), captions_of(written)}
        found = sorted(path for path in paths if path in facts and path)
        self._texts = [self._text(path, root) for path in found]

    def facts(self) -> dict[str, FileFacts]:
        """The facts of its files, with those of its texts as they go out."""
        found = redacted_facts(self._written, self._facts)
        for one in self._texts:
            update = {"sha256": digest(one.made), "size": len(one.made)}
            found[one.path] = self._facts[one.path].model_copy(update=update)
        return found

    def texts(self) -> dict[str, bytes]:
        """Its texts as they go out, by their hash."""
        return {digest(one.made): one.made for one in self._texts}

    def unheard(self) -> tuple[int, ...]:
        """Which edits name words that are not said where their stretch is."""
        return tuple(
            at
            for at, edit in enumerate(self._written.value.edits)
            if edit in self._edits
            and edit.words
            and edit.start is not None
            and self._texts
            and not all(
                heard_in(one.given, one.media_type, edit) for one in self._texts
            )
        )

    def unread(self, names: Mapping[str, str]) -> tuple[int, ...]:
        """Which edits name words that stand nowhere."""
        texts = [*self._all(names)]
        return tuple(
            at
            for at, edit in enumerate(self._written.value.edits)
            if edit in self._edits
            and edit.words
            and not any(stands_in(text, [Wording(edit.words)]) for text in texts)
        )

    def _all(self, names: Mapping[str, str]) -> Iterator[str]:
        yield from (text for _, text in said(self._written))
        yield from (
            names.get(p.contributor or "", "") for p in self._written.value.people
        )
        yield from (one.given.decode(errors="replace") for one in self._texts)
        for path in self._written.files:
            marks = self._facts[path].chapters if path in self._facts else ()
            yield from (mark.title for mark in marks)

    def _text(self, path: str, root: Path) -> _Text:
        given = (root / path).read_bytes()
        if digest(given) != self._facts[path].sha256:
            msg = f"{path}: the file changed while it was read. Run the command again"
            raise MediaError(msg)
        media_type = KINDS.get(PurePosixPath(path).suffix[1:], KINDS["txt"])
        made = redacted_transcript(given, media_type, self._edits)
        return _Text(path, media_type, given, made)
