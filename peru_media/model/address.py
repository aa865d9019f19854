"""Public addresses, object keys, and the names that may stand in them."""

import hashlib
import re
import unicodedata
from uuid import UUID, uuid5

__all__ = [
    "CONTENT_TYPES",
    "RESERVED",
    "asset_key",
    "asset_path",
    "episode_id",
    "episode_path",
    "extension",
    "feed_path",
    "is_slug",
    "is_text",
    "media_key",
    "media_path",
    "podcast_guid",
    "show_path",
    "slug_from",
    "text_key",
]

_FEEDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_LONGEST = 80
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")

RESERVED = frozenset(
    {
        "accessibility", "assets", "collections", "cy", "documents", "embed", "feed",
        "healthz", "media", "metrics", "oembed", "opml", "private", "privacy",
        "publisher", "readyz", "robots", "search", "site", "sitemap",
    }
)  # fmt: skip

_EXTENSIONS = {
    "application/pdf": "pdf",
    "audio/3gpp": "3gp",
    "audio/aac": "aac",
    "audio/aiff": "aiff",
    "audio/amr": "amr",
    "audio/flac": "flac",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/opus": "opus",
    "audio/wav": "wav",
    "audio/x-m4a": "m4a",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/vnd.microsoft.icon": "ico",
    "text/css": "css",
    "text/javascript": "js",
    "video/3gpp": "3gp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/x-m4v": "m4v",
}

CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "chapters": "application/json+chapters",
    "citation": "application/vnd.citationstyles.csl+json",
    "feed": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "json": "application/json",
    "opml": "text/x-opml; charset=utf-8",
    "page": "text/html; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "sitemap": "application/xml; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "waveform": "application/vnd.peru-media.waveform",
}


def is_slug(text: str) -> bool:
    """Whether a name may stand in an address: short, lower case, not reserved."""
    return _SLUG.fullmatch(text) is not None and text not in RESERVED


def slug_from(title: str) -> str:
    """Make a name for addresses from a title: lower case, without accents.

    It may be empty, or reserved.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.lower().replace("'", ""))
    return "-".join(words)[:_LONGEST].strip("-")


def extension(media_type: str) -> str:
    """The file extension that podcast apps expect for a media type (Apple I3, I4)."""
    return _EXTENSIONS[media_type]


def is_text(media_type: str) -> bool:
    """Whether content of this type is stored as gzip: text of any kind, waveforms."""
    kind = media_type.partition(";")[0].strip()
    return kind.startswith("text/") or kind.endswith(
        ("json", "xml", "+chapters", "bibtex", "info-systems", "subrip", ".waveform")
    )


def episode_id(show_guid: str, guid: str) -> str:
    """The id of an episode for ever: 20 hex digits of a hash of both guids."""
    return hashlib.sha256(f"{show_guid}\n{guid}".encode()).hexdigest()[:20]


def podcast_guid(feed_url: str) -> str:
    """The guid that anybody would work out for a show from its feed's address.

    Once a show has a guid it keeps it, wherever it moves (``podcast:guid``: UUIDv5
    of the address without scheme and trailing slashes).
    """
    bare = re.sub("^[a-zA-Z][a-zA-Z0-9+.-]*://", "", feed_url.strip()).rstrip("/")
    return str(uuid5(_FEEDS, bare))


def media_key(episode: str, sha256: str, file_name: str, *, public: bool) -> str:
    """Where a medium lies: open to anyone, or held for signed addresses alone."""
    return f"{'public' if public else 'held'}/{episode}/{sha256[:20]}/{file_name}"


def media_path(episode: str, sha256: str, file_name: str) -> str:
    """The public path of a medium; it changes with its bytes."""
    return f"/media/{episode}/{sha256[:20]}/{file_name}"


def text_key(episode: str, sha256: str) -> str:
    """Where a text of one episode alone lies (page, transcript, chapters, waveform)."""
    return f"state/episodes/{episode}/{sha256[:20]}"


def asset_key(sha256: str, media_type: str) -> str:
    """Where a style sheet or picture lies."""
    return f"assets/{sha256[:20]}.{extension(media_type.partition(';')[0])}"


def asset_path(sha256: str, media_type: str) -> str:
    """The public path of a style sheet or picture."""
    return f"/{asset_key(sha256, media_type)}"


def show_path(show: str) -> str:
    """The project's page."""
    return f"/{show}"


def feed_path(show: str) -> str:
    """The feed of a show."""
    return f"{show_path(show)}/feed.xml"


def episode_path(show: str, slug: str) -> str:
    """The episode's page."""
    return f"/{show}/{slug}"
