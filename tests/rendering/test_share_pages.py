"""The pages that others take from ours: a document's, and the embedded player."""

from typing import Any

import pytest
from lxml import html as reader

from peru_media.model.licence import Licence
from peru_media.model.source import Document, Enclosure, Episode, Show
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.share_pages import document_page, embed_page
from peru_media.rendering.views import Imprint, episode_frame, paper_frame
from peru_media.rendering.voice import Voice, voice_of
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
    ror=None,
    contact="media@example.org",
    base_url=BASE,
    languages=("en-GB", "cy"),
    style="/assets/style.css",
    script="/assets/player.js",
    icon="/assets/icon.svg",
)
ENGLISH, WELSH = voice_of("en-GB"), voice_of("cy", "/cy")
HERE = f"{BASE}/personalisation/documents/review"
PAPER = make_document(
    authors=("Fox, Chris", "Ann Other"),
    year=2024,
    kind="evidence review",
    doi="10.1234/abc",
    pages=12,
    summary="What is **known**.\n\nAnd [more](https://e.org).",
    licence=Licence.model_validate("CC-BY-4.0"),
)


def _document(
    document: Document = PAPER,
    *,
    show: Show | None = None,
    episode: Episode | None = None,
    voice: Voice = ENGLISH,
) -> Any:
    frame = paper_frame(document, show or make_show(), episode, imprint=IMPRINT)
    return _read(document_page(IMPRINT, frame, document, voice=voice))


def _embed(episode: Episode, *, voice: Voice = ENGLISH) -> Any:
    frame = episode_frame(episode, make_show(), Ways(), imprint=IMPRINT)
    return _read(embed_page(IMPRINT, frame, episode, voice=voice))


def _read(page: bytes) -> Any:
    parser = reader.HTMLParser(encoding="utf-8")
    return reader.document_fromstring(page, parser=parser)


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _hrefs(page: Any, words: str) -> list[str]:
    return [a.get("href") for a in page.iter("a") if _text(a) == words]


def _meta(page: Any, prefix: str) -> list[tuple[str, str]]:
    found = page.xpath(f"//meta[starts-with(@name, '{prefix}')]")
    return [(one.get("name"), one.get("content")) for one in found]


def _medium(media_type: str, name: str) -> Enclosure:
    fields = make_episode().enclosure.model_dump()
    return Enclosure(**fields | {"media_type": media_type, "address": f"/media/{name}"})


def test_a_documents_page_tells_all_that_is_known_of_it() -> None:
    page = _document(episode=make_episode())

    words = _text(page)
    assert "Fox, Chris; Ann Other" in words
    assert "Evidence review, PDF, 1.2 MB, 12 pages, 2024" in words
    assert _hrefs(page, "Download the PDF (1.2 MB)") == [PAPER.address]
    assert _hrefs(page, "more") == ["https://e.org"]
    assert _hrefs(page, "10.1234/abc") == ["https://doi.org/10.1234/abc"]
    assert _hrefs(page, "The story first") == ["/personalisation/first"] * 2
    assert _hrefs(page, "Personalisation") == ["/personalisation"] * 2
    assert "You may use this work under the licence CC-BY-4.0." in words
    for kind, form in {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}.items():
        assert _hrefs(page, kind) == [f"/personalisation/documents/review/cite.{form}"]


def test_a_bare_document_has_no_empty_sections() -> None:
    page = _document(make_document())

    headings = [_text(heading) for heading in page.iter("h1", "h2")]
    assert headings == ["A review of co-creation", "Cite this", "Belongs to", "Share"]
    assert page.xpath("//link[@rel='cite-as']") == []
    assert page.xpath("//meta[@name='description']") == []


def test_reference_managers_find_what_they_look_for() -> None:
    page = _document()

    assert _meta(page, "citation_") == [
        ("citation_title", "A review of co-creation"),
        ("citation_author", "Fox, Chris"),
        ("citation_author", "Ann Other"),
        ("citation_publication_date", "2024"),
        ("citation_technical_report_institution", "PERU"),
        ("citation_pdf_url", BASE + PAPER.address),
        ("citation_doi", "10.1234/abc"),
        ("citation_language", "en-GB"),
    ]
    links = {one.get("rel"): one.get("href") for one in page.iter("link")}
    assert links["cite-as"] == "https://doi.org/10.1234/abc"
    assert links["describedby"] == f"{HERE}/cite.json"


def test_a_citation_is_there_to_be_copied() -> None:
    (cited,) = _document().xpath("//*[@id='citation']")

    assert _text(cited) == (
        "Fox, Chris; Ann Other (2024). A review of co-creation [Evidence review]. "
        "In Personalisation. PERU. https://doi.org/10.1234/abc"
    )
    assert _text(_document(make_document()).xpath("//*[@id='citation']")[0]).endswith(
        f"In Personalisation. {HERE}"
    )


def test_a_document_that_shuts_people_out_says_whom_to_ask() -> None:
    page = _document(make_document(accessible=False))

    assert "This document is not made for screen readers." in _text(page)
    assert "/accessibility#ask" in page.xpath("//@href")


def test_a_document_of_an_unlisted_show_is_passed_over() -> None:
    page = _document(show=make_show(visibility="unlisted"))

    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_document_has_a_page_in_each_language() -> None:
    page = _document(voice=WELSH)

    alternates = page.xpath("//link[@hreflang]/@href")
    path = "/personalisation/documents/review"
    assert {BASE + path, f"{BASE}/cy{path}"} == set(alternates)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/cy{path}"]
    assert _hrefs(page, "BibTeX") == [f"{path}/cite.bib"], "words, in no language"


def test_a_player_elsewhere_is_small_and_leads_home() -> None:
    episode = make_rich_episode()
    page = _embed(episode)

    (audio,) = page.iter("audio")
    assert audio.get("src") == episode.enclosure.address
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    canonical = f"{BASE}/personalisation/rich"
    assert page.xpath("//link[@rel='canonical']/@href") == [canonical]
    home = page.xpath("//h1/a")[0]
    assert (home.get("href"), home.get("target"), home.get("rel")) == (
        "/personalisation/rich", "_blank", "noopener",
    )  # fmt: skip
    chapters = page.xpath("//details//a")
    assert [_text(a) for a in chapters] == ["0:00 Beginning", "1:30 Later"]
    assert chapters[1].get("href") == f"{episode.enclosure.address}#t=90"
    assert list(page.iter("form", "footer", "nav")) == []
    assert "Content note: Talks about losing a home." in _text(page)


def test_a_film_is_embedded_with_its_captions() -> None:
    page = _embed(make_rich_episode(enclosure=_medium("video/mp4", "a.mp4")))

    (video,) = page.iter("video")
    assert video.get("poster") == make_picture("rich").address
    assert [one.get("src") for one in video] == ["/personalisation/rich/captions.vtt"]
    assert list(page.iter("img")) == []


def test_a_film_without_words_or_picture_is_embedded_too() -> None:
    film = make_episode(enclosure=_medium("video/mp4", "a.mp4"))

    (video,) = _embed(film).iter("video")
    assert (len(video), video.get("poster")) == (0, None)


def test_a_document_is_embedded_as_a_link_to_it() -> None:
    page = _embed(make_episode(enclosure=_medium("application/pdf", "a.pdf")))

    assert _hrefs(page, "Read the PDF (17.3 MB)") == ["/media/a.pdf"]
    assert list(page.iter("audio", "video")) == []


def test_a_stand_in_says_so_elsewhere_too() -> None:
    assert "stand-in" in _text(_embed(make_episode(stand_in=True)))


@pytest.mark.parametrize(("voice", "prefix"), [(ENGLISH, ""), (WELSH, "/cy")])
def test_a_player_stays_in_its_language(voice: Voice, prefix: str) -> None:
    page = _embed(make_episode(), voice=voice)

    assert page.get("lang") == voice.language
    assert page.xpath("//h1/a/@href") == [f"{prefix}/personalisation/first"]
