"""A page's header says how it is cited, as the page itself does."""

import re
from datetime import timedelta

import pytest

from peru_media.model.forms import CITATION_KINDS
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.pages import episode_page, privacy_page
from peru_media.rendering.release import render
from peru_media.rendering.share_pages import document_page
from peru_media.rendering.views import episode_frame, imprint, paper_frame
from peru_media.rendering.voice import voice_of
from tests.releases import Planned, page, publish_release
from tests.rendering.samples import (
    BASE,
    NOON,
    TEXTS,
    make_document,
    make_rich_episode,
    make_show,
    make_source,
)
from tests.server.conftest import Serve
from tests.server.stores import TroubledStore

IMPRINT = imprint(make_source())
VOICE = voice_of("en-GB")
AT = "/personalisation/rich"


def _episode(doi: str | None) -> str:
    episode = make_rich_episode(doi=doi)
    frame = episode_frame(episode, make_show(), Ways(), imprint=IMPRINT)
    return episode_page(
        IMPRINT,
        frame,
        episode,
        notes="",
        transcript=b"",
        waveform=b"",
        voice=VOICE,
    ).decode()


def _described(page: str) -> list[str]:
    return [
        f'<{BASE}{page}/cite.{kind}>; rel="describedby"; type="{media_type}"'
        for kind, media_type in CITATION_KINDS.items()
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_episode_tells_programs_its_doi_and_its_citations(
    method: str, store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {AT: page(_episode("10.1234/rich"))})

    link = serve(store).ask(AT, method).headers["link"]

    cite_as = '<https://doi.org/10.1234/rich>; rel="cite-as"'
    assert link.split(", ") == [cite_as, *_described(AT)]


def test_a_document_tells_them_too(store: TroubledStore, serve: Serve) -> None:
    document = make_document(doi="10.1234/review")
    frame = paper_frame(document, make_show(), None, imprint=IMPRINT)
    made = document_page(IMPRINT, frame, document, voice=VOICE).decode()
    at = "/personalisation/documents/review"
    publish_release(store, {at: page(made)})

    link = serve(store).ask(at).headers["link"]

    cite_as = '<https://doi.org/10.1234/review>; rel="cite-as"'
    assert link.split(", ") == [cite_as, *_described(at)]


def test_without_a_doi_the_citations_alone_are_named(
    store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {AT: page(_episode(None))})

    assert serve(store).ask(AT).headers["link"].split(", ") == _described(AT)


def test_no_doi_breaks_out_of_the_header(store: TroubledStore, serve: Serve) -> None:
    hostile = '10.1234/>;rel="x",<a\N{LATIN SMALL LETTER E WITH ACUTE}'
    publish_release(store, {AT: page(_episode(hostile))})

    link = serve(store).ask(AT).headers["link"]

    cite_as, *described = re.split(r", (?=<http)", link)
    assert described == _described(AT)
    assert re.fullmatch(r"<https://doi\.org/[^<>\s\"]+>; rel=\"cite-as\"", cite_as)


@pytest.mark.parametrize("kind", ["page", "html"])
def test_other_pages_and_what_people_wrote_name_nothing(
    kind: str, store: TroubledStore, serve: Serve
) -> None:
    made = privacy_page(IMPRINT, voice=VOICE).decode()
    said = '<p>&lt;link rel="cite-as" href="https://doi.org/10.1/x"&gt;</p>'
    texts = {"page": made.replace("</h1>", f"</h1>{said}"), "html": said}
    publish_release(store, {AT: page(texts[kind])})

    assert "link" not in serve(store).ask(AT).headers


_HUBS = ("https://hub.example.org/?a=1&b=2", "https://other.example/")
_FEEDS = (
    "/personalisation/feed.xml",
    "/personalisation/feed.atom",
    "/personalisation/feed.json",
    "/feed.xml",
    "/publisher.xml",
)


def _release(hubs: tuple[str, ...]) -> dict[str, Planned]:
    source = make_source(make_rich_episode()).model_copy(update={"hubs": hubs})
    made = render(
        source,
        at=NOON,
        until=NOON + timedelta(days=90),
        texts=TEXTS.__getitem__,
        changed={},
        cache={},
    )
    rows = [row for table in made.tables.values() for row in table.items()]
    return {
        path: Planned(versions[0], made.objects[str(versions[0].key)])
        for path, versions in rows
        if path in _FEEDS
    }


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", _FEEDS)
def test_every_form_of_a_feed_names_its_hubs_and_itself(
    method: str, path: str, store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, _release(_HUBS))

    link = serve(store).ask(path, method).headers["link"]

    assert link.split(", ") == [
        *(f'<{hub}>; rel="hub"' for hub in _HUBS),
        f'<{BASE}{path}>; rel="self"',
    ]


def test_a_feed_without_a_hub_needs_no_link(store: TroubledStore, serve: Serve) -> None:
    publish_release(store, _release(()))

    assert "link" not in serve(store).ask(_FEEDS[0]).headers
