"""The tags of the smaller namespaces, and how each is read."""

from peru_media.model import parsed_namespaces as tags
from peru_media.model.parsed import ParsedChapter
from peru_media.parsing import words
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.shapes import Rule, Shape, gather, said, told

__all__ = ["EPISODE", "SHOW"]


def _category(element: Element, notes: Notes) -> tags.ParsedItunesCategory:
    """Read a category with all that lie in it, however deep."""
    name = element.get("text") or element.text or ""
    subs = [
        text
        for inner in element.iter(element.tag)
        if inner is not element and (text := (inner.get("text") or "").strip())
    ]
    if "text" not in element.attrib:
        notes.on(element, "missing-text", "has no text.")
    return tags.ParsedItunesCategory(name=name.strip(), subs=tuple(subs))


def _picture(element: Element, notes: Notes) -> str | None:
    """Read the address of a picture, which some write as text, or as ``url``."""
    raw = element.get("href")
    if raw is None:
        raw = element.get("url") or element.text or ""
        notes.on(element, "missing-href", "has no href.")
    return words.address(raw, element, notes)


_OWNER_TEXTS = {
    "itunes:name": Rule("", "name", words.text_of),
    "itunes:email": Rule("", "email", words.text_of),
}
_OWNER = Shape(tags.ParsedOwner, children=_OWNER_TEXTS)
_ITUNES = {
    "itunes:title": Rule("itunes", "title", words.text_of),
    "itunes:subtitle": Rule("itunes", "subtitle", words.text_of),
    "itunes:summary": Rule("itunes", "summary", words.text_of),
    "itunes:author": Rule("itunes", "author", words.text_of),
    "itunes:category": Rule("itunes", "categories", _category, many=True),
    "itunes:keywords": Rule("itunes", "keywords", said(words.listed)),
    "itunes:explicit": Rule("itunes", "explicit", said(words.explicit)),
    "itunes:image": Rule("itunes", "image", _picture),
    "itunes:block": Rule("itunes", "block", said(words.flag)),
}
_ITUNES_SHOW = _ITUNES | {
    "itunes:owner": Rule("itunes", "owner", _OWNER),
    "itunes:type": Rule("itunes", "type", words.text_of),
    "itunes:new-feed-url": Rule("itunes", "new_feed_url", said(words.address)),
    "itunes:complete": Rule("itunes", "complete", said(words.flag)),
    "itunes:applepodcastsverify": Rule("itunes", "verify", words.text_of),
}
_ITUNES_EPISODE = _ITUNES | {
    "itunes:duration": Rule("itunes", "duration", said(words.seconds)),
    "itunes:episode": Rule("itunes", "episode", said(words.whole)),
    "itunes:season": Rule("itunes", "season", said(words.whole)),
    "itunes:episodeType": Rule("itunes", "episode_type", words.text_of),
    "itunes:isClosedCaptioned": Rule("itunes", "closed_captioned", said(words.flag)),
    "itunes:order": Rule("itunes", "order", said(words.whole)),
}
_GOOGLEPLAY = {
    "googleplay:author": Rule("googleplay", "author", words.text_of),
    "googleplay:email": Rule("googleplay", "email", words.text_of),
    "googleplay:owner": Rule("googleplay", "owner", words.text_of),
    "googleplay:description": Rule("googleplay", "description", words.text_of),
    "googleplay:category": Rule(
        "googleplay", "categories", told("text", words.line), many=True
    ),
    "googleplay:explicit": Rule("googleplay", "explicit", said(words.flag)),
    "googleplay:image": Rule("googleplay", "image", _picture),
    "googleplay:block": Rule("googleplay", "block", said(words.flag)),
    "googleplay:new-feed-url": Rule("googleplay", "new_feed_url", said(words.address)),
}
_SPOTIFY = {
    "spotify:limit": Rule("spotify", "limit", told("recentCount", words.whole)),
    "spotify:countryOfOrigin": Rule(
        "spotify", "countries", said(lambda raw, _element, _notes: raw.split())
    ),
}
_MEDIA_CONTENT = Shape(
    tags.ParsedMediaContent,
    {
        "url": ("url", words.address),
        "fileSize": ("length", words.length),
        "type": ("media_type", words.line),
        "medium": ("medium", words.line),
        "isDefault": ("default", words.flag),
        "expression": ("expression", words.line),
        "bitrate": ("bitrate", words.decimal),
        "framerate": ("frame_rate", words.decimal),
        "samplingrate": ("sampling_rate", words.decimal),
        "channels": ("channels", words.whole),
        "duration": ("duration", words.seconds),
        "width": ("width", words.whole),
        "height": ("height", words.whole),
        "lang": ("language", words.line),
    },
)
_THUMBNAIL = Shape(
    tags.ParsedThumbnail,
    {
        "url": ("url", words.address),
        "width": ("width", words.whole),
        "height": ("height", words.whole),
        "time": ("time", words.line),
    },
    needs=("url",),
)
_CREDIT = Shape(
    tags.ParsedCredit,
    {"role": ("role", words.line), "scheme": ("scheme", words.line)},
    words="name",
)
_RATING = Shape(
    tags.ParsedRating, {"scheme": ("scheme", words.line)}, words="name", alike=True
)
_MEDIA_TEXTS = {
    "media:thumbnail": Rule("media", "thumbnails", _THUMBNAIL, many=True),
    "media:title": Rule("media", "title", words.text_of),
    "media:description": Rule("media", "description", words.text_of),
    "media:keywords": Rule("media", "keywords", said(words.listed)),
    "media:rating": Rule("media", "ratings", _RATING, many=True),
    "media:credit": Rule("media", "credits", _CREDIT, many=True),
}


def _nothing(_element: Element, _notes: Notes) -> None:
    """A group only holds others."""


_MEDIA = _MEDIA_TEXTS | {
    "media:group": Rule("media", "", _nothing, inner=True),
    "media:content": Rule("media", "contents", _MEDIA_CONTENT, many=True, inner=True),
}
_DC = {
    f"dc:{name}": Rule("dc", name, words.text_of)
    for name in (
        *("title", "description", "publisher", "type", "format"),
        *("identifier", "source", "language", "rights"),
    )
} | {
    "dc:creator": Rule("dc", "creators", words.text_of, many=True),
    "dc:contributor": Rule("dc", "contributors", words.text_of, many=True),
    "dc:subject": Rule("dc", "subjects", words.text_of, many=True),
    "dc:date": Rule("dc", "date", said(words.iso_date)),
}
_CHAPTER = Shape(
    ParsedChapter,
    {
        "start": ("start", words.seconds),
        "title": ("title", words.line),
        "href": ("url", words.address),
        "image": ("image", words.address),
    },
    needs=("start", "title"),
)
_CHAPTERS = {"psc:chapter": Rule("", "chapters", _CHAPTER, many=True)}


def _chapters(element: Element, notes: Notes) -> list[ParsedChapter] | None:
    return gather(element, _CHAPTERS, notes)[""].get("chapters")


SHOW = _ITUNES_SHOW | _GOOGLEPLAY | _SPOTIFY | _MEDIA | _DC
EPISODE = (
    _ITUNES_EPISODE
    | _GOOGLEPLAY
    | _MEDIA
    | _DC
    | {"psc:chapters": Rule("", "chapters", _chapters)}
)
