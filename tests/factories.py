"""Valid values for tests: each test changes the one thing that it is about.

    make_episode(title="Finding my feet")
    make_site(episodes=[make_episode(guid=None)])

Fields arrive as staff would write them (``start="1:30"``), and every written
field gets a place of its own: the top-level fields stand one below the other from
line 2 on, nested ones at their parent's line; a value begins where its field does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from peru_media.model.address import episode_id, media_key, media_path
from peru_media.model.enclosure import Enclosure
from peru_media.model.facts import FileFacts, FileKind, PictureFacts
from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    ShowFile,
    SiteFile,
    TombstoneField,
)
from peru_media.model.problem import Place
from peru_media.model.release import Ledger, LedgerEntry
from peru_media.model.site import Site, Steps, Written
from peru_media.model.value import Value, digest

__all__ = [
    "NOON",
    "SHOW_GUID",
    "facts_of",
    "make_consent",
    "make_enclosure",
    "make_episode",
    "make_facts",
    "make_guid",
    "make_ledger",
    "make_picture",
    "make_show",
    "make_site",
    "make_site_file",
]

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SHOW_GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"

T = TypeVar("T", bound=Value)

_PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
_SOUND = {
    "kind": FileKind.AUDIO,
    "duration": 271.3,
    "bit_rate": 64_000,
    "sample_rate": 44_100,
    "channels": 1,
}
_FILM = _SOUND | {"kind": FileKind.VIDEO}
_TEXT = {"kind": FileKind.TEXT}
_OTHERS: dict[str, dict[str, Any]] = {
    "mp3": _SOUND | {"media_type": "audio/mpeg", "codec": "mp3"},
    "m4a": _SOUND | {"media_type": "audio/x-m4a", "codec": "aac"},
    "wav": _SOUND | {"media_type": "audio/wav", "codec": "pcm"},
    "mp4": _FILM | {"media_type": "video/mp4"},
    "mov": _FILM | {"media_type": "video/quicktime"},
    "pdf": {
        "kind": FileKind.PDF,
        "media_type": "application/pdf",
        "pages": 12,
        "title": "A review",
        "language": "en-GB",
        "tagged": True,
    },
    "vtt": _TEXT | {"media_type": "text/vtt"},
    "srt": _TEXT | {"media_type": "application/x-subrip"},
    "json": _TEXT | {"media_type": "application/json"},
    "html": _TEXT | {"media_type": "text/html"},
    "txt": _TEXT | {"media_type": "text/plain"},
}


def make_guid(slug: str) -> str:
    """A guid as ``new`` would mint one, always the same for one slug."""
    h = digest(slug.encode())
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:32]}"


def make_site_file(**one_change: Any) -> Written[SiteFile]:
    """``feeds/site.yaml`` of a small research unit."""
    fields = {
        "organisation": {"name": "PERU"},
        "timezone": "Europe/London",
        "targets": {
            "local": {
                "store": ".peru-media/store",
                "base_url": "http://127.0.0.1:8000",
            }
        },
    }
    return _written(SiteFile, "feeds/site.yaml", "", fields | one_change)


def make_show(
    *,
    slug: str = "personalisation",
    body: str = "Research about services that answer to people.\n",
    files: Iterable[str] = ("cover.png",),
    **one_change: Any,
) -> Written[ShowFile]:
    """A show with nothing to complain of; ``files`` lie in its folder."""
    fields = {
        "title": "Personalisation",
        "guid": SHOW_GUID if slug == "personalisation" else make_guid(slug),
        "language": "en-GB",
        "author": "PERU",
        "owner": {"name": "PERU", "email": "podcasts@example.org"},
        "categories": ["Science > Social Sciences"],
        "explicit": "false",
    }
    path = f"feeds/{slug}/show.md"
    return _written(ShowFile, path, slug, fields | one_change, body, files)


def make_episode(
    *,
    slug: str = "finding-my-feet",
    body: str = "Amy tells how she found her feet.\n",
    files: Iterable[str] = ("audio.mp3", "transcript.vtt"),
    folder: str = "episodes",
    **one_change: Any,
) -> Written[EpisodeFile]:
    """An audio episode, published a month ago, with nothing to complain of.

    ``files`` lie in its folder; ``folder`` is where that folder lies.
    """
    fields = {
        "show": "personalisation",
        "guid": make_guid(slug),
        "title": slug.replace("-", " ").capitalize(),
        "publish": "2026-11-01 09:00",
    }
    path = f"{folder}/{slug}/episode.md"
    return _written(EpisodeFile, path, slug, fields | one_change, body, files)


def make_consent(
    *, slug: str | None = None, **one_change: Any
) -> Written[ConsentRecord]:
    """The consent of one contributor: everything but video, valid for years."""
    fields = {
        "id": "c-017",
        "public_name": "Dan",
        "name_kind": "pseudonym",
        "scope": ["podcast", "website", "transcript"],
        "obtained": "2026-03-31",
        "expires": "2030-03-31",
    }
    name = slug or str(one_change.get("id", fields["id"]))
    path = f"feeds/contributors/{name}.yaml"
    return _written(ConsentRecord, path, name, fields | one_change)


def make_site(
    *,
    site: Written[SiteFile] | None = None,
    shows: Iterable[Written[ShowFile]] | None = None,
    episodes: Iterable[Written[EpisodeFile]] | None = None,
    contributors: Iterable[Written[ConsentRecord]] = (),
    withdrawn: Iterable[TombstoneField] = (),
) -> Site:
    """One show with one episode, unless told otherwise."""
    return Site(
        site=site or make_site_file(),
        shows=tuple([make_show()] if shows is None else shows),
        episodes=tuple([make_episode()] if episodes is None else episodes),
        contributors=tuple(contributors),
        withdrawn=tuple(withdrawn),
    )


def make_picture(**one_change: Any) -> PictureFacts:
    """A cover as Apple wants it."""
    fields: dict[str, Any] = {
        "media_type": "image/png",
        "width": 1400,
        "height": 1400,
        "mode": "RGB",
    }
    return PictureFacts.model_validate(fields | one_change)


def make_facts(path: str = "audio.mp3", **one_change: Any) -> FileFacts:
    """What probing would say of a good file, by the ending of its name."""
    ending = path.rpartition(".")[2]
    fields: dict[str, Any] = {"size": 1_234_567, "sha256": digest(path.encode())}
    return FileFacts.model_validate(fields | _facts(ending) | one_change)


def facts_of(
    site: Site, changed: Mapping[str, FileFacts] | None = None
) -> dict[str, FileFacts]:
    """Good facts of every file of a site, but for those that a test changes."""
    paths = [path for show in site.shows for path in show.files]
    paths += [path for episode in site.episodes for path in episode.files]
    return {path: make_facts(path) for path in paths} | dict(changed or {})


def make_ledger(site: Site, **one_change: Any) -> Ledger:
    """The ledger after all of a site was published once.

    ``one_change`` changes every entry.
    """
    shows = {s.slug: s.value.guid for s in site.shows if s.value.guid}
    entries = {}
    for episode in site.episodes:
        entry = _entry(episode, shows[episode.value.show[0]], one_change)
        entries[entry.id] = entry
    return Ledger(shows=shows, episodes=entries)


def make_enclosure(identity: str, name: str, **one_change: Any) -> Enclosure:
    """The published MP3 copy of an episode."""
    sha256 = digest(b"copy of " + name.encode())
    fields = {
        "address": media_path(identity, sha256, f"{name}.mp3"),
        "key": media_key(identity, sha256, f"{name}.mp3", public=True),
        "media_type": "audio/mpeg",
        "size": 1_200_000,
        "sha256": sha256,
        "duration": 271.3,
        "bit_rate": 64_000,
    }
    return Enclosure.model_validate(fields | one_change)


def _entry(
    episode: Written[EpisodeFile], show_guid: str, change: dict[str, Any]
) -> LedgerEntry:
    guid = episode.value.guid or make_guid(episode.slug)
    identity = episode_id(show_guid, guid)
    fields = {
        "show": show_guid,
        "guid": guid,
        "id": identity,
        "name": episode.slug,
        "slug": episode.slug,
        "first": datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
        "made_from": digest(b"recipe of " + guid.encode()),
        "master_sha256": make_facts(episode.file("audio.mp3")).sha256,
        "enclosure": make_enclosure(identity, episode.slug),
    }
    return LedgerEntry.model_validate(fields | change)


def _facts(ending: str) -> dict[str, Any]:
    if ending in _PICTURES:
        kind = _PICTURES[ending]
        picture = make_picture(media_type=kind)
        return {"kind": FileKind.PICTURE, "media_type": kind, "picture": picture}
    return _OTHERS.get(
        ending, {"kind": FileKind.OTHER, "media_type": "application/octet-stream"}
    )


def _written(
    model: type[T],
    path: str,
    slug: str,
    fields: dict[str, Any],
    body: str = "",
    files: Iterable[str] = (),
) -> Written[T]:
    changed = {name: value for name, value in fields.items() if value is not None}
    folder = path[: path.rindex("/") + 1]
    places = dict(_places(path, changed))
    return Written(
        path=path,
        slug=slug,
        value=model.model_validate(changed),
        body=body,
        places=places,
        values=places,
        body_line=len(changed) + 3,
        files=tuple(sorted(folder + name for name in files)),
    )


def _places(path: str, fields: dict[str, Any]) -> Iterator[tuple[Steps, Place]]:
    for line, (name, value) in enumerate(fields.items(), start=2):
        yield from _placed((name,), value, Place(path, line, 1))


def _placed(steps: Steps, value: object, place: Place) -> Iterator[tuple[Steps, Place]]:
    yield steps, place
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, list | tuple):
        inner = enumerate(value)
    for column, (key, item) in enumerate(inner, start=1):
        deeper = Place(place.path, place.line, place.column + 2 * column)
        yield from _placed((*steps, key), item, deeper)
