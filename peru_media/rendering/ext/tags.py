"""The podcast tags that stand in shows, episodes and broadcasts alike."""

from collections.abc import Iterable

from peru_media.model.alternate import AlternateField, ImageField
from peru_media.model.location import LocationField
from peru_media.model.notices import TxtField
from peru_media.model.payment import FundingField
from peru_media.model.remote import RemoteItemField
from peru_media.model.social import ChatField, ContentLinkField, SocialField
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import PODCAST, Element, add, nest
from peru_media.rendering.words import decimal

__all__ = [
    "alternates",
    "chat",
    "content_links",
    "fundings",
    "given",
    "images",
    "locations",
    "remote_item",
    "social",
    "txts",
    "yes_no",
]


def given(**attributes: object) -> dict[str, str]:
    """Attributes as text, without those that are not there."""
    shown = {name: _text(value) for name, value in attributes.items()}
    return {name: value for name, value in shown.items() if value}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return decimal(value)
    return "" if value is None else legal(str(value))


def yes_no(value: object) -> str:
    """The truth, as some tags want it."""
    return "yes" if value else "no"


def locations(parent: Element, found: Iterable[LocationField]) -> None:
    """Places that it is about, or comes from."""
    for one in found:
        add(
            parent,
            f"{PODCAST}location",
            one.name,
            rel=one.rel,
            geo=one.geo,
            osm=one.osm,
            country=one.country,
        )


def images(parent: Element, found: Iterable[ImageField]) -> None:
    """Pictures for one purpose each."""
    for one in found:
        attributes = given(
            href=one.href,
            alt=one.alt,
            width=one.width,
            height=one.height,
            type=one.type,
            purpose=one.purpose,
        )
        ratio = {"aspect-ratio": one.aspect_ratio} if one.aspect_ratio else {}
        add(parent, f"{PODCAST}image", **attributes, **ratio)


def fundings(parent: Element, found: Iterable[FundingField]) -> None:
    """Ways to support it."""
    for one in found:
        add(parent, f"{PODCAST}funding", one.text, url=one.url)


def txts(parent: Element, found: Iterable[TxtField]) -> None:
    """Free lines."""
    for one in found:
        add(parent, f"{PODCAST}txt", one.text, purpose=one.purpose)


def social(parent: Element, found: Iterable[SocialField]) -> None:
    """Posts below which listeners answer."""
    for one in found:
        attributes = given(
            protocol=one.protocol,
            uri=one.uri,
            accountId=one.account_id,
            accountUrl=one.account_url,
            priority=one.priority,
        )
        add(parent, f"{PODCAST}socialInteract", **attributes)


def chat(parent: Element, found: ChatField | None) -> None:
    """Where listeners talk."""
    if found is not None:
        attributes = given(
            server=found.server,
            protocol=found.protocol,
            accountId=found.account_id,
            space=found.space,
        )
        add(parent, f"{PODCAST}chat", **attributes)


def content_links(parent: Element, found: Iterable[ContentLinkField]) -> None:
    """Where else it can be watched or heard."""
    for one in found:
        add(parent, f"{PODCAST}contentLink", one.text, href=one.href)


def alternates(parent: Element, found: Iterable[AlternateField]) -> None:
    """Other forms of the recording, each with its sources in it."""
    for one in found:
        attributes = given(
            type=one.type,
            length=one.length,
            bitrate=one.bitrate,
            height=one.height,
            lang=one.lang,
            title=one.title,
            rel=one.rel,
            codecs=one.codecs,
            default=one.default,
        )
        outer = nest(parent, f"{PODCAST}alternateEnclosure", attributes)
        for source in one.source:
            inner = given(uri=source.uri, contentType=source.content_type)
            add(outer, f"{PODCAST}source", **inner)
        if one.integrity is not None:
            kind, value = one.integrity.type, one.integrity.value
            add(outer, f"{PODCAST}integrity", type=kind, value=value)


def remote_item(
    parent: Element, one: RemoteItemField, *, medium: str | None = None
) -> None:
    """Another show, or one episode of it."""
    attributes = given(
        feedGuid=one.feed_guid,
        feedUrl=one.feed_url,
        itemGuid=one.item_guid,
        medium=medium or one.medium,
        title=one.title,
    )
    add(parent, f"{PODCAST}remoteItem", **attributes)
