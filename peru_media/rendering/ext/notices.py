"""The podcast tags that only a show has."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from peru_media.model.moment import local_moment, utc_text
from peru_media.model.notices import TrailerField, UpdateFrequencyField
from peru_media.model.podcast import PodcastShow
from peru_media.model.remote import RemoteItemField
from peru_media.rendering.ext.element import PODCAST, Element, add, nest
from peru_media.rendering.ext.live import broadcast
from peru_media.rendering.ext.payment import payments
from peru_media.rendering.ext.rss import feed_date
from peru_media.rendering.ext.tags import (
    chat,
    given,
    images,
    locations,
    remote_item,
    social,
    txts,
    yes_no,
)

__all__ = ["notices"]


def notices(channel: Element, show: PodcastShow, *, zone: ZoneInfo) -> None:
    """Write them into ``<channel>``; dates are those of the show's zone."""
    add(channel, f"{PODCAST}medium", show.medium)
    locations(channel, show.location)
    _trailers(channel, show.trailer, zone)
    _update_frequency(channel, show.update_frequency, zone)
    if show.podping:
        add(channel, f"{PODCAST}podping", usesPodping="true")
    images(channel, show.image)
    social(channel, show.social_interact)
    chat(channel, show.chat)
    for block in show.block:
        add(channel, f"{PODCAST}block", yes_no(block.value), id=block.id)
    txts(channel, show.txt)
    payments(channel, show.value)
    _others(channel, show)
    for live in show.live_item:
        broadcast(channel, live, zone=zone)


def _trailers(
    channel: Element, trailers: Iterable[TrailerField], zone: ZoneInfo
) -> None:
    for one in trailers:
        attributes = given(
            url=one.url,
            pubdate=feed_date(local_moment(one.published, zone)),
            length=one.length,
            type=one.type,
            season=one.season,
        )
        add(channel, f"{PODCAST}trailer", one.title, **attributes)


def _update_frequency(
    channel: Element, found: UpdateFrequencyField | None, zone: ZoneInfo
) -> None:
    if found is not None:
        begin = found.dtstart and utc_text(local_moment(found.dtstart, zone))
        rule = given(rrule=found.rrule, dtstart=begin, complete=found.complete)
        add(channel, f"{PODCAST}updateFrequency", found.text, **rule)


def _others(channel: Element, show: PodcastShow) -> None:
    """Other shows: who publishes this one, what it recommends, what it holds."""
    if show.publisher is not None:
        outer = nest(channel, f"{PODCAST}publisher")
        publisher = RemoteItemField(**show.publisher.model_dump())
        remote_item(outer, publisher, medium="publisher")
    if show.podroll is not None:
        outer = nest(channel, f"{PODCAST}podroll")
        for one in show.podroll.remote_item:
            remote_item(outer, one)
    for one in show.remote_item:
        remote_item(channel, one)
