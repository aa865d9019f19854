"""Pictures for one purpose each: files of a folder become addresses and pixels."""

from collections.abc import Callable, Iterable, Iterator
from math import gcd
from typing import TypeVar

from peru_media.model.alternate import ImageField
from peru_media.model.contents import walls
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.source import Picture

__all__ = ["hung_addresses", "hung_episode", "hung_show", "rehung"]

_Said = TypeVar("_Said", PodcastShow, PodcastEpisode)

Hang = Callable[[str], Picture | None]
"""Gives the published form of a picture by its name in the folder."""


def hung_show(said: PodcastShow, hang: Hang, *, base_url: str) -> PodcastShow:
    """A show's tags, with addresses instead of picture files."""
    lives = tuple(
        live.model_copy(update={"image": _hung(live.image, hang, base_url)})
        for live in said.live_item
    )
    update = {"image": _hung(said.image, hang, base_url), "live_item": lives}
    return said.model_copy(update=update)


def hung_episode(said: PodcastEpisode, hang: Hang, *, base_url: str) -> PodcastEpisode:
    """The same for an episode's."""
    return said.model_copy(update={"image": _hung(said.image, hang, base_url)})


def hung_addresses(
    said: PodcastShow | PodcastEpisode | None, *, base_url: str
) -> Iterator[str]:
    """The public paths of published pictures, where there are any."""
    for _, images in walls(said) if said else ():
        for image in images:
            yield (image.href or "").removeprefix(base_url)


def rehung(said: _Said | None, *, base_url: str, to: str) -> _Said | None:
    """The same tags for a feed whose own pictures lie below another address."""
    if said is None:
        return None

    def moved(images: Iterable[ImageField]) -> tuple[ImageField, ...]:
        return tuple(_moved(image, base_url=base_url, to=to) for image in images)

    update: dict[str, object] = {"image": moved(said.image)}
    if isinstance(said, PodcastShow):
        update["live_item"] = tuple(
            live.model_copy(update={"image": moved(live.image)})
            for live in said.live_item
        )
    return said.model_copy(update=update)


def _moved(image: ImageField, *, base_url: str, to: str) -> ImageField:
    address = image.href or ""
    if not address.startswith(f"{base_url}/assets/"):
        return image
    return image.model_copy(update={"href": to + address.removeprefix(base_url)})


def _hung(
    images: Iterable[ImageField], hang: Hang, base_url: str
) -> tuple[ImageField, ...]:
    """Each with its address; a file that could not be published is left out."""
    found = []
    for image in images:
        picture = hang(image.file) if image.file else None
        if picture is not None:
            found.append(_measured(image, picture, base_url))
        elif image.href is not None:
            found.append(image)
    return tuple(found)


def _measured(image: ImageField, picture: Picture, base_url: str) -> ImageField:
    """What was measured; what staff wrote of its size cannot be truer."""
    common = gcd(picture.width, picture.height)
    ratio = f"{picture.width // common}/{picture.height // common}"
    return image.model_copy(
        update={
            "href": base_url + picture.address,
            "file": None,
            "aspect_ratio": image.aspect_ratio or ratio,
            "width": picture.width,
            "height": picture.height,
            "type": picture.media_type,
        }
    )
