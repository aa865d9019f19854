"""What programs read of a page, as schema.org has it."""

import json
from typing import Any

import pytest

from peru_media.model.licence import Licence
from peru_media.model.source import Document, Episode, Funder, Person
from peru_media.rendering.linked_data import (
    data_block,
    document_data,
    episode_data,
    home_data,
    show_data,
)
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.views import Imprint, episode_frame, paper_frame
from tests.rendering.samples import (
    BASE,
    make_document,
    make_episode,
    make_picture,
    make_rich_episode,
    make_show,
)

IMPRINT = Imprint(
    organisation="PERU",
    ror="https://ror.org/02hstj355",
    contact=None,
    base_url=BASE,
    languages=("en-GB",),
    style="/assets/style.css",
    script="/assets/player.js",
    icon="/assets/icon.svg",
)
HERE = f"{BASE}/personalisation"
OURS = {
    "@type": "Organization",
    "@id": "https://ror.org/02hstj355",
    "name": "PERU",
    "url": f"{BASE}/",
    "sameAs": "https://ror.org/02hstj355",
}
SERIES = {
    "@type": "PodcastSeries",
    "@id": HERE,
    "name": "Personalisation",
    "url": HERE,
    "webFeed": f"{HERE}/feed.xml",
}


def _graph(block: str) -> list[Any]:
    start, end = '<script type="application/ld+json">', "</script>"
    assert block.startswith(start)
    assert block.endswith(end)
    read = json.loads(block.removeprefix(start).removesuffix(end))
    assert read["@context"] == "https://schema.org"
    graph: list[Any] = read["@graph"]
    return graph


def _episode(episode: Episode) -> list[Any]:
    frame = episode_frame(episode, make_show(), Ways(), imprint=IMPRINT)
    return _graph(episode_data(IMPRINT, frame, episode, "What it is."))


def _document(document: Document, episode: Episode | None = None) -> list[Any]:
    frame = paper_frame(document, make_show(), episode, imprint=IMPRINT)
    return _graph(document_data(IMPRINT, frame, document))


def _steps(trail: dict[str, Any]) -> list[tuple[int, str, str]]:
    assert trail["@type"] == "BreadcrumbList"
    items = trail["itemListElement"]
    return [(item["position"], item["name"], item["item"]) for item in items]


def test_an_episode_says_what_it_is_of_whom_and_under_which_licence() -> None:
    people = (
        Person(name="Ann", role="host", orcid="0000-0002-1825-0097"),
        Person(name="Dan", role="guest", url="https://e.org/dan"),
        Person(name="Eve", role="audio engineer"),
    )
    data, trail = _episode(make_rich_episode(people=people))

    assert data == {
        "@type": "PodcastEpisode",
        "@id": f"{HERE}/rich",
        "url": f"{HERE}/rich",
        "name": "The story rich",
        "description": "What it is.",
        "inLanguage": "en-GB",
        "datePublished": "2026-03-03T09:00:00Z",
        "episodeNumber": 3,
        "partOfSeries": SERIES,
        "publisher": OURS,
        "timeRequired": "PT5M12S",
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": BASE + make_rich_episode().enclosure.address,
            "encodingFormat": "audio/mpeg",
            "contentSize": "17345678",
            "duration": "PT5M12S",
            "transcript": f"{HERE}/rich/transcript.txt",
        },
        "author": [
            {
                "@type": "Person",
                "@id": "https://orcid.org/0000-0002-1825-0097",
                "name": "Ann",
                "sameAs": "https://orcid.org/0000-0002-1825-0097",
            },
            {"@type": "Person", "name": "Dan", "url": "https://e.org/dan"},
        ],
        "contributor": [{"@type": "Person", "name": "Eve"}],
        "image": BASE + make_picture("rich").address,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "DOI",
            "value": "10.1234/rich",
            "url": "https://doi.org/10.1234/rich",
        },
        "sameAs": "https://doi.org/10.1234/rich",
    }
    assert _steps(trail) == [
        (1, "PERU", f"{BASE}/"),
        (2, "Personalisation", HERE),
        (3, "The story rich", f"{HERE}/rich"),
    ]


@pytest.mark.parametrize(
    ("media_type", "kind", "medium"),
    [
        ("video/mp4", "PodcastEpisode", "VideoObject"),
        ("application/pdf", "Report", "MediaObject"),
    ],
)
def test_a_film_and_a_document_are_what_they_are(
    media_type: str, kind: str, medium: str
) -> None:
    changes = {"media_type": media_type, "duration": None}
    enclosure = make_episode().enclosure.model_copy(update=changes)
    data = _episode(make_rich_episode(enclosure=enclosure))[0]

    assert (data["@type"], data["associatedMedia"]["@type"]) == (kind, medium)
    assert "duration" not in data["associatedMedia"]
    assert ("episodeNumber" in data) is (kind == "PodcastEpisode")


def test_a_stand_in_and_a_warning_are_told_to_programs_too() -> None:
    data = _episode(make_episode(stand_in=True, explicit=True))[0]

    assert data["creativeWorkStatus"] == "Placeholder"
    assert data["isFamilyFriendly"] is False


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "PT0S"), (45, "PT45S"), (60, "PT1M"), (3600, "PT1H"), (3661, "PT1H1M1S")],
)
def test_lengths_are_those_of_iso_8601(seconds: float, said: str) -> None:
    update = {"duration": seconds}
    enclosure = make_episode().enclosure.model_copy(update=update)

    assert _episode(make_episode(enclosure=enclosure))[0]["timeRequired"] == said


def test_a_show_says_where_its_feed_is_once_it_has_one() -> None:
    show = make_show(
        links={"apple": "https://a.org"},
        funders=(Funder(name="A council", ror="https://ror.org/1"),),
    )
    data, trail = _graph(show_data(IMPRINT, show, "What it is.", heard=True))

    assert data == {
        **SERIES,
        "description": "What it is.",
        "inLanguage": "en-GB",
        "author": {"@type": "Organization", "name": "PERU"},
        "publisher": OURS,
        "image": BASE + make_picture("show").address,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "identifier": "urn:uuid:5cd87abd-e6cc-5f88-bdf7-7be85cce2993",
        "sameAs": ["https://a.org"],
        "funder": [
            {
                "@type": "Organization",
                "name": "A council",
                "sameAs": "https://ror.org/1",
            }
        ],
    }
    assert len(_steps(trail)) == 2
    silent = make_show(author=None, guid="", licence=None, picture=None)
    bare = _graph(show_data(IMPRINT, silent, "", heard=False))[0]
    assert set(bare) == {"@type", "@id", "name", "url", "inLanguage", "publisher"}


def test_a_document_is_a_report_and_part_of_what_it_goes_with() -> None:
    document = make_document(
        authors=("Fox, Chris",),
        year=2024,
        pages=12,
        summary="What is known.",
        licence=Licence.model_validate("CC-BY-4.0"),
    )
    data, trail = _document(document, make_episode())

    assert data["@type"] == "Report"
    assert data["author"] == [{"@type": "Person", "name": "Fox, Chris"}]
    assert (data["datePublished"], data["numberOfPages"]) == ("2024", 12)
    assert data["isPartOf"] == [SERIES, {"@id": f"{HERE}/first"}]
    assert data["encoding"]["contentUrl"] == f"{HERE}/documents/review.pdf"
    assert [name for _, name, _ in _steps(trail)] == [
        "PERU", "Personalisation", "The story first", "A review of co-creation",
    ]  # fmt: skip
    bare, short = _document(make_document())
    assert {"author", "datePublished", "license"}.isdisjoint(bare)
    assert bare["isPartOf"] == [SERIES]
    assert len(_steps(short)) == 3


def test_home_says_who_publishes() -> None:
    assert _graph(home_data(IMPRINT)) == [OURS]


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>&lt;",
        "\u2028\u2029\x85\r\n\t\\u003c",
        '"}],"@graph":[',
    ],
)
def test_no_text_ends_its_block(text: str) -> None:
    block = data_block({"name": text})

    assert not set("<>&\u2028\u2029\x85\r\n").intersection(
        block.removeprefix('<script type="application/ld+json">').removesuffix(
            "</script>"
        )
    )
    assert _graph(block) == [{"name": text}]
