"""From what staff wrote to the public values: names for records, copies for masters."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from peru_media.model.address import (
    asset_key,
    asset_path,
    episode_id,
    extension,
    media_key,
    media_path,
)
from peru_media.model.categories import parse_category
from peru_media.model.contents import cover_of, transcript_of
from peru_media.model.enclosure import Enclosure
from peru_media.model.facts import FileFacts
from peru_media.model.files import (
    ChapterField,
    CollectionField,
    DocumentField,
    EpisodeFile,
    PersonField,
    ShowFile,
)
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.release import Ledger
from peru_media.model.site import Site, Written
from peru_media.model.source import (
    Chapter,
    Collection,
    Document,
    Episode,
    Funder,
    Funding,
    Owner,
    Person,
    Picture,
    Show,
    Soundbite,
    Source,
    Spotify,
    Transcript,
)
from peru_media.rendering.choice import Chosen, named_pictures, people_of, show_cover_of
from peru_media.rendering.copied import Copied
from peru_media.rendering.gallery import hung_episode, hung_show
from peru_media.rendering.papers import Binder
from peru_media.rendering.unit import publisher_guid

__all__ = ["Deliverable", "Workshop", "assemble", "deliverables"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """A file to be sent to the store as it is."""

    key: str
    path: Path
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Everything that public values are made with.

    Attributes:
        facts: of every file, by path. ledger: of the live release.
        copies: published copies by the path of their master; an episode without
            one keeps the copy that the ledger knows.
        pictures: published pictures by the path of their original.
    """

    site: Site
    facts: Mapping[str, FileFacts]
    ledger: Ledger
    copies: Mapping[str, Copied]
    pictures: Mapping[str, Copied]

    def picture(self, path: str | None, alt: str = "") -> Picture | None:
        """The published form of a picture, where there is one."""
        copied = self.pictures.get(path or "")
        if copied is None or copied.facts.picture is None:
            return None
        return Picture(
            address=asset_path(copied.facts.sha256, copied.facts.media_type),
            sha256=copied.facts.sha256,
            media_type=copied.facts.media_type,
            width=copied.facts.picture.width,
            height=copied.facts.picture.height,
            size=copied.facts.size,
            alt=alt,
        )

    def copies_of(
        self,
        written: Written[EpisodeFile] | Written[ShowFile],
        documents: tuple[DocumentField, ...],
    ) -> dict[str, Copied]:
        """The published copies of documents, by the files that the fields name."""
        paths = {field.file: written.file(field.file) for field in documents}
        return {
            file: self.copies[path]
            for file, path in paths.items()
            if path in self.copies
        }

    def address(self, path: str | None) -> str | None:
        """Where the published form of a picture is found."""
        picture = self.picture(path)
        return picture.address if picture else None


def assemble(desk: Workshop, chosen: tuple[Chosen, ...], *, base_url: str) -> Source:
    """Make the public values of everything that goes out, for one base address."""
    site = desk.site
    organisation = site.site.value.organisation
    going_out = {one.written.slug for one in chosen}
    named = sorted(named_pictures(chosen, site.shows))
    return Source(
        organisation=organisation.name,
        ror=organisation.ror,
        publisher_guid=organisation.guid or publisher_guid(desk.ledger, base_url),
        podroll=site.site.value.podroll,
        hubs=site.site.value.announce,
        timezone=site.site.value.timezone,
        base_url=base_url,
        shows=tuple(
            _show(desk, show, chosen, base_url)
            for show in site.shows
            if show.value.guid
        ),
        episodes=tuple(_episode(desk, one, going_out, base_url) for one in chosen),
        pictures=tuple(p for path in named if (p := desk.picture(path)) is not None),
    )


def _show(
    desk: Workshop,
    written: Written[ShowFile],
    chosen: tuple[Chosen, ...],
    base_url: str,
) -> Show:
    show = written.value
    said = hung_show(show.podcast, partial(_hang, desk, written), base_url=base_url)
    return Show(
        slug=written.slug,
        guid=show.guid or "",
        title=show.title,
        description=written.body,
        language=show.language,
        timezone=desk.site.zone(written).key,
        author=show.author,
        owner=Owner(**show.owner.model_dump()) if show.owner else None,
        categories=tuple(parse_category(text) for text in show.categories),
        explicit=show.explicit,
        type=show.type,
        picture=desk.picture(show_cover_of(written), f"Cover of {show.title}"),
        licence=show.licence,
        copyright=show.copyright,
        funding=tuple(Funding(**one.model_dump()) for one in show.funding),
        funders=tuple(Funder(**one.model_dump()) for one in show.funder),
        links=show.links,
        people=_named(desk, written, show.people),
        collections=tuple(
            map(_collection, range(1, 1 + len(show.collections)), show.collections)
        ),
        documents=_show_documents(desk, written),
        visibility=show.visibility,
        locked=show.locked,
        feed_items=None if show.feed_items == "all" else show.feed_items,
        begun=_begun(desk.ledger, written, chosen),
        new_url=show.new_url,
        complete=show.complete,
        simple_chapters=show.simple_chapters,
        spotify=Spotify(**show.spotify.model_dump()) if show.spotify else None,
        podcast=None if said == PodcastShow() else said,
        namespaces=show.namespaces,
        extra=show.extra,
    )


def _hang(
    desk: Workshop, written: Written[EpisodeFile] | Written[ShowFile], name: str
) -> Picture | None:
    return desk.picture(written.file(name))


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


def _named(
    desk: Workshop,
    written: Written[EpisodeFile] | Written[ShowFile],
    people: tuple[PersonField, ...],
) -> tuple[Person, ...]:
    """People with their pictures."""
    pictures = [
        desk.address(written.file(one.image)) if one.image else None for one in people
    ]
    return tuple(
        person.model_copy(update={"image": picture})
        for person, picture in zip(people_of(people, desk.site), pictures, strict=True)
    )


_AS_WRITTEN = (
    "title", "subtitle", "number", "season", "collection", "type", "content_note",
    "doi", "cite", "redirect_from", "location", "extra",
)  # fmt: skip


def _episode(
    desk: Workshop, chosen: Chosen, going_out: Container[str], base_url: str
) -> Episode:
    episode, show = chosen.written.value, chosen.show.value
    hang = partial(_hang, desk, chosen.written)
    said = hung_episode(episode.podcast, hang, base_url=base_url)
    return Episode(
        **{name: getattr(episode, name) for name in _AS_WRITTEN},
        id=chosen.id,
        name=chosen.name,
        slug=chosen.written.slug,
        shows=episode.show,
        guid=episode.guid or "",
        published=chosen.published,
        until=chosen.until,
        enclosure=_enclosure(desk, chosen),
        notes=chosen.written.body,
        language=episode.language or show.language,
        explicit=show.explicit if episode.explicit is None else episode.explicit,
        licence=episode.licence or show.licence,
        people=_named(desk, chosen.written, episode.people),
        chapters=tuple(_chapter(desk, chosen.written, one) for one in episode.chapters),
        transcript=_transcript(desk, chosen),
        waiver=episode.transcript.waiver.reason if episode.transcript.waiver else None,
        documents=_episode_documents(desk, chosen),
        soundbites=tuple(Soundbite(**one.model_dump()) for one in episode.soundbites),
        picture=desk.picture(cover_of(chosen.written), f"Cover of {episode.title}"),
        stand_in=episode.media.stand_in,
        related=tuple(slug for slug in episode.related if slug in going_out),
        podcast=None if said == PodcastEpisode() else said,
    )


def _episode_documents(desk: Workshop, chosen: Chosen) -> tuple[Document, ...]:
    binder = Binder(
        identity=chosen.id,
        show=chosen.show.slug,
        prefix=f"{chosen.name}-",
        open=chosen.open,
    )
    fields = chosen.written.value.documents
    return binder.bind(fields, desk.copies_of(chosen.written, fields))


def _show_documents(desk: Workshop, show: Written[ShowFile]) -> tuple[Document, ...]:
    binder = Binder(
        identity=episode_id(show.value.guid or "", ""),
        show=show.slug,
        prefix="",
        open=show.value.visibility == "public",
    )
    fields = show.value.documents
    return binder.bind(fields, desk.copies_of(show, fields))


def _chapter(
    desk: Workshop, written: Written[EpisodeFile], field: ChapterField
) -> Chapter:
    return Chapter(
        start=field.start,
        title=field.title,
        url=field.url,
        image=desk.address(written.file(field.image)) if field.image else None,
        image_alt=field.image_alt,
    )


def _enclosure(desk: Workshop, chosen: Chosen) -> Enclosure:
    copied = desk.copies.get(chosen.medium or "")
    if copied is None:
        kept = desk.ledger.episodes[chosen.id].enclosure
        if kept is None:
            msg = f"{chosen.written.path}: neither a recording nor a published copy"
            raise ValueError(msg)
        return _placed(kept, public=chosen.open)
    master = desk.facts[chosen.medium or ""]
    file_name = f"{chosen.name}.{extension(copied.facts.media_type)}"
    return Enclosure(
        address=media_path(chosen.id, copied.facts.sha256, file_name),
        key=media_key(chosen.id, copied.facts.sha256, file_name, public=chosen.open),
        media_type=copied.facts.media_type,
        size=copied.facts.size,
        sha256=copied.facts.sha256,
        duration=master.duration,
        bit_rate=master.bit_rate,
        pages=master.pages,
    )


def _placed(medium: Enclosure, *, public: bool) -> Enclosure:
    """The same medium, where it may lie now: open to anyone, or held."""
    rest = medium.key.partition("/")[2]
    return medium.model_copy(update={"key": f"{'public' if public else 'held'}/{rest}"})


def _transcript(desk: Workshop, chosen: Chosen) -> Transcript | None:
    path = transcript_of(chosen.written)
    if path is None or path not in desk.facts:
        return None
    field = chosen.written.value.transcript
    return Transcript(
        sha256=desk.facts[path].sha256,
        media_type=_TEXT_TYPES[PurePosixPath(path).suffix],
        language=chosen.written.value.language or chosen.show.value.language,
        made_by=field.made_by,
        checked=field.checked.isoformat() if field.checked else None,
    )


_TEXT_TYPES = {
    ".html": "text/html",
    ".json": "application/json",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
}


def deliverables(
    source: Source, copies: Mapping[str, Copied], pictures: Mapping[str, Copied]
) -> tuple[Deliverable, ...]:
    """The files behind a source's media, documents and pictures that lie here.

    A medium whose published copy is kept has none.
    """
    here = {copied.facts.sha256: copied for copied in copies.values()}
    wanted = [(e.enclosure.key, e.enclosure.sha256) for e in source.episodes]
    documents = [d for e in source.episodes for d in e.documents]
    documents += [d for show in source.shows for d in show.documents]
    wanted += [(document.key, document.sha256) for document in documents]
    files = {key: here[sha256] for key, sha256 in wanted if sha256 in here}
    for copied in pictures.values():
        files[asset_key(copied.facts.sha256, copied.facts.media_type)] = copied
    return tuple(
        Deliverable(
            key=key,
            path=copied.path,
            sha256=copied.facts.sha256,
            size=copied.facts.size,
            media_type=copied.facts.media_type,
        )
        for key, copied in sorted(files.items())
    )
