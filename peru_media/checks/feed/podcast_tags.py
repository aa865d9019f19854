"""The tags of the podcast namespace: where they stand, what they say, how often.

As the namespace's own pages have it (podcastindex.org, state of 2026-05).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peru_media.checks.feed.forms import (
    ANY,
    COUNT,
    FEED_DATE,
    ISO_DATE,
    NUMBER,
    PERCENT,
    RRULE,
    TRUTH,
    UUID,
    WHOLE,
    YES_NO,
    ValueForm,
    form_of,
    one_of,
    taken_from,
)
from peru_media.model.alternate import ImageField, IntegrityField
from peru_media.model.live import LiveItemField
from peru_media.model.location import LocationField
from peru_media.model.notices import BlockField, TextLinkField
from peru_media.model.payment import RecipientField
from peru_media.model.podcast import PodcastShow
from peru_media.model.scalars import Email, Language, MediaType, Uri, WebAddress
from peru_media.model.social import ChatField, SocialField

__all__ = ["MANY", "TAGS", "URI", "WEB", "TagForm"]

MANY = 1_000_000
WEB, URI = form_of(WebAddress), form_of(Uri)
_EMAIL, _LANGUAGE, _MEDIA_TYPE = form_of(Email), form_of(Language), form_of(MediaType)
_MEDIUM = taken_from(PodcastShow, "medium")
_CHANNEL = frozenset({"channel"})
_ITEM = frozenset({"item", "podcast:liveItem"})
_BOTH = _CHANNEL | _ITEM
_SHORT, _TINY, _LONG = 128, 32, 4000

Forms = Mapping[str, ValueForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagForm:
    """What one tag may be.

    Attributes:
        parents: the elements in which it may stand. once: whether once in each.
        words: the form of its words. worded: whether it must have any; None where
            nobody reads them.
        longest: how many characters its words may have; 0 for any number.
        required, recommended, optional: its attributes, with their forms.
        limits: how many characters attributes may have.
        children: how many of an element it must hold at least, and at most.
    """

    parents: frozenset[str]
    once: bool = False
    words: ValueForm = ANY
    worded: bool | None = None
    longest: int = 0
    required: Forms = field(default_factory=dict)
    recommended: Forms = field(default_factory=dict)
    optional: Forms = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    children: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def form(self, attribute: str) -> ValueForm | None:
        """The form of an attribute; None where the tag has no such."""
        for forms in (self.required, self.recommended, self.optional):
            if attribute in forms:
                return forms[attribute]
        return None

    def attributes(self) -> tuple[str, ...]:
        """The names of all attributes."""
        return (*self.required, *self.recommended, *self.optional)


TAGS: Mapping[str, TagForm] = {
    "podcast:locked": TagForm(
        parents=_CHANNEL,
        once=True,
        words=YES_NO,
        worded=True,
        optional={"owner": _EMAIL},
    ),
    "podcast:transcript": TagForm(
        parents=_ITEM,
        required={"url": WEB, "type": taken_from(TextLinkField, "type")},
        optional={"language": _LANGUAGE, "rel": taken_from(TextLinkField, "rel")},
    ),
    "podcast:funding": TagForm(
        parents=_BOTH, worded=False, longest=_SHORT, required={"url": WEB}
    ),
    "podcast:chapters": TagForm(
        parents=_ITEM,
        once=True,
        # The page of the tag prefers the one; large hosts write the other.
        required={
            "url": WEB,
            "type": one_of("application/json+chapters", "application/json"),
        },
    ),
    "podcast:soundbite": TagForm(
        parents=_ITEM,
        worded=False,
        longest=_SHORT,
        required={"startTime": NUMBER, "duration": NUMBER},
    ),
    "podcast:person": TagForm(
        parents=_BOTH,
        worded=True,
        longest=_SHORT,
        optional={"role": ANY, "group": ANY, "img": WEB, "href": WEB},
    ),
    "podcast:location": TagForm(
        parents=_BOTH,
        worded=True,
        longest=_SHORT,
        recommended={
            "rel": taken_from(LocationField, "rel"),
            "geo": taken_from(LocationField, "geo"),
            "osm": taken_from(LocationField, "osm"),
            "country": taken_from(LocationField, "country"),
        },
    ),
    "podcast:season": TagForm(
        parents=_ITEM,
        once=True,
        words=WHOLE,
        worded=True,
        optional={"name": ANY},
        limits={"name": _SHORT},
    ),
    "podcast:episode": TagForm(
        parents=_ITEM,
        once=True,
        words=NUMBER,
        worded=True,
        optional={"display": ANY},
        limits={"display": _TINY},
    ),
    "podcast:trailer": TagForm(
        parents=_CHANNEL,
        worded=True,
        longest=_SHORT,
        required={"url": WEB, "pubdate": FEED_DATE},
        recommended={"length": COUNT, "type": _MEDIA_TYPE},
        optional={"season": WHOLE},
    ),
    "podcast:license": TagForm(
        parents=_BOTH, once=True, worded=True, longest=_SHORT, optional={"url": WEB}
    ),
    "podcast:alternateEnclosure": TagForm(
        parents=_ITEM,
        required={"type": _MEDIA_TYPE},
        recommended={"length": COUNT},
        optional={
            "bitrate": NUMBER,
            "height": COUNT,
            "lang": _LANGUAGE,
            "title": ANY,
            "rel": ANY,
            "codecs": ANY,
            "default": TRUTH,
        },
        limits={"title": _TINY, "rel": _TINY},
        children={"podcast:source": (1, MANY), "podcast:integrity": (0, 1)},
    ),
    "podcast:source": TagForm(
        parents=frozenset({"podcast:alternateEnclosure"}),
        required={"uri": URI},
        optional={"contentType": _MEDIA_TYPE},
    ),
    "podcast:integrity": TagForm(
        parents=frozenset({"podcast:alternateEnclosure"}),
        once=True,
        required={"type": taken_from(IntegrityField, "type"), "value": ANY},
    ),
    "podcast:guid": TagForm(parents=_CHANNEL, once=True, words=UUID, worded=True),
    "podcast:medium": TagForm(parents=_CHANNEL, once=True, words=_MEDIUM, worded=True),
    "podcast:liveItem": TagForm(
        parents=_CHANNEL,
        required={"status": taken_from(LiveItemField, "status"), "start": ISO_DATE},
        recommended={"end": ISO_DATE},
        children={
            "title": (1, 1),
            "guid": (1, 1),
            "enclosure": (1, 1),
            "podcast:contentLink": (1, MANY),
        },
    ),
    "podcast:contentLink": TagForm(parents=_ITEM, worded=False, required={"href": WEB}),
    "podcast:socialInteract": TagForm(
        parents=_BOTH,
        required={"protocol": taken_from(SocialField, "protocol")},
        optional={"uri": URI, "accountId": ANY, "accountUrl": WEB, "priority": WHOLE},
    ),
    "podcast:block": TagForm(
        parents=_CHANNEL,
        words=YES_NO,
        worded=True,
        optional={"id": taken_from(BlockField, "id")},
    ),
    "podcast:txt": TagForm(
        parents=_BOTH,
        worded=True,
        longest=_LONG,
        optional={"purpose": ANY},
        limits={"purpose": _SHORT},
    ),
    "podcast:remoteItem": TagForm(
        parents=frozenset(
            {
                "channel",
                "podcast:podroll",
                "podcast:valueTimeSplit",
                "podcast:publisher",
            }
        ),
        required={"feedGuid": UUID},
        optional={"feedUrl": WEB, "itemGuid": ANY, "medium": _MEDIUM, "title": ANY},
    ),
    "podcast:podroll": TagForm(
        parents=_CHANNEL, once=True, children={"podcast:remoteItem": (1, MANY)}
    ),
    "podcast:updateFrequency": TagForm(
        parents=_CHANNEL,
        once=True,
        worded=True,
        longest=_SHORT,
        recommended={"rrule": RRULE},
        optional={"dtstart": ISO_DATE, "complete": TRUTH},
    ),
    "podcast:podping": TagForm(
        parents=_CHANNEL, once=True, required={"usesPodping": TRUTH}
    ),
    "podcast:valueTimeSplit": TagForm(
        parents=frozenset({"podcast:value"}),
        required={"startTime": NUMBER, "duration": NUMBER},
        optional={"remoteStartTime": NUMBER, "remotePercentage": PERCENT},
        children={"podcast:remoteItem": (0, 1)},
    ),
    "podcast:value": TagForm(
        parents=_BOTH,
        required={"type": ANY, "method": ANY},
        optional={"suggested": NUMBER},
        children={"podcast:valueRecipient": (1, MANY)},
    ),
    "podcast:valueRecipient": TagForm(
        parents=frozenset({"podcast:value", "podcast:valueTimeSplit"}),
        required={
            "type": taken_from(RecipientField, "type"),
            "address": ANY,
            "split": WHOLE,
        },
        recommended={"name": ANY},
        optional={"customKey": ANY, "customValue": ANY, "fee": TRUTH},
    ),
    "podcast:publisher": TagForm(
        parents=_CHANNEL, once=True, children={"podcast:remoteItem": (1, 1)}
    ),
    "podcast:chat": TagForm(
        parents=_BOTH,
        once=True,
        required={
            "server": taken_from(ChatField, "server"),
            "protocol": taken_from(ChatField, "protocol"),
        },
        recommended={"accountId": ANY},
        optional={"space": ANY},
    ),
    "podcast:image": TagForm(
        parents=_BOTH,
        required={"href": WEB},
        recommended={
            "alt": ANY,
            "aspect-ratio": taken_from(ImageField, "aspect_ratio"),
            "width": COUNT,
        },
        optional={"height": COUNT, "type": _MEDIA_TYPE, "purpose": ANY},
        limits={"purpose": _SHORT},
    ),
    "podcast:images": TagForm(parents=_BOTH, once=True, required={"srcset": ANY}),
}
