"""What the tags say that stand in shows, episodes and broadcasts alike."""

from collections.abc import Iterable
from typing import Any

from peru_media.model.alternate import AlternateField
from peru_media.model.live import LivePersonField
from peru_media.model.location import LocationField
from peru_media.model.payment import RecipientField, ValueField
from peru_media.model.remote import RemoteItemField
from peru_media.model.source import Person
from peru_media.model.taxonomy import group_of
from peru_media.rendering.addresses import absolute
from peru_media.rendering.characters import legal
from tests.readers.said import Place, Said, add

__all__ = ["Telling"]

_SHORT = 128


class Telling:
    """Writes down what the values of a model say below one element."""

    def __init__(self, said: Said, path: str, place: Place, base_url: str) -> None:
        self.said, self.path, self.place, self.base_url = said, path, place, base_url

    def tag(self, name: str, /, **values: Any) -> None:
        """An element right below; a name may lead further in."""
        add(self.said, self.path + name, self.place, _legal(values))

    def inner(self, name: str, number: int) -> "Telling":
        """What lies in the n-th of some elements."""
        place = (*self.place, number)
        return Telling(self.said, f"{self.path}{name}/", place, self.base_url)

    def address(self, path: str | None) -> str | None:
        return absolute(self.base_url, path)

    def people(self, found: Iterable[Person | LivePersonField]) -> None:
        for one in found:
            known = getattr(one, "orcid", None)
            orcid = f"https://orcid.org/{known}" if known else None
            name = legal(one.name).strip()[:_SHORT]
            if name:
                self.tag(
                    "podcast:person",
                    text=name,
                    role=one.role,
                    group=one.group or group_of(one.role),
                    img=self.address(one.image),
                    href=self.address(one.url) or orcid,
                )

    def shared(self, one: Any) -> None:
        """The tags that any of them may have."""
        self.places(getattr(one, "location", ()))
        for image in one.image:
            ratio = {"aspect-ratio": image.aspect_ratio}
            self.tag("podcast:image", **_fields(image, "aspect_ratio", "file"), **ratio)
        for link in getattr(one, "content_link", ()):
            self.tag("podcast:contentLink", text=link.text, href=link.href)
        for txt in getattr(one, "txt", ()):
            self.tag("podcast:txt", text=txt.text, purpose=txt.purpose)
        self._talk(one)
        self._alternates(getattr(one, "alternate_enclosure", ()))
        if one.value:
            self._value(one.value)

    def places(self, found: Iterable[LocationField]) -> None:
        for one in found:
            self.tag("podcast:location", text=one.name, **_fields(one, "name"))

    def _talk(self, one: Any) -> None:
        for social in one.social_interact:
            self.tag(
                "podcast:socialInteract",
                accountId=social.account_id,
                accountUrl=social.account_url,
                **_fields(social, "account_id", "account_url"),
            )
        if one.chat:
            more = {"accountId": one.chat.account_id}
            self.tag("podcast:chat", **_fields(one.chat, "account_id"), **more)

    def fundings(self, found: Iterable[Any]) -> None:
        for one in found:
            if self.address(one.url):
                self.tag("podcast:funding", text=one.text[:_SHORT], url=one.url)

    def remote_item(self, one: RemoteItemField, medium: str | None = None) -> None:
        self.tag(
            "podcast:remoteItem",
            feedGuid=one.feed_guid,
            feedUrl=one.feed_url,
            itemGuid=one.item_guid,
            medium=medium or one.medium,
            title=one.title,
        )

    def _alternates(self, found: Iterable[AlternateField]) -> None:
        for number, one in enumerate(found):
            own = _fields(one, "source", "integrity")
            self.tag("podcast:alternateEnclosure", **own)
            within = self.inner("podcast:alternateEnclosure", number)
            for source in one.source:
                kind = source.content_type
                within.tag("podcast:source", uri=source.uri, contentType=kind)
            if one.integrity:
                within.tag("podcast:integrity", **_fields(one.integrity))

    def _value(self, one: ValueField) -> None:
        self.tag("podcast:value", **_fields(one, "recipient", "time_split"))
        within = self.inner("podcast:value", 0)
        within.recipients(one.recipient)
        for number, split in enumerate(one.time_split):
            within.tag(
                "podcast:valueTimeSplit",
                startTime=split.start,
                duration=split.duration,
                remoteStartTime=split.remote_start,
                remotePercentage=split.remote_percentage,
            )
            inside = within.inner("podcast:valueTimeSplit", number)
            if split.remote_item:
                inside.remote_item(split.remote_item)
            inside.recipients(split.recipient)

    def recipients(self, found: Iterable[RecipientField]) -> None:
        for one in found:
            self.tag(
                "podcast:valueRecipient",
                customKey=one.custom_key,
                customValue=one.custom_value,
                **_fields(one, "custom_key", "custom_value"),
            )


def _fields(value: Any, *without: str) -> dict[str, Any]:
    """The fields whose names are those of the attributes."""
    names = type(value).model_fields.keys() - set(without)
    return {name: getattr(value, name) for name in names}


def _legal(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: legal(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
