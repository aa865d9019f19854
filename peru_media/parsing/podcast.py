"""The tags of the podcast namespace, and how each is read."""

from peru_media.model import parsed_podcast as tags
from peru_media.model.value import Value
from peru_media.parsing import words
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.shapes import Rule, Shape, gather, told

__all__ = ["EPISODE", "SHOW"]

_TRANSCRIPT = Shape(
    tags.ParsedTranscript,
    {
        "url": ("url", words.address),
        "type": ("media_type", words.line),
        "language": ("language", words.line),
        "rel": ("rel", words.line),
    },
    needs=("url", "type"),
)
_FUNDING = Shape(
    tags.ParsedFunding,
    {"url": ("url", words.address)},
    words="text",
    needs=("url",),
    alike=True,
)
_CHAPTERS = Shape(
    tags.ParsedChapters,
    {"url": ("url", words.address), "type": ("media_type", words.line)},
    needs=("url", "type"),
)
_SOUNDBITE = Shape(
    tags.ParsedSoundbite,
    {"startTime": ("start", words.seconds), "duration": ("duration", words.seconds)},
    words="title",
    needs=("startTime", "duration"),
)
_PERSON = Shape(
    tags.ParsedPerson,
    {
        "role": ("role", words.line),
        "group": ("group", words.line),
        "img": ("image", words.address),
        "href": ("url", words.address),
    },
    words="name",
    alike=True,
)
_LOCATION = Shape(
    tags.ParsedLocation,
    {
        "rel": ("rel", words.line),
        "geo": ("geo", words.line),
        "osm": ("osm", words.line),
        "country": ("country", words.line),
    },
    words="name",
    alike=True,
)
_TRAILER = Shape(
    tags.ParsedTrailer,
    {
        "url": ("url", words.address),
        "pubdate": ("published", words.rfc_date),
        "length": ("length", words.length),
        "type": ("media_type", words.line),
        "season": ("season", words.whole),
    },
    words="title",
    needs=("url", "pubdate"),
)
_LICENSE = Shape(
    tags.ParsedLicense, {"url": ("url", words.address)}, words="name", alike=True
)
_SOURCE_FILE = Shape(
    tags.ParsedSourceFile,
    {"uri": ("uri", words.address), "contentType": ("media_type", words.line)},
    needs=("uri",),
)
_INTEGRITY = Shape(
    tags.ParsedIntegrity,
    {"type": ("type", words.line), "value": ("value", words.line)},
    needs=("type", "value"),
)
_ALTERNATE = Shape(
    tags.ParsedAlternateEnclosure,
    {
        "type": ("media_type", words.line),
        "length": ("length", words.length),
        "bitrate": ("bitrate", words.decimal),
        "height": ("height", words.whole),
        "lang": ("language", words.line),
        "title": ("title", words.line),
        "rel": ("rel", words.line),
        "codecs": ("codecs", words.line),
        "default": ("default", words.flag),
    },
    children={
        "podcast:source": Rule("", "sources", _SOURCE_FILE, many=True),
        "podcast:integrity": Rule("", "integrity", _INTEGRITY),
    },
    needs=("type",),
)
_CONTENT_LINK = Shape(
    tags.ParsedContentLink,
    {"href": ("url", words.address)},
    words="text",
    needs=("href",),
)
_SOCIAL = Shape(
    tags.ParsedSocialInteract,
    {
        "protocol": ("protocol", words.line),
        "uri": ("uri", words.line),
        "accountId": ("account_id", words.line),
        "accountUrl": ("account_url", words.address),
        "priority": ("priority", words.whole),
    },
    needs=("protocol",),
)
_TXT = Shape(
    tags.ParsedTxt, {"purpose": ("purpose", words.line)}, words="text", alike=True
)
_REMOTE = Shape(
    tags.ParsedRemoteItem,
    {
        "feedGuid": ("feed_guid", words.line),
        "feedUrl": ("feed_url", words.address),
        "itemGuid": ("item_guid", words.line),
        "medium": ("medium", words.line),
        "title": ("title", words.line),
    },
    needs=("feedGuid",),
)
_FREQUENCY = Shape(
    tags.ParsedUpdateFrequency,
    {
        "rrule": ("rrule", words.line),
        "dtstart": ("start", words.iso_date),
        "complete": ("complete", words.flag),
    },
    words="text",
)
_RECIPIENT = Shape(
    tags.ParsedRecipient,
    {
        "type": ("type", words.line),
        "address": ("address", words.line),
        "split": ("split", words.decimal),
        "name": ("name", words.line),
        "customKey": ("custom_key", words.line),
        "customValue": ("custom_value", words.line),
        "fee": ("fee", words.flag),
    },
    needs=("type", "address", "split"),
    alike=True,
)
_TIME_SPLIT = Shape(
    tags.ParsedTimeSplit,
    {
        "startTime": ("start", words.seconds),
        "duration": ("duration", words.seconds),
        "remoteStartTime": ("remote_start", words.seconds),
        "remotePercentage": ("remote_percentage", words.decimal),
    },
    children={
        "podcast:remoteItem": Rule("", "remote_item", _REMOTE),
        "podcast:valueRecipient": Rule("", "recipients", _RECIPIENT, many=True),
    },
    needs=("startTime", "duration"),
)
_VALUE = Shape(
    tags.ParsedValue,
    {
        "type": ("type", words.line),
        "method": ("method", words.line),
        "suggested": ("suggested", words.decimal),
    },
    children={
        "podcast:valueRecipient": Rule("", "recipients", _RECIPIENT, many=True),
        "podcast:valueTimeSplit": Rule("", "time_splits", _TIME_SPLIT, many=True),
    },
    needs=("type", "method"),
)
_CHAT = Shape(
    tags.ParsedChat,
    {
        "server": ("server", words.line),
        "protocol": ("protocol", words.line),
        "accountId": ("account_id", words.line),
        "space": ("space", words.line),
    },
    needs=("server", "protocol"),
)
_PICTURE = Shape(
    tags.ParsedPicture,
    {
        "href": ("url", words.address),
        "alt": ("alt", words.line),
        "aspect-ratio": ("aspect_ratio", words.line),
        "width": ("width", words.whole),
        "height": ("height", words.whole),
        "type": ("media_type", words.line),
        "purpose": ("purpose", words.line),
    },
    needs=("href",),
)


_LOCKED = Shape(
    tags.ParsedLocked,
    {"owner": ("owner", words.line)},
    words="locked",
    reads=words.flag,
)
_BLOCK = Shape(
    tags.ParsedBlock,
    {"id": ("id", words.line)},
    words="blocked",
    reads=words.flag,
    alike=True,
)
_SEASON = Shape(
    tags.ParsedSeason,
    {"name": ("name", words.line)},
    words="number",
    reads=words.whole,
    alike=True,
)
_EPISODE = Shape(
    tags.ParsedEpisodeNumber,
    {"display": ("display", words.line)},
    words="number",
    reads=words.decimal,
)


def _inside(element: Element, notes: Notes) -> list[Value] | None:
    """Read the remote items in a podroll or a publisher."""
    return gather(element, _INSIDE, notes)[""].get("items")


def _publisher(element: Element, notes: Notes) -> Value | None:
    return next(iter(_inside(element, notes) or ()), None)


def _many(field: str, shape: Shape) -> Rule:
    return Rule("podcast", field, shape, many=True)


def _one(field: str, shape: Shape) -> Rule:
    return Rule("podcast", field, shape)


_BOTH = {
    "podcast:funding": _many("funding", _FUNDING),
    "podcast:person": _many("people", _PERSON),
    "podcast:location": _many("locations", _LOCATION),
    "podcast:license": _one("license", _LICENSE),
    "podcast:txt": _many("txts", _TXT),
    "podcast:value": _many("values", _VALUE),
    "podcast:chat": _one("chat", _CHAT),
    "podcast:image": _many("images", _PICTURE),
    "podcast:socialInteract": _many("social_interacts", _SOCIAL),
}
EPISODE = _BOTH | {
    "podcast:transcript": _many("transcripts", _TRANSCRIPT),
    "podcast:chapters": _one("chapters", _CHAPTERS),
    "podcast:soundbite": _many("soundbites", _SOUNDBITE),
    "podcast:season": _one("season", _SEASON),
    "podcast:episode": _one("episode", _EPISODE),
    "podcast:alternateEnclosure": _many("alternate_enclosures", _ALTERNATE),
    "podcast:contentLink": _many("content_links", _CONTENT_LINK),
}
_INSIDE = {"podcast:remoteItem": Rule("", "items", _REMOTE, many=True)}
SHOW = _BOTH | {
    "podcast:guid": Rule("podcast", "guid", words.text_of),
    "podcast:locked": _one("locked", _LOCKED),
    "podcast:medium": Rule("podcast", "medium", words.text_of),
    "podcast:trailer": _many("trailers", _TRAILER),
    "podcast:block": _many("blocks", _BLOCK),
    "podcast:remoteItem": _many("remote_items", _REMOTE),
    "podcast:updateFrequency": _one("update_frequency", _FREQUENCY),
    "podcast:podping": Rule("podcast", "podping", told("usesPodping", words.flag)),
    "podcast:podroll": Rule("podcast", "podroll", _inside),
    "podcast:publisher": Rule("podcast", "publisher", _publisher),
}
