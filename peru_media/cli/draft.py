"""The folder of a new episode: its file, and its medium beside it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import click

from peru_media.model.address import extension
from peru_media.model.facts import FileFacts, FileKind
from peru_media.reading.composing import scalar

__all__ = ["Draft", "write"]

_NAMES = {FileKind.VIDEO: "video", FileKind.PDF: "document"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything that a new episode starts with."""

    slug: str
    show: str
    guid: str
    number: int | None
    title: str
    publish: str
    contributors: tuple[str, ...]
    medium: Path | None
    facts: FileFacts | None

    @property
    def needs_transcript(self) -> bool:
        """Whether it is something to hear, so that its words have to be written."""
        return self.facts is not None and self.facts.kind is not FileKind.PDF


def write(draft: Draft, project: Path) -> str:
    """Write the folder of an episode, whole or not at all.

    Returns:
        The path of its ``episode.md`` in the project.

    Raises:
        UsageError: the folder is there already.
    """
    folder = project / "episodes" / draft.slug
    work = project / ".peru-media"
    work.mkdir(exist_ok=True)
    folder.parent.mkdir(exist_ok=True)
    fresh = Path(mkdtemp(prefix="new-", dir=work))
    try:
        fresh.chmod(0o755)
        (fresh / "episode.md").write_text("\n".join(_lines(draft)), encoding="utf-8")
        if draft.medium is not None:
            shutil.copyfile(draft.medium, fresh / _medium_name(draft))
        if folder.exists():
            msg = f"{folder} is there already, and is left alone: say --slug"
            raise click.UsageError(msg)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return f"episodes/{draft.slug}/episode.md"


def _lines(draft: Draft) -> Iterator[str]:
    yield "---"
    yield f"show: {draft.show}"
    yield "# The guid tells apps which episode this is. It never changes."
    yield f"guid: {draft.guid}"
    if draft.number is not None:
        yield f"number: {draft.number}"
    yield f"title: {scalar(draft.title)}"
    yield f"publish: {draft.publish}"
    if draft.contributors:
        yield "people:"
    for name in draft.contributors:
        yield f"  - contributor: {name}"
        yield "    role: contributor"
    yield "---"
    yield ""


def _medium_name(draft: Draft) -> str:
    """``audio.mp3`` and its like, by what the file is and not by its name."""
    assert draft.facts is not None  # noqa: S101  # a medium was measured
    name = _NAMES.get(draft.facts.kind, "audio")
    return f"{name}.{extension(draft.facts.media_type)}"
