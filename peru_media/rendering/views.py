"""What each kind of page is made from; nothing else reaches a template."""

from datetime import datetime

from peru_media.model.address import asset_path
from peru_media.model.licence import Licence
from peru_media.model.source import Document, Episode, Picture, Show, Source
from peru_media.model.value import Value, digest
from peru_media.rendering.addresses import page_path
from peru_media.rendering.citation import Work, cited_document, cited_episode
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.theme import assets

__all__ = [
    "Card",
    "EpisodeFrame",
    "Imprint",
    "PaperFrame",
    "Row",
    "card",
    "episode_frame",
    "imprint",
    "paper_frame",
    "row",
]


class Imprint(Value):
    """What every page says of the site: who publishes it, and where it lies.

    ``style``, ``script`` and ``icon`` are public paths.
    """

    organisation: str
    ror: str | None
    contact: str | None
    base_url: str
    languages: tuple[str, ...]
    style: str
    script: str
    icon: str


class Card(Value):
    """A show as the home page lists it."""

    slug: str
    title: str
    description: str
    language: str
    timezone: str
    picture: Picture | None
    card: Picture | None
    episodes: int
    newest: datetime | None


class Row(Value):
    """An episode as its show's page lists it."""

    path: str
    title: str
    subtitle: str | None
    number: int | None
    collection: str | None
    type: str
    published: datetime
    language: str
    media_type: str
    duration: float | None
    pages: int | None
    stand_in: bool


class Related(Value):
    """Another episode that a page leads to."""

    path: str
    title: str
    language: str


class EpisodeFrame(Value):
    """What an episode's page takes from its show, and which others it leads to."""

    slug: str
    title: str
    language: str
    timezone: str
    listed: bool
    collection: str | None
    licence: Licence | None
    links: dict[str, str]
    picture: Picture | None
    card: Picture | None
    work: Work
    related: tuple[Related, ...]
    earlier: Related | None
    later: Related | None


class PaperFrame(Value):
    """What a document's page takes from its show, and from its episode if it has one.

    ``language`` is that of the show, ``spoken`` that of the document.
    """

    slug: str
    title: str
    language: str
    spoken: str
    listed: bool
    picture: Picture | None
    card: Picture | None
    work: Work
    episode: Related | None


def imprint(source: Source) -> Imprint:
    """Gather what every page says of a site."""
    return Imprint(
        organisation=source.organisation,
        ror=source.ror,
        contact=source.contact,
        base_url=source.base_url,
        languages=source.languages,
        **{
            name: asset_path(digest(text.encode()), kind)
            for name, (kind, text) in assets().items()
        },
    )


def card(show: Show, episodes: list[Episode]) -> Card:
    """Sum up a show."""
    return Card(
        slug=show.slug,
        title=show.title,
        description=show.description,
        language=show.language,
        timezone=show.timezone,
        picture=show.picture,
        card=show.card,
        episodes=len(episodes),
        newest=max((one.published for one in episodes), default=None),
    )


def row(episode: Episode) -> Row:
    """Sum up an episode."""
    return Row(
        path=page_path(episode),
        title=episode.title,
        subtitle=episode.subtitle,
        number=episode.number,
        collection=episode.collection,
        type=episode.type,
        published=episode.published,
        language=episode.language,
        media_type=episode.enclosure.media_type,
        duration=episode.enclosure.duration,
        pages=episode.enclosure.pages,
        stand_in=episode.stand_in,
    )


def episode_frame(
    episode: Episode, show: Show, ways: Ways, *, imprint: Imprint
) -> EpisodeFrame:
    """Gather what an episode's page needs besides the episode."""
    titles = {one.name: one.title for one in show.collections}
    return EpisodeFrame(
        slug=show.slug,
        title=show.title,
        language=show.language,
        timezone=show.timezone,
        listed=show.visibility == "public",
        collection=titles.get(episode.collection or ""),
        licence=episode.licence or show.licence,
        links=dict(sorted(show.links.items())),
        picture=episode.picture or show.picture,
        card=episode.card or show.card or episode.picture or show.picture,
        work=cited_episode(
            episode, show, organisation=imprint.organisation, base_url=imprint.base_url
        ),
        related=tuple(_related(one) for one in ways.related),
        earlier=next((_related(one) for one in ways.earlier), None),
        later=next((_related(one) for one in ways.later), None),
    )


def paper_frame(
    document: Document, show: Show, episode: Episode | None, *, imprint: Imprint
) -> PaperFrame:
    """Gather what a document's page needs besides the document."""
    spoken = episode.language if episode else show.language
    return PaperFrame(
        slug=show.slug,
        title=show.title,
        language=show.language,
        spoken=spoken,
        listed=show.visibility == "public",
        picture=(episode.picture if episode else None) or show.picture,
        card=(episode.card if episode else None) or show.card or show.picture,
        work=cited_document(
            document,
            show,
            spoken,
            organisation=imprint.organisation,
            base_url=imprint.base_url,
        ),
        episode=_related(episode) if episode else None,
    )


def _related(episode: Episode) -> Related:
    return Related(
        path=page_path(episode), title=episode.title, language=episode.language
    )
