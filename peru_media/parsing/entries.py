"""From the elements of a feed to its episodes and its head."""

from collections.abc import Mapping
from typing import Any

from peru_media.model import parsed
from peru_media.model import parsed_namespaces as small
from peru_media.model import parsed_podcast as tags
from peru_media.model.value import Value
from peru_media.parsing import atom, namespaces, podcast, rss, words
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.shapes import Fields, Rule, gather, made, told

__all__ = ["episode", "head"]

_ENTRY = atom.ENTRY | podcast.EPISODE | namespaces.EPISODE
_ENTRY["content:encoded"] = rss.ITEM["content:encoded"]
_FEED = atom.FEED | podcast.SHOW | namespaces.SHOW
_SHOW_GROUPS: dict[str, type[Value]] = {
    "itunes": small.ParsedItunesShow,
    "podcast": tags.ParsedPodcastShow,
    "spotify": small.ParsedSpotify,
    "googleplay": small.ParsedGoogleplay,
    "media": small.ParsedMedia,
    "dc": small.ParsedDublinCore,
}
_EPISODE_GROUPS: dict[str, type[Value]] = {
    **_SHOW_GROUPS,
    "itunes": small.ParsedItunesEpisode,
    "podcast": tags.ParsedPodcastEpisode,
}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def episode(element: Element, notes: Notes) -> parsed.ParsedEpisode:
    """Read one ``<item>`` or ``<entry>``."""
    entry = notes.names[element.tag] == "atom:entry"
    groups = gather(element, _ENTRY if entry else rss.ITEM, notes)
    fields = _joined(groups, _EPISODE_GROUPS)
    fields["line"] = (element.sourceline or 0) + notes.lines_before
    _identify(fields, element, notes)
    _unwrap(fields)
    _link(fields, entry=entry)
    return made(parsed.ParsedEpisode, fields)


def head(element: Element, notes: Notes) -> Fields:
    """Read what a channel, or a feed of Atom, says of itself."""
    atomic = notes.names[element.tag] == "atom:feed"
    groups = gather(element, _FEED if atomic else _CHANNEL, notes)
    fields = _joined(groups, _SHOW_GROUPS)
    _link(fields, entry=atomic)
    fields.pop("enclosures", None)
    return fields


def _joined(groups: dict[str, Fields], models: Mapping[str, type[Value]]) -> Fields:
    fields = groups.pop("", {})
    for name, inner in groups.items():
        fields[name] = made(models[name], inner)
    return fields


def _identify(fields: Fields, element: Element, notes: Notes) -> None:
    """Take the guid apart; RSS 1.0 has its identity in an attribute."""
    guid = fields.get("guid") or element.get(_ABOUT)
    if isinstance(guid, rss.Guid):
        fields["guid"], fields["permalink"] = guid
    elif guid is None:
        what = "has no guid; apps go by its enclosure, where it has one."
        notes.on(element, "missing-guid", what)
    else:
        fields["guid"] = guid.strip()


def _unwrap(fields: Fields) -> None:
    """Take Atom's content apart; what lies elsewhere is a file to fetch."""
    content = fields.get("content")
    if isinstance(content, atom.Content):
        fields["content"], fields["content_type"] = content.text, content.media_type
        if content.url is not None:
            file = parsed.ParsedEnclosure(
                url=content.url, media_type=content.media_type
            )
            fields.setdefault("enclosures", []).append(file)


def _link(fields: Fields, *, entry: bool) -> None:
    """Find the page, and the files, among the links of Atom."""
    links: list[parsed.ParsedLink] = fields.get("links", [])
    if entry and links:
        fields["link"] = atom.linked(links)
    for link in links:
        if link.rel == "enclosure":
            file = parsed.ParsedEnclosure(
                url=link.url, length=link.length, media_type=link.media_type
            )
            fields.setdefault("enclosures", []).append(file)


def _live_item(element: Element, notes: Notes) -> parsed.ParsedLiveItem:
    def attribute(name: str, convert: Any) -> Any:  # noqa: ANN401  # whatever the conversion takes and gives
        return told(name, convert)(element, notes)

    return parsed.ParsedLiveItem(
        status=attribute("status", words.line),
        start=attribute("start", words.iso_date),
        end=attribute("end", words.iso_date),
        episode=episode(element, notes),
    )


_LIVE = {"podcast:liveItem": Rule("", "live_items", _live_item, many=True)}
_CHANNEL = rss.CHANNEL | _LIVE
_FEED |= _LIVE
