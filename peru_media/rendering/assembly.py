"""From what staff wrote to the public values: names for records, copies for masters."""

from peru_media.model.source import (
    Source,
)
from peru_media.rendering.choice import Chosen, named_pictures
from peru_media.rendering.episode_value import episode_value
from peru_media.rendering.show_value import show_value
from peru_media.rendering.unit import publisher_guid
from peru_media.rendering.workshop import Workshop

__all__ = ["assemble"]


def assemble(desk: Workshop, chosen: tuple[Chosen, ...], *, base_url: str) -> Source:
    """Make the public values of everything that goes out, for one base address."""
    site = desk.site
    organisation = site.site.value.organisation
    going_out = {one.written.slug for one in chosen}
    named = sorted(named_pictures(chosen, site.shows))
    return Source(
        organisation=organisation.name,
        ror=organisation.ror,
        contact=organisation.contact or _owner(desk),
        languages=site.site.value.languages,
        publisher_guid=organisation.guid or publisher_guid(desk.ledger, base_url),
        podroll=site.site.value.podroll,
        hubs=site.site.value.announce,
        timezone=site.site.value.timezone,
        base_url=base_url,
        shows=tuple(
            show_value(desk, show, chosen, base_url)
            for show in site.shows
            if show.value.guid
        ),
        episodes=tuple(episode_value(desk, one, going_out, base_url) for one in chosen),
        pictures=tuple(p for path in named if (p := desk.picture(path)) is not None),
    )


def _owner(desk: Workshop) -> str | None:
    """Whom the first show names, where the organisation names nobody."""
    owners = (show.value.owner for show in desk.site.shows)
    return next((owner.email for owner in owners if owner), None)
