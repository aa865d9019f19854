"""Where each rendered thing is found, and which addresses may be followed."""

import re
from urllib.parse import urlsplit

from peru_media.model.address import episode_path, feed_path, show_path
from peru_media.model.forms import CAPTIONS, CITATION
from peru_media.model.source import Episode
from peru_media.model.transcripts import kind_of, named_kinds

__all__ = [
    "ACCESSIBILITY",
    "EVERYTHING",
    "FAVICON",
    "MAPS",
    "OEMBED",
    "OPML",
    "PRIVACY",
    "PUBLISHER",
    "ROBOTS",
    "SEARCH",
    "absolute",
    "archive_path",
    "base_path",
    "captions_path",
    "chapters_path",
    "cite_path",
    "collection_path",
    "document_path",
    "embed_path",
    "feed_path",
    "followed",
    "form_path",
    "list_path",
    "map_path",
    "page_path",
    "track_path",
    "transcript_path",
    "transcript_paths",
    "waveform_path",
]

EVERYTHING, OPML, PUBLISHER = "/feed.xml", "/opml.xml", "/publisher.xml"
ACCESSIBILITY, PRIVACY, SEARCH = "/accessibility", "/privacy", "/search"
FAVICON, OEMBED = "/favicon.ico", "/oembed"
MAPS, ROBOTS = "/sitemap.xml", "/robots.txt"

_FOLLOWED = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@)\S*", re.IGNORECASE)


def followed(address: str | None) -> str | None:
    """Let through an address that a listener may follow; None for any other.

    Only ``https:``, ``http:`` and ``mailto:``: no script hides in a link.
    """
    return address if address and _FOLLOWED.fullmatch(address) else None


def absolute(base_url: str, address: str | None) -> str | None:
    """Make the whole address of a public path; other addresses stay as they are.

    None where there is none, or where it may not be followed.
    """
    if address and address.startswith("/") and not address.startswith("//"):
        return base_url + address
    return followed(address)


def base_path(base_url: str) -> str:
    """The path that a site lies below: empty, but where it shares its host."""
    return urlsplit(base_url).path.rstrip("/")


def form_path(show: str, form: str) -> str:
    """Another form of a show's feed: ``json`` or ``atom``."""
    return f"{show_path(show)}/feed.{form}"


def archive_path(show: str, number: int) -> str:
    """One page of a show's archive, from 1 for the oldest."""
    return f"{show_path(show)}/feed/{number}.xml"


def collection_path(show: str, name: str) -> str:
    """The page of a collection."""
    return f"{show_path(show)}/collections/{name}"


def list_path(below: str, number: int) -> str:
    """One page of a long list below a show or collection, from 1 for the oldest."""
    return f"/{below}/page/{number}"


def map_path(table: str, number: int) -> str:
    """One list of a show's public pages for search engines, or of the site's own."""
    return f"/{table}/sitemap{number if number > 1 else ''}.xml"


def page_path(episode: Episode) -> str:
    """The episode's page, in the first of its shows."""
    return episode_path(episode.shows[0], episode.slug)


def chapters_path(episode: Episode) -> str:
    """The chapters of an episode as a file."""
    return f"{page_path(episode)}/chapters.json"


def document_path(show: str, name: str) -> str:
    """The page of a document; its PDF lies beside it."""
    return f"{show_path(show)}/documents/{name}"


def embed_path(episode: Episode) -> str:
    """The small player of an episode, for anybody's page."""
    return f"{page_path(episode)}/embed"


def cite_path(page: str, kind: str = "json") -> str:
    """The citation of what a page is about: ``json``, ``bib`` or ``ris``."""
    return f"{page}/{CITATION}.{kind}"


def waveform_path(episode: Episode) -> str:
    """The waveform of an episode as a small file."""
    return f"{page_path(episode)}/waveform.pmw"


def transcript_path(episode: Episode) -> str | None:
    """The transcript of an episode as it was given; None where there is none."""
    if episode.transcript is None:
        return None
    return _words_path(episode, kind_of(episode.transcript.media_type))


def transcript_paths(episode: Episode) -> dict[str, str]:
    """Every form of an episode's transcript that is named to apps, the best first.

    Returns:
        The address of each form, by its ending, such as ``vtt``.
    """
    if episode.transcript is None:
        return {}
    kinds = named_kinds(episode.transcript.media_type)
    return {kind: _words_path(episode, kind) for kind in kinds}


def captions_path(episode: Episode) -> str | None:
    """The captions of a film as they were given; None where there are none."""
    if episode.captions is None:
        return None
    return f"{page_path(episode)}/{CAPTIONS}.{kind_of(episode.captions.media_type)}"


def track_path(episode: Episode) -> str | None:
    """What a browser shows over a film, as WebVTT: its captions, or the transcript."""
    if episode.captions is not None:
        return f"{page_path(episode)}/{CAPTIONS}.vtt"
    return transcript_paths(episode).get("vtt")


def _words_path(episode: Episode, kind: str) -> str:
    return f"{page_path(episode)}/transcript.{kind}"
