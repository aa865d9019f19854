"""From what staff wrote of a show to its public value."""

from datetime import datetime
from functools import partial

from peru_media.model.address import (
    episode_id,
)
from peru_media.model.categories import parse_category
from peru_media.model.files import (
    CollectionField,
    ShowFile,
)
from peru_media.model.podcast import PodcastShow
from peru_media.model.release import Ledger
from peru_media.model.site import Written
from peru_media.model.source import (
    Collection,
    Document,
    Funder,
    Funding,
    Owner,
    Show,
    Spotify,
)
from peru_media.rendering.choice import Chosen, show_cover_of
from peru_media.rendering.gallery import hung_show
from peru_media.rendering.papers import Binder
from peru_media.rendering.workshop import Workshop

__all__ = ["show_value"]

_AS_WRITTEN = (
    "title", "language", "author", "explicit", "type", "licence", "copyright", "links",
    "visibility", "locked", "new_url", "complete", "simple_chapters", "namespaces",
    "extra",
)  # fmt: skip


def show_value(
    desk: Workshop,
    written: Written[ShowFile],
    chosen: tuple[Chosen, ...],
    base_url: str,
) -> Show:
    """Make the public value of a show; ``chosen`` are the episodes that go out."""
    show = written.value
    said = hung_show(show.podcast, partial(desk.picture_in, written), base_url=base_url)
    return Show(
        **{name: getattr(show, name) for name in _AS_WRITTEN},
        slug=written.slug,
        guid=show.guid or "",
        description=written.body,
        timezone=desk.site.zone(written).key,
        owner=Owner(**show.owner.model_dump()) if show.owner else None,
        categories=tuple(parse_category(text) for text in show.categories),
        picture=desk.picture(show_cover_of(written), f"Cover of {show.title}"),
        card=desk.card(written.path, show.title),
        funding=tuple(Funding(**one.model_dump()) for one in show.funding),
        funders=tuple(Funder(**one.model_dump()) for one in show.funder),
        people=desk.people(written, show.people),
        collections=tuple(
            map(_collection, range(1, 1 + len(show.collections)), show.collections)
        ),
        documents=_show_documents(desk, written),
        feed_items=None if show.feed_items == "all" else show.feed_items,
        begun=_begun(desk.ledger, written, chosen),
        spotify=Spotify(**show.spotify.model_dump()) if show.spotify else None,
        podcast=None if said == PodcastShow() else said,
    )


def _begun(
    ledger: Ledger, show: Written[ShowFile], chosen: tuple[Chosen, ...]
) -> datetime | None:
    """When the first episode of a show came out, or will."""
    known = [e for e in ledger.episodes.values() if e.show == show.value.guid]
    firsts = [e.first for e in known if e.retired is None or e.first <= e.retired]
    firsts += [one.published for one in chosen if show.slug in one.written.value.show]
    return min(firsts, default=None)


def _collection(place: int, field: CollectionField) -> Collection:
    return Collection(
        name=field.name,
        title=field.title,
        season=field.season or place,
        description=field.description,
    )


def _show_documents(desk: Workshop, show: Written[ShowFile]) -> tuple[Document, ...]:
    binder = Binder(
        identity=episode_id(show.value.guid or "", ""),
        show=show.slug,
        prefix="",
        open=show.value.visibility == "public",
    )
    fields = show.value.documents
    return binder.bind(fields, desk.copies_of(show, fields))
