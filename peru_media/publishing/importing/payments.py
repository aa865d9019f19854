"""Payments: from what a feed says to the fields of ``podcast: {value: …}``."""

from typing import Any

from peru_media.model.parsed_podcast import (
    ParsedRecipient,
    ParsedRemoteItem,
    ParsedTimeSplit,
    ParsedValue,
)
from peru_media.model.payment import ValueField
from peru_media.model.remote import RemoteItemField
from peru_media.publishing.importing.fitting import cut, fitted, line, seconds

__all__ = ["feed_fields", "payment", "remote_fields"]

_Fields = dict[str, Any]


def payment(said: ParsedValue) -> ValueField | None:
    """How listeners may pay, where it says whom."""
    return fitted(
        ValueField,
        type=said.type,
        method=said.method,
        suggested=None if said.suggested is None else _decimal(said.suggested),
        recipient=tuple(map(_recipient, said.recipients)),
        time_split=tuple(map(_split, said.time_splits)),
    )


def remote_fields(said: ParsedRemoteItem) -> _Fields:
    """Another show, or one episode of it, as fields."""
    return {
        **feed_fields(said),
        "item_guid": said.item_guid,
        "medium": said.medium,
        "title": cut(said.title),
    }


def feed_fields(said: ParsedRemoteItem | None) -> _Fields:
    """Another show alone."""
    if said is None:
        return {}
    guid = said.feed_guid and said.feed_guid.lower()
    return {"feed_guid": guid, "feed_url": said.feed_url}


def _recipient(said: ParsedRecipient) -> _Fields:
    return _given(
        name=said.name and line(said.name),
        type=said.type,
        address=said.address,
        split=said.split,
        custom_key=said.custom_key,
        custom_value=said.custom_value,
        fee=said.fee,
    )


def _split(said: ParsedTimeSplit) -> _Fields:
    remote = (
        fitted(RemoteItemField, **remote_fields(said.remote_item))
        if (said.remote_item)
        else None
    )
    return _given(
        start=seconds(said.start),
        duration=seconds(said.duration),
        remote_start=seconds(said.remote_start),
        remote_percentage=said.remote_percentage,
        remote_item=remote,
        recipient=tuple(map(_recipient, said.recipients)) or None,
    )


def _given(**fields: object) -> _Fields:
    return {name: one for name, one in fields.items() if one is not None}


def _decimal(number: float) -> str:
    """A number without an exponent."""
    return f"{number:.15f}".rstrip("0").rstrip(".")
