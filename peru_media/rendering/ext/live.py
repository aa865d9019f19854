"""Broadcasts, announced beside the episodes of a show."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from peru_media.model.live import LiveItemField, LivePersonField
from peru_media.model.moment import local_moment, utc_text
from peru_media.model.taxonomy import group_of
from peru_media.rendering.ext.element import PODCAST, Element, add, nest
from peru_media.rendering.ext.payment import payments
from peru_media.rendering.ext.tags import (
    alternates,
    chat,
    content_links,
    fundings,
    given,
    images,
    locations,
    social,
)

__all__ = ["broadcast"]


def broadcast(channel: Element, live: LiveItemField, *, zone: ZoneInfo) -> None:
    """Write one ``podcast:liveItem``; its times are those of the show's zone."""
    end = live.end and utc_text(local_moment(live.end, zone))
    start = utc_text(local_moment(live.start, zone))
    times = given(status=live.status, start=start, end=end)
    item = nest(channel, f"{PODCAST}liveItem", times)
    add(item, "title", live.title)
    add(item, "description", live.description)
    add(item, "link", live.link)
    add(item, "guid", live.guid, isPermaLink="false")
    stream = live.enclosure
    add(
        item,
        "enclosure",
        url=stream.url,
        length=str(stream.length),
        type=stream.type,
    )
    _people(item, live.person)
    alternates(item, live.alternate_enclosure)
    content_links(item, live.content_link)
    locations(item, live.location)
    fundings(item, live.funding)
    images(item, live.image)
    social(item, live.social_interact)
    chat(item, live.chat)
    payments(item, live.value)


def _people(item: Element, people: Iterable[LivePersonField]) -> None:
    """Everybody named in it."""
    for one in people:
        attributes = given(
            role=one.role,
            group=one.group or group_of(one.role),
            img=one.image,
            href=one.url,
        )
        add(item, f"{PODCAST}person", one.name, **attributes)
