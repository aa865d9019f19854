"""The podcast namespace: from what a feed says to the fields below ``podcast:``."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from peru_media.model.alternate import AlternateField, ImageField
from peru_media.model.live import LiveItemField, LivePersonField
from peru_media.model.location import LocationField
from peru_media.model.notices import (
    BlockField,
    NumberingField,
    TextLinkField,
    TrailerField,
    TxtField,
    UpdateFrequencyField,
)
from peru_media.model.parsed import ParsedEpisode, ParsedFeed, ParsedLiveItem
from peru_media.model.parsed_podcast import (
    ParsedAlternateEnclosure,
    ParsedFunding,
    ParsedLocation,
    ParsedPicture,
    ParsedPodcastEpisode,
    ParsedPodcastShow,
    ParsedTranscript,
    ParsedUpdateFrequency,
)
from peru_media.model.payment import FundingField
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.remote import PodrollField, PublisherField, RemoteItemField
from peru_media.model.social import ChatField, ContentLinkField, SocialField
from peru_media.model.taxonomy import group_of
from peru_media.publishing.importing.drafts import Wanted
from peru_media.publishing.importing.fitting import (
    cut,
    fitted,
    fitted_all,
    line,
    moment_text,
)
from peru_media.publishing.importing.payments import (
    feed_fields,
    payment,
    remote_fields,
)

__all__ = [
    "fundings",
    "images_wanted",
    "locations",
    "podcast_episode",
    "podcast_show",
]

_Fields = dict[str, Any]


def podcast_show(feed: ParsedFeed, zone: ZoneInfo) -> PodcastShow:
    """Everything that a channel says in the namespace and no other field holds."""
    said = feed.podcast
    podroll = [fitted(RemoteItemField, **remote_fields(one)) for one in said.podroll]
    found = fitted(
        PodcastShow,
        **_shared(said),
        medium=said.medium,
        location=locations(said.locations),
        trailer=_trailers(said, zone),
        update_frequency=_frequency(said.update_frequency, zone),
        podping=said.podping,
        block=_blocks(said),
        publisher=fitted(PublisherField, **feed_fields(said.publisher)),
        podroll=fitted(PodrollField, remote_item=tuple(filter(None, podroll))),
        remote_item=fitted_all(RemoteItemField, map(remote_fields, said.remote_items)),
        live_item=fitted_all(
            LiveItemField, (_live(one, zone) for one in feed.live_items)
        ),
    )
    return found or PodcastShow()


def podcast_episode(
    episode: ParsedEpisode, *, kept: Iterable[ParsedTranscript]
) -> PodcastEpisode:
    """Everything that an item says in the namespace and no other field holds.

    ``kept`` are the transcripts that are not fetched.
    """
    said = episode.podcast
    found = fitted(
        PodcastEpisode,
        **_shared(said),
        episode=_numbering(episode),
        transcript=fitted_all(TextLinkField, map(_transcript, kept)),
        alternate_enclosure=_alternates(said.alternate_enclosures),
        content_link=_content_links(said),
        funding=fundings(said.funding),
    )
    return found or PodcastEpisode()


def locations(found: Iterable[ParsedLocation]) -> tuple[LocationField, ...]:
    """Places."""
    rows = (
        {
            "name": cut(one.name),
            "rel": one.rel,
            "geo": one.geo,
            "osm": one.osm,
            "country": one.country and one.country.upper(),
        }
        for one in found
    )
    return fitted_all(LocationField, rows)


def fundings(found: Iterable[ParsedFunding]) -> tuple[FundingField, ...]:
    """Ways to support it."""
    rows = ({"url": one.url, "text": cut(one.text)} for one in found)
    return fitted_all(FundingField, rows)


def images_wanted(
    said: PodcastShow | PodcastEpisode, *, ours: str | None
) -> tuple[Wanted, ...]:
    """The pictures for one purpose each, which will be published here.

    ``ours`` is the page of a show of ours: then only those that lie below its site.
    """
    site = None if ours is None else ours.rpartition("/")[0] + "/"
    return tuple(
        Wanted(url=one.href, role="image", place=place)
        for place, one in enumerate(said.image)
        if one.href and (site is None or one.href.startswith(site))
    )


def _shared(said: ParsedPodcastShow | ParsedPodcastEpisode) -> _Fields:
    """What shows, episodes and broadcasts can say alike."""
    txts = ({"text": one.text, "purpose": one.purpose} for one in said.txts)
    chat = said.chat
    return {
        "image": _images(said.images),
        "social_interact": _social(said),
        "chat": fitted(ChatField, **chat.model_dump()) if chat else None,
        "txt": fitted_all(TxtField, txts),
        "value": next(filter(None, map(payment, said.values)), None),
    }


def _images(found: Iterable[ParsedPicture]) -> tuple[ImageField, ...]:
    rows = (
        {
            "href": one.url,
            "alt": line(one.alt),
            "aspect_ratio": one.aspect_ratio,
            "width": one.width,
            "height": one.height,
            "type": one.media_type,
            "purpose": one.purpose,
        }
        for one in found
    )
    return fitted_all(ImageField, rows)


def _social(
    said: ParsedPodcastShow | ParsedPodcastEpisode,
) -> tuple[SocialField, ...]:
    rows = (one.model_dump() for one in said.social_interacts)
    return fitted_all(SocialField, rows)


def _trailers(said: ParsedPodcastShow, zone: ZoneInfo) -> tuple[TrailerField, ...]:
    rows = (
        {
            "title": cut(one.title),
            "url": one.url,
            "published": moment_text(one.published, zone),
            "length": one.length,
            "type": one.media_type,
            "season": one.season,
        }
        for one in said.trailers
    )
    return fitted_all(TrailerField, rows)


def _frequency(
    said: ParsedUpdateFrequency | None, zone: ZoneInfo
) -> UpdateFrequencyField | None:
    if said is None:
        return None
    return fitted(
        UpdateFrequencyField,
        text=cut(said.text),
        rrule=said.rrule,
        dtstart=moment_text(said.start, zone),
        complete=said.complete,
    )


def _blocks(said: ParsedPodcastShow) -> tuple[BlockField, ...]:
    """Each service once, for the first counts."""
    found: dict[str | None, BlockField] = {}
    for one in said.blocks:
        block = fitted(BlockField, value=one.blocked, id=one.id)
        if block is not None and block.id == one.id:
            found.setdefault(block.id, block)
    return tuple(found.values())


def _live(said: ParsedLiveItem, zone: ZoneInfo) -> _Fields:
    own, inner = said.episode, said.episode.podcast
    stream = own.enclosures[0] if own.enclosures else None
    shared = _shared(inner)
    return {
        **{
            name: shared[name] for name in ("image", "social_interact", "chat", "value")
        },
        "status": said.status,
        "start": moment_text(said.start, zone),
        "end": moment_text(said.end, zone),
        "title": line(own.title),
        "guid": own.guid,
        "description": line(own.description),
        "link": own.link,
        "enclosure": stream
        and {
            "url": stream.url,
            "type": stream.media_type,
            "length": stream.length or 0,
        },
        "person": _people(inner),
        "content_link": _content_links(inner),
        "alternate_enclosure": _alternates(inner.alternate_enclosures),
        "location": locations(inner.locations),
        "funding": fundings(inner.funding),
    }


def _people(said: ParsedPodcastEpisode) -> tuple[LivePersonField, ...]:
    rows = (
        {
            "name": cut(one.name),
            "role": one.role,
            "group": one.group if one.group != group_of(one.role or "") else None,
            "url": one.url,
            "image": one.image,
        }
        for one in said.people
    )
    return fitted_all(LivePersonField, rows)


def _numbering(episode: ParsedEpisode) -> NumberingField | None:
    """The number for newer apps, where Apple's alone does not say it."""
    said = episode.podcast.episode
    if said is None or (said.display is None and said.number == episode.itunes.episode):
        return None
    return fitted(NumberingField, number=said.number, display=cut(said.display, 32))


def _transcript(said: ParsedTranscript) -> _Fields:
    return {
        "url": said.url,
        "type": said.media_type,
        "language": said.language,
        "rel": said.rel,
    }


def _content_links(said: ParsedPodcastEpisode) -> tuple[ContentLinkField, ...]:
    rows = ({"href": one.url, "text": cut(one.text)} for one in said.content_links)
    return fitted_all(ContentLinkField, rows)


def _alternates(
    found: Iterable[ParsedAlternateEnclosure],
) -> tuple[AlternateField, ...]:
    rows = (
        {
            "type": one.media_type,
            "length": one.length,
            "bitrate": one.bitrate,
            "height": one.height,
            "lang": one.language,
            "title": cut(one.title, 32),
            "rel": cut(one.rel, 32),
            "codecs": line(one.codecs),
            "default": one.default,
            "source": tuple(
                {"uri": source.uri, "content_type": source.media_type}
                for source in one.sources
            ),
            "integrity": one.integrity and one.integrity.model_dump(),
        }
        for one in found
    )
    return fitted_all(AlternateField, rows)
