"""The addresses of a document: the PDF, its page in each language, its citation."""

from datetime import datetime
from functools import partial

from peru_media.model.release import Version
from peru_media.model.source import Document, Episode, Show
from peru_media.rendering.addresses import cite_path, document_path
from peru_media.rendering.press import Press
from peru_media.rendering.share_pages import document_page
from peru_media.rendering.share_rows import cited
from peru_media.rendering.views import PaperFrame, paper_frame
from peru_media.rendering.voice import Voice

__all__ = ["document_paths", "document_texts"]


def document_paths(press: Press, document: Document, show: str) -> list[str]:
    """Every address of a document of a show, or of one of its episodes."""
    page = document_path(show, document.name)
    pages = [voice.path(page) for voice in press.voices]
    return [document.address, *pages, cite_path(page)]


def document_texts(
    press: Press,
    document: Document,
    show: Show,
    *,
    of: Episode | None = None,
    since: datetime,
) -> dict[str, Version]:
    """What these addresses answer; ``of`` is the episode that it goes with."""
    page = document_path(show.slug, document.name)
    frame = paper_frame(document, show, of, imprint=press.imprint)
    pages = {
        voice.path(page): _page(press, document, frame, voice, of=of, since=since)
        for voice in press.voices
    }
    return {
        document.address: _pdf(document, since=since),
        **pages,
        cite_path(page): cited(press, frame.work, of=of, since=since),
    }


def _page(
    press: Press,
    document: Document,
    frame: PaperFrame,
    voice: Voice,
    *,
    of: Episode | None,
    since: datetime,
) -> Version:
    values = (press.imprint, frame, document)
    inputs = [value.fingerprint.encode() for value in values]
    make = partial(document_page, *values, voice=voice)
    language = voice.language.encode()
    return press.leaf("document", *inputs, language, make=make, of=of, since=since)


def _pdf(document: Document, *, since: datetime) -> Version:
    return Version(
        since=since,
        key=document.key,
        type="application/pdf",
        size=document.size,
        sha256=document.sha256,
        cache="media" if document.sha256[:20] in document.address else "page",
    )
