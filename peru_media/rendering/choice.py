"""Who goes out, when, and how each published copy is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from peru_media.model.address import (
    episode_path,
)
from peru_media.model.contents import cover_of, images_of, medium_of
from peru_media.model.edits import sound_edits
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import CopyRecipe, CopyTags, FileFacts
from peru_media.model.files import (
    DocumentField,
    EpisodeFile,
    OnExpiry,
    PersonField,
    ShowFile,
)
from peru_media.model.identity import began, identity
from peru_media.model.release import Ledger
from peru_media.model.schedule import consent_ends, publish_moment
from peru_media.model.site import Site, Written
from peru_media.model.source import (
    Person,
)
from peru_media.rendering.marks import marks_of

__all__ = [
    "Chosen",
    "choose",
    "copy_recipe",
    "covers_of",
    "document_recipes",
    "named_pictures",
    "people_of",
    "pictures_of",
    "show_cover_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An episode that goes out, with its identity and its moments settled.

    Attributes:
        written: its file. show: the show that its page lies in.
        id: for ever. name: the slug at first publish.
        published, until: UTC. medium: the master, relative to the project; None
        where it is absent and its published copy is kept. open: whether anyone
        may read its media: out already, in a public show, and without an end.
    """

    written: Written[EpisodeFile]
    show: Written[ShowFile]
    id: str
    name: str
    published: datetime
    until: datetime | None
    medium: str | None
    open: bool


def choose(
    site: Site, *, facts: Mapping[str, FileFacts], ledger: Ledger, at: datetime
) -> tuple[Chosen, ...]:
    """Settle who goes out: every episode that is no draft, by id.

    An episode that the ledger knows keeps its name, and ``publish: now`` keeps
    the moment of its first publish.
    """
    found = (
        _chosen(site, written, facts=facts, ledger=ledger, at=at)
        for written in site.episodes
    )
    return tuple(
        sorted((c for c in found if c is not None), key=lambda chosen: chosen.id)
    )


def _chosen(
    site: Site,
    written: Written[EpisodeFile],
    *,
    facts: Mapping[str, FileFacts],
    ledger: Ledger,
    at: datetime,
) -> Chosen | None:
    show = site.show(written.value.show[0])
    if show is None:
        return None
    name = identity(site, written, ledger)
    if name is None:
        return None
    zone, known = site.zone(show), ledger.episodes.get(name)
    published = publish_moment(written.value, zone, now=began(known, at) or at)
    if published is None:
        return None
    until = _ends(written, site, zone)
    public = show.value.visibility == "public" and until is None
    medium = medium_of(written, facts)
    return Chosen(
        written=written,
        show=show,
        id=name,
        name=known.name if known else written.slug,
        published=published,
        until=until,
        medium=medium if medium in facts else None,
        open=public and published <= at,
    )


def _ends(episode: Written[EpisodeFile], site: Site, zone: ZoneInfo) -> datetime | None:
    """When the first consent ends that takes its episode with it, UTC."""
    records = (site.contributor(p.contributor or "") for p in episode.value.people)
    moments = [
        consent_ends(record.value, zone)
        for record in records
        if record is not None and record.value.on_expiry is OnExpiry.WITHDRAW
    ]
    found = [moment.astimezone(UTC) for moment in moments if moment is not None]
    return min(found, default=None)


def show_cover_of(show: Written[ShowFile]) -> str | None:
    """The cover of a show: the file that its fields name, where it lies there."""
    named = show.file(show.value.cover)
    return named if named in show.files else None


def copy_recipe(
    chosen: Chosen, site: Site, *, facts: Mapping[str, FileFacts], base_url: str
) -> CopyRecipe | None:
    """Say how an episode's copy is made; None where its master is absent."""
    if chosen.medium is None:
        return None
    cover = cover_of(chosen.written) or show_cover_of(chosen.show)
    edits = sound_edits(chosen.written.value)
    return CopyRecipe(
        master=chosen.medium,
        master_sha256=facts[chosen.medium].sha256,
        media_type=facts[chosen.medium].media_type,
        tags=_tags(chosen, site, base_url, facts),
        cover=cover,
        cover_sha256=facts[cover].sha256 if cover in facts and cover else None,
        settings=encoding_of(
            facts[chosen.medium],
            chosen.show.value.defaults,
            chosen.written.value.media,
            edited=bool(edits),
        ),
        edits=edits,
    )


def _tags(
    chosen: Chosen, site: Site, base_url: str, facts: Mapping[str, FileFacts]
) -> CopyTags:
    episode, show = chosen.written.value, chosen.show.value
    licence = episode.licence or show.licence
    return CopyTags(
        title=episode.title,
        album=show.title,
        artists=tuple(person.name for person in people_of(episode.people, site)),
        number=episode.number,
        season=episode.season,
        date=chosen.published.date().isoformat(),
        language=episode.language or show.language,
        licence=licence.name if licence else None,
        licence_url=licence.url if licence else None,
        guid=episode.guid,
        link=base_url + episode_path(chosen.show.slug, chosen.written.slug),
        chapters=marks_of(
            chosen.written, facts, duration=facts[chosen.medium or ""].duration
        ),
    )


def document_recipes(
    chosen: tuple[Chosen, ...],
    shows: tuple[Written[ShowFile], ...],
    facts: Mapping[str, FileFacts],
) -> dict[str, CopyRecipe]:
    """Say how the copies of all documents are made, by path of the original."""
    found: dict[str, CopyRecipe] = {}
    for show in shows:
        found |= _document_recipes(show, show.value.documents, show, facts)
    for one in chosen:
        documents = one.written.value.documents
        found |= _document_recipes(one.written, documents, one.show, facts)
    return found


def _document_recipes(
    folder: Written[EpisodeFile] | Written[ShowFile],
    documents: tuple[DocumentField, ...],
    show: Written[ShowFile],
    facts: Mapping[str, FileFacts],
) -> dict[str, CopyRecipe]:
    paths = {folder.file(document.file): document for document in documents}
    return {
        path: CopyRecipe(
            master=path,
            master_sha256=facts[path].sha256,
            media_type=facts[path].media_type,
            tags=CopyTags(
                title=document.title,
                album=show.value.title,
                language=folder.value.language or show.value.language,
            ),
        )
        for path, document in paths.items()
        if path in facts
    }


def pictures_of(
    chosen: tuple[Chosen, ...], shows: tuple[Written[ShowFile], ...]
) -> set[str]:
    """Every picture that the public will see: covers, chapters', people's."""
    return covers_of(chosen, shows) | named_pictures(chosen, shows)


def covers_of(
    chosen: tuple[Chosen, ...], shows: tuple[Written[ShowFile], ...]
) -> set[str]:
    """The covers of shows and episodes, which pages show in several sizes."""
    covers = {show_cover_of(show) for show in shows}
    covers |= {cover_of(one.written) for one in chosen}
    return {path for path in covers if path}


def named_pictures(
    chosen: tuple[Chosen, ...], shows: tuple[Written[ShowFile], ...]
) -> set[str]:
    """The pictures that chapters, people and tags name."""
    found = {
        s.file(person.image) for s in shows for person in s.value.people if person.image
    }
    found |= {show.file(name) for show in shows for _, name in images_of(show)}
    for one in chosen:
        episode = one.written
        found |= {episode.file(name) for _, name in images_of(episode)}
        images = [person.image for person in episode.value.people]
        images += [chapter.image for chapter in episode.value.chapters]
        found |= {episode.file(image) for image in images if image}
    return found


def people_of(people: tuple[PersonField, ...], site: Site) -> tuple[Person, ...]:
    """People by their public names; a contributor's record lends that name alone."""
    found = []
    for person in people:
        record = site.contributor(person.contributor or "")
        name = record.value.public_name if record else person.name
        if name:
            found.append(
                Person(
                    name=name,
                    role=person.role,
                    group=person.group,
                    orcid=person.orcid,
                    url=person.url,
                )
            )
    return tuple(found)
