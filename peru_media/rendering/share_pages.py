"""The pages that others take from ours: a small player, and the page of a document."""

from markupsafe import Markup

from peru_media.model.source import Document, Episode
from peru_media.rendering.addresses import (
    document_path,
    embed_path,
    page_path,
    track_path,
)
from peru_media.rendering.citation import citation_text
from peru_media.rendering.layout import brief, write_page
from peru_media.rendering.linked_data import document_data
from peru_media.rendering.notes import notes_html
from peru_media.rendering.views import EpisodeFrame, Imprint, PaperFrame
from peru_media.rendering.voice import Voice

__all__ = ["document_page", "embed_page"]


def embed_page(
    imprint: Imprint, frame: EpisodeFrame, episode: Episode, *, voice: Voice
) -> bytes:
    """Write an episode's player as it stands in other people's pages.

    Args:
        imprint: who publishes.
        frame: what it takes from its show.
        episode: the episode.
        voice: the language of the page.
    """
    return write_page(
        "embed.html",
        imprint,
        voice,
        path=embed_path(episode),
        frame=frame,
        episode=episode,
        page=page_path(episode),
        captions=track_path(episode),
    )


def document_page(
    imprint: Imprint, frame: PaperFrame, document: Document, *, voice: Voice
) -> bytes:
    """Write the page of a document that goes with an episode or a show.

    Args:
        imprint: who publishes.
        frame: what it takes from its show and episode.
        document: the document.
        voice: the language of the page.
    """
    return write_page(
        "document.html",
        imprint,
        voice,
        path=document_path(frame.slug, document.name),
        frame=frame,
        document=document,
        said=brief(document.summary),
        summary=Markup(notes_html(document.summary, page=frame.work.address)),  # noqa: S704  # notes_html leaves only safe tags
        citation=citation_text(frame.work, voice),
        linked_data=document_data(imprint, frame, document),
    )
