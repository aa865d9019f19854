"""The place that a show or an episode is about, or comes from."""

from typing import Annotated, Literal

from peru_media.model.form import Form
from peru_media.model.scalars import Country, Named
from peru_media.model.tag import Tag

__all__ = ["LocationField"]

Geo = Annotated[
    str,
    Form(
        r"geo:-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?(,-?[0-9]+(\.[0-9]+)?)?(;[^\s;]+)*",
        "is not a geo address",
        "Write latitude and longitude like geo:53.47,-2.24.",
    ),
]
Osm = Annotated[
    str,
    Form(
        r"[NWR][0-9]+(#[0-9]+)?",
        "is not an OpenStreetMap object",
        "Write N, W or R and its number, like R146656.",
    ),
]


class LocationField(Tag):
    """A place (``podcast:location``): what it is about, or where it was made."""

    name: Named
    geo: Geo | None = None
    osm: Osm | None = None
    country: Country | None = None
    rel: Literal["subject", "creator"] | None = None
