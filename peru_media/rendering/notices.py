"""The pages that a server says by itself: nothing here, taken down, try again."""

from peru_media.model.value import canonical
from peru_media.rendering.layout import write_page
from peru_media.rendering.views import Imprint
from peru_media.rendering.voice import Voice, voices_of

__all__ = ["notices"]


def notices(imprint: Imprint) -> bytes:
    """Write every page of a server's own, in each language of the site.

    Returns:
        JSON: the prefix of a language (empty, or such as ``/cy``), then the name of
        a page (``unknown``, ``late``, or why something is gone), then its HTML.
    """
    pages = {
        voice.prefix: {
            name: _page(imprint, voice, title, sentence)
            for name, (title, sentence) in _said(voice).items()
        }
        for voice in voices_of(imprint.languages)
    }
    return canonical(pages)


def _page(imprint: Imprint, voice: Voice, title: str, sentence: str) -> str:
    values = {"title": title, "sentence": sentence}
    return write_page("notice.html", imprint, voice, path="/", **values).decode()


def _said(voice: Voice) -> dict[str, tuple[str, str]]:
    """What each page says: of what is gone nothing of what it was."""
    return {
        "ended": (
            voice.text("This is no longer available"),
            voice.text("It was published for an agreed time, and that time has ended."),
        ),
        "late": (
            voice.text("Please try again in a moment"),
            voice.text("This page could not be fetched just now. Nothing is lost."),
        ),
        "removed": (
            voice.text("This has been removed"),
            voice.text("It was published here, and we have since removed it."),
        ),
        "unknown": (
            voice.text("Nothing is published here"),
            voice.text(
                "The address may have been mistyped, or the page has a new one. "
                "Search for it above, or begin with the projects."
            ),
        ),
        "withdrawn": (
            voice.text("This has been taken down"),
            voice.text(
                "It has been withdrawn. We ask everyone who kept a copy to delete it."
            ),
        ),
    }
