"""What programs read of a page: schema.org values as JSON-LD."""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from peru_media.model.address import feed_path, show_path
from peru_media.model.licence import Licence
from peru_media.model.moment import utc_text
from peru_media.model.source import Document, Episode, Person, Picture, Show
from peru_media.rendering.addresses import absolute, page_path, transcript_paths
from peru_media.rendering.characters import legal
from peru_media.rendering.citation import Work, makers
from peru_media.rendering.views import EpisodeFrame, Imprint, PaperFrame
from peru_media.rendering.words import kind_of

__all__ = ["data_block", "document_data", "episode_data", "home_data", "show_data"]

Data = dict[str, Any]

_ESCAPES = str.maketrans({one: f"\\u{ord(one):04x}" for one in "<>&\x85\u2028\u2029"})
_MEDIA = {"audio": "AudioObject", "video": "VideoObject", "pdf": "MediaObject"}
_MINUTE, _HOUR = 60, 3600


def data_block(*things: Data) -> Markup:
    """Write values as a data block of a page, from which no text can break out."""
    graph = {"@context": "https://schema.org", "@graph": [_full(one) for one in things]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    block = legal(text.translate(_ESCAPES))
    return Markup(f'<script type="application/ld+json">{block}</script>')  # noqa: S704  # nothing in it ends it


def home_data(imprint: Imprint) -> Markup:
    """Who publishes."""
    return data_block(_organisation(imprint))


def show_data(imprint: Imprint, show: Show, description: str, *, heard: bool) -> Markup:
    """A show as a ``PodcastSeries``, and the way that leads to it.

    ``heard`` is whether it has a feed yet.
    """
    series = _series(imprint, show.slug, show.title) | {
        "webFeed": imprint.base_url + feed_path(show.slug) if heard else None,
        "description": description,
        "inLanguage": show.language,
        "author": {"@type": "Organization", "name": show.author}
        if show.author
        else None,
        "publisher": _organisation(imprint),
        "image": _picture(imprint, show.picture),
        "license": _licence(show.licence),
        "identifier": f"urn:uuid:{show.guid}" if show.guid else None,
        "sameAs": [url for _, url in sorted(show.links.items())],
        "funder": [
            {"@type": "Organization", "name": one.name, "sameAs": one.ror}
            for one in show.funders
        ],
    }
    return data_block(series, _trail(imprint, (show_path(show.slug), show.title)))


def episode_data(
    imprint: Imprint, frame: EpisodeFrame, episode: Episode, description: str
) -> Markup:
    """An episode as a ``PodcastEpisode``, a document of its own as a ``Report``."""
    kind = kind_of(episode.enclosure.media_type)
    made = makers(episode.people)
    data = _work(imprint, frame.work) | {
        "@type": "Report" if kind == "pdf" else "PodcastEpisode",
        "description": description,
        "datePublished": utc_text(episode.published),
        "partOfSeries" if kind != "pdf" else "isPartOf": _series(
            imprint, frame.slug, frame.title
        ),
        "episodeNumber": episode.number if kind != "pdf" else None,
        "timeRequired": _length(episode.enclosure.duration),
        "isFamilyFriendly": False if episode.explicit else None,
        "associatedMedia": _medium(imprint, episode, kind),
        "author": [_person(one) for one in made] or None,
        "contributor": [_person(one) for one in episode.people if one not in made],
        "image": _picture(imprint, frame.picture),
        "license": _licence(frame.licence),
        "creativeWorkStatus": "Placeholder" if episode.stand_in else None,
    }
    trail = (show_path(frame.slug), frame.title), (page_path(episode), episode.title)
    return data_block(data, _trail(imprint, *trail))


def document_data(imprint: Imprint, frame: PaperFrame, document: Document) -> Markup:
    """A document as a ``Report``, and what it goes with."""
    held = frame.episode
    data = _work(imprint, frame.work) | {
        "@type": "Report",
        "description": document.summary,
        "datePublished": str(document.year) if document.year else None,
        "author": [{"@type": "Person", "name": name} for name in document.authors],
        "isPartOf": [
            _series(imprint, frame.slug, frame.title),
            *([{"@id": imprint.base_url + held.path}] if held else []),
        ],
        "numberOfPages": document.pages,
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": imprint.base_url + document.address,
            "encodingFormat": "application/pdf",
            "contentSize": str(document.size),
        },
        "license": _licence(document.licence),
    }
    trail = [(show_path(frame.slug), frame.title)]
    trail += [(held.path, held.title)] if held else []
    page = frame.work.address.removeprefix(imprint.base_url)
    return data_block(data, _trail(imprint, *trail, (page, document.title)))


def _full(data: Data) -> Data:
    """Only what is there: nothing says that it is empty."""
    return {
        name: _full(value) if isinstance(value, dict) else value
        for name, value in data.items()
        if value not in (None, "", [], {})
    }


def _work(imprint: Imprint, work: Work) -> Data:
    doi = f"https://doi.org/{work.doi}" if work.doi else None
    return {
        "@type": "",
        "@id": work.address,
        "url": work.address,
        "name": work.title,
        "inLanguage": work.language,
        "publisher": _organisation(imprint),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "DOI",
            "value": work.doi,
            "url": doi,
        }
        if doi
        else None,
        "sameAs": doi,
    }


def _series(imprint: Imprint, slug: str, title: str) -> Data:
    page = imprint.base_url + show_path(slug)
    return {
        "@type": "PodcastSeries",
        "@id": page,
        "name": title,
        "url": page,
        "webFeed": imprint.base_url + feed_path(slug),
    }


def _organisation(imprint: Imprint) -> Data:
    return {
        "@type": "Organization",
        "@id": imprint.ror,
        "name": imprint.organisation,
        "url": f"{imprint.base_url}/",
        "sameAs": imprint.ror,
    }


def _person(person: Person) -> Data:
    orcid = f"https://orcid.org/{person.orcid}" if person.orcid else None
    data = {"@id": orcid, "name": person.name, "url": person.url, "sameAs": orcid}
    return _full({"@type": "Person"} | data)


def _medium(imprint: Imprint, episode: Episode, kind: str) -> Data:
    medium, paths = episode.enclosure, transcript_paths(episode)
    words = paths.get("txt")
    return {
        "@type": _MEDIA[kind],
        "contentUrl": imprint.base_url + medium.address,
        "encodingFormat": medium.media_type,
        "contentSize": str(medium.size),
        "duration": _length(medium.duration),
        "transcript": imprint.base_url + words if words and kind != "pdf" else None,
    }


def _picture(imprint: Imprint, picture: Picture | None) -> str | None:
    return absolute(imprint.base_url, picture.address) if picture else None


def _licence(licence: Licence | None) -> str | None:
    return licence.url if licence else None


def _length(seconds: float | None) -> str | None:
    """A duration by ISO 8601: ``PT5M12S``."""
    if not seconds:
        return None
    hours, rest = divmod(round(seconds), _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    parts = ((hours, "H"), (minutes, "M"), (left, "S"))
    return "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")


def _trail(imprint: Imprint, *steps: tuple[str, str]) -> Data:
    listed: Iterable[tuple[str, str]] = (("/", imprint.organisation), *steps)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": imprint.base_url + path,
            }
            for place, (path, name) in enumerate(listed, start=1)
        ],
    }
