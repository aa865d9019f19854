"""What the fields of the podcast namespace mean, in the words of staff."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TAG_FIELDS"]

_MEDIA_TYPE = "Its media type, such as audio/mpeg or application/x-mpegURL."
_ADDRESS = "Where it is found."
_TIME = "When it starts: 90, 1:30 or 1:02:03.5."
_IMAGE = "Pictures for one purpose each: {file or href, alt, purpose…}."
_SOCIAL = "The posts below which listeners answer: {protocol, uri, account_id…}."
_CHAT = "A chat about it: {server, protocol, account_id, space}."
_VALUE = "Who is paid while people listen: {type, method, recipient, time_split}."
_TXT = "Free lines for who asks for them: {text, purpose}."
_FUNDING = "Ways to support it: {url, text}."
_LOCATION = "Places that it is about: {name, geo, osm, country, rel}."
_ALTERNATE = "Other forms of the recording: {type, source, title, bitrate…}."
_LINKS = "Where else it can be watched or heard: {href, text}."
_RECIPIENT = "Who gets a share: {name, type, address, split}."
_FEED_GUID = "The guid of the other show."
_FEED_URL = "The address of its feed, for apps that do not know the guid."
_DATE = "A date like 2026-12-01 09:00, in the show's time zone."

TAG_FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PodcastShow": {
            "medium": "What the feed holds: podcast, audiobook, video, course…",
            "location": _LOCATION,
            "trailer": "Trailers: {title, url, published, length, type, season}.",
            "update_frequency": "How often something comes: {text, rrule, dtstart}.",
            "podping": "true where changes are announced by Podping.",
            "image": _IMAGE,
            "social_interact": _SOCIAL,
            "chat": _CHAT,
            "block": "Services that may not list it: {value, id}.",
            "txt": _TXT,
            "value": _VALUE,
            "publisher": "The feed of who publishes it: {feed_guid, feed_url}.",
            "podroll": "Shows that you recommend: {remote_item: […]}.",
            "remote_item": "Other shows or episodes that belong to it: {feed_guid…}.",
            "live_item": "Live broadcasts: {status, start, title, guid, enclosure…}.",
        },
        "PodcastEpisode": {
            "episode": "A number with decimals, or words for it: {number, display}.",
            "transcript": "Further transcripts, elsewhere: {url, type, language}.",
            "alternate_enclosure": _ALTERNATE,
            "content_link": _LINKS,
            "funding": _FUNDING,
            "image": _IMAGE,
            "social_interact": _SOCIAL,
            "chat": _CHAT,
            "txt": _TXT,
            "value": _VALUE,
        },
        "LocationField": {
            "name": "The place, in words.",
            "geo": "Its coordinates, such as geo:53.47,-2.24.",
            "osm": "Its OpenStreetMap object, such as R146656.",
            "country": "Its country, in two capitals, such as GB.",
            "rel": "subject: it is about the place; creator: it was made there.",
        },
        "TrailerField": {
            "title": "What the trailer is called.",
            "url": _ADDRESS,
            "published": _DATE,
            "length": "Its size in bytes.",
            "type": _MEDIA_TYPE,
            "season": "The number of the season that it is for.",
        },
        "UpdateFrequencyField": {
            "text": "How often, in words, such as Every second Tuesday.",
            "rrule": "The same as a rule of calendars, such as FREQ=WEEKLY;BYDAY=TU.",
            "dtstart": "The date from which the rule counts.",
            "complete": "true where nothing further will come.",
        },
        "ImageField": {
            "href": _ADDRESS,
            "file": "A picture of this folder instead: published, and measured.",
            "alt": "What the picture shows, for those who cannot see it.",
            "aspect_ratio": "Width to height, such as 16/9.",
            "width": "Its width in pixels.",
            "height": "Its height in pixels.",
            "type": "Its media type, such as image/png.",
            "purpose": "artwork, social, canvas, banner, publisher, circular, poster.",
        },
        "SocialField": {
            "protocol": "activitypub, atproto, nostr… or disabled.",
            "uri": "The address of the post.",
            "account_id": "Who posted it, such as @unit@example.social.",
            "account_url": "The page of that account.",
            "priority": "Which to show first: 1 before 2.",
        },
        "ChatField": {
            "server": "The server's name alone, such as irc.example.org.",
            "protocol": "irc, xmpp, nostr or matrix.",
            "account_id": "Whose chat it is.",
            "space": "The room or channel, such as #personalisation.",
        },
        "BlockField": {
            "value": "yes keeps the show out, no lets it in.",
            "id": "The service it holds for; without one, all of them.",
        },
        "TxtField": {
            "text": "The line, at most 4000 characters.",
            "purpose": "What it is for: verify, applepodcastsverify, ai-content…",
        },
        "ValueField": {
            "type": "The kind of money, such as lightning.",
            "method": "How it is sent, such as keysend or lnaddress.",
            "suggested": "How much a minute, as a suggestion.",
            "recipient": _RECIPIENT,
            "time_split": "Stretches in which others are paid: {start, duration…}.",
        },
        "RecipientField": {
            "name": "Who it is, in words.",
            "type": "node, or lnaddress.",
            "address": "The address that receives.",
            "split": "Their share: a whole number, beside those of the others.",
            "custom_key": "A key that their wallet asks for.",
            "custom_value": "The value of that key.",
            "fee": "true where it is a fee, taken before the shares.",
        },
        "TimeSplitField": {
            "start": _TIME,
            "duration": "How long it lasts.",
            "remote_start": "Where in the other episode the stretch begins.",
            "remote_percentage": "The others' part of the payment: 0 to 100.",
            "remote_item": "The show or episode that is quoted: {feed_guid…}.",
            "recipient": _RECIPIENT,
        },
        "PublisherField": {"feed_guid": _FEED_GUID, "feed_url": _FEED_URL},
        "PodrollField": {"remote_item": "The shows: {feed_guid, feed_url, title}."},
        "RemoteItemField": {
            "feed_guid": _FEED_GUID,
            "feed_url": _FEED_URL,
            "item_guid": "The guid of one episode of it.",
            "medium": "What it is: podcast, music…",
            "title": "Its name, in words.",
        },
        "LiveItemField": {
            "status": "pending, live or ended.",
            "start": _DATE,
            "end": _DATE,
            "title": "What the broadcast is called.",
            "guid": "Its own guid; never changed.",
            "description": "What it is about, in plain words.",
            "link": "Its page.",
            "enclosure": "The stream: {url, type, length}.",
            "person": "Who is in it: {name, role, group, url, image}.",
            "content_link": _LINKS,
            "alternate_enclosure": _ALTERNATE,
            "location": _LOCATION,
            "funding": _FUNDING,
            "image": _IMAGE,
            "social_interact": _SOCIAL,
            "chat": _CHAT,
            "value": _VALUE,
        },
        "LivePersonField": {
            "name": "Their public name.",
            "role": "What they do in it, such as host or guest.",
            "group": "The group of that role, where it is none of the usual ones.",
            "url": "Their own page.",
            "image": "The address of a picture of them.",
        },
        "LiveEnclosureField": {
            "url": _ADDRESS,
            "type": _MEDIA_TYPE,
            "length": "Its size in bytes; 0 for a stream.",
        },
        "ContentLinkField": {"href": _ADDRESS, "text": "The words of the link."},
        "AlternateField": {
            "type": _MEDIA_TYPE,
            "length": "Its size in bytes.",
            "bitrate": "Its bits per second.",
            "height": "The height of the film in pixels.",
            "lang": "The language spoken, where it is another one.",
            "title": "What the choice is called, at most 32 characters.",
            "rel": "What belongs together, at most 32 characters.",
            "codecs": "Its codecs, such as opus or avc1.64001f.",
            "default": "true for the one that is the enclosure itself.",
            "source": "Its addresses: {uri, content_type}.",
            "integrity": "How to see that it arrived unchanged: {type, value}.",
        },
        "SourceField": {
            "uri": "An address: https://, ipfs:, magnet:…",
            "content_type": "The type of what lies there, such as a torrent file.",
        },
        "IntegrityField": {
            "type": "sri, or pgp-signature.",
            "value": "The hash, such as sha384-…, or the signature.",
        },
        "TextLinkField": {
            "url": _ADDRESS,
            "type": "text/vtt suits best.",
            "language": "Its language, such as cy.",
            "rel": "captions, where it is timed as captions.",
        },
        "NumberingField": {
            "number": "The number; decimals are allowed, such as 3.5.",
            "display": "What apps show instead, at most 32 characters.",
        },
    }
)  # fmt: skip
