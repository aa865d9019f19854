"""The tags of payments that listeners make while they listen."""

from collections.abc import Iterable

from peru_media.model.payment import RecipientField, TimeSplitField, ValueField
from peru_media.rendering.ext.element import PODCAST, Element, add, nest
from peru_media.rendering.ext.tags import given, remote_item

__all__ = ["payments"]


def payments(parent: Element, value: ValueField | None) -> None:
    """Write who is paid, in which share, and for which stretch others."""
    if value is not None:
        kinds = given(type=value.type, method=value.method, suggested=value.suggested)
        outer = nest(parent, f"{PODCAST}value", kinds)
        _recipients(outer, value.recipient)
        for split in value.time_split:
            _time_split(outer, split)


def _recipients(parent: Element, found: Iterable[RecipientField]) -> None:
    for one in found:
        attributes = given(
            name=one.name,
            type=one.type,
            address=one.address,
            customKey=one.custom_key,
            customValue=one.custom_value,
            split=one.split,
            fee=one.fee,
        )
        add(parent, f"{PODCAST}valueRecipient", **attributes)


def _time_split(parent: Element, split: TimeSplitField) -> None:
    attributes = given(
        startTime=split.start,
        duration=split.duration,
        remoteStartTime=split.remote_start,
        remotePercentage=split.remote_percentage,
    )
    outer = nest(parent, f"{PODCAST}valueTimeSplit", attributes)
    if split.remote_item is not None:
        remote_item(outer, split.remote_item)
    _recipients(outer, split.recipient)
