"""Citations, read again by the parsers that others have."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from peru_media.model.forms import Form
from peru_media.model.licence import Licence
from peru_media.model.source import Document, Episode, Person, Show
from peru_media.rendering.citation import (
    Work,
    citation_text,
    cited_document,
    cited_episode,
    csl_json,
)
from peru_media.rendering.citation_forms import bibtex, citation_form, ris
from peru_media.rendering.small_forms import small_form
from peru_media.rendering.voice import voice_of
from tests.rendering.samples import (
    BASE,
    make_document,
    make_episode,
    make_rich_episode,
    make_show,
)

ENGLISH = voice_of("en-GB")
ADDRESS = f"{BASE}/personalisation/first"


def _work(episode: Episode | None = None, show: Show | None = None) -> Work:
    return cited_episode(
        episode or make_episode(),
        show or make_show(),
        organisation="The unit",
        base_url=BASE,
    )


def _paper(document: Document) -> Work:
    show = make_show()
    return cited_document(document, show, "cy", organisation="The unit", base_url=BASE)


def _item(work: Work) -> dict[str, Any]:
    (item,) = json.loads(csl_json(work))
    assert isinstance(item, dict)
    return item


def _entry(work: Work) -> Entry:
    ((_, entry),) = parse_string(bibtex(_item(work)), "bibtex").entries.items()
    return entry


def _record(work: Work) -> dict[str, Any]:
    record: dict[str, Any]
    (record,) = rispy.load(StringIO(ris(_item(work)), newline=""))
    return record


def _people(*roles: tuple[str, str]) -> tuple[Person, ...]:
    return tuple(Person(name=name, role=role) for name, role in roles)


PEOPLE = _people(
    ("Ann", "host"), ("Dan", "Guest"), ("Eve", "audio engineer"), ("Ann", "writer")
)


def test_a_work_is_by_those_who_speak_or_write_in_it() -> None:
    work = _work(make_episode(people=PEOPLE))

    assert [name.text for name in work.by] == ["Ann", "Dan"]


@pytest.mark.parametrize(
    ("show", "names"),
    [
        (make_show(people=_people(("Ann", "host"))), ["Ann"]),
        (make_show(people=_people(("Eve", "translator"))), ["PERU"]),
        (make_show(author=None), ["The unit"]),
    ],
)
def test_where_nobody_is_named_its_show_is(show: Show, names: list[str]) -> None:
    assert [name.text for name in _work(show=show).by] == names


def test_a_citation_is_one_line_that_a_reader_can_follow() -> None:
    work = _work(make_episode(people=PEOPLE))

    assert citation_text(work, ENGLISH) == (
        "Ann, Dan (3 March 2026). The story first [Audio podcast episode]. "
        "In Personalisation. The unit."
    )


def test_a_publisher_is_not_named_twice() -> None:
    work = _work(show=make_show(author="The unit"))

    assert citation_text(work, ENGLISH) == (
        "The unit (3 March 2026). The story first [Audio podcast episode]. "
        "In Personalisation."
    )


def test_the_day_is_that_of_the_shows_own_clocks() -> None:
    late = make_episode(published=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))

    assert _work(late).issued == (2026, 8, 1)


@pytest.mark.parametrize(
    ("year", "authors", "text"),
    [
        (2024, ("Fox, Chris", "Ann Other"), "Fox, Chris; Ann Other (2024)."),
        (None, (), "PERU (no date)."),
        (2024, ("A, B, and C",), "A, B, and C (2024)."),
    ],
)
def test_a_document_is_cited_by_what_staff_know_of_it(
    year: int | None, authors: tuple[str, ...], text: str
) -> None:
    work = _paper(make_document(year=year, authors=authors, kind="evidence review"))

    said = citation_text(work, ENGLISH)
    assert said.startswith(text)
    assert said.endswith(
        " A review of co-creation [Evidence review]. In Personalisation. The unit."
    )


def test_csl_json_has_what_its_schema_asks_for() -> None:
    item = _item(_work(make_rich_episode()))

    assert item == {
        "id": "rich",
        "type": "broadcast",
        "genre": "Audio podcast episode",
        "title": "The story rich",
        "author": [{"literal": "Dan"}],
        "container-title": "Personalisation",
        "publisher": "The unit",
        "issued": {"date-parts": [[2026, 3, 3]]},
        "URL": f"{BASE}/personalisation/rich",
        "DOI": "10.1234/rich",
        "language": "en-GB",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "abstract": "In five minutes",
        "custom": {
            "kind": "audio",
            "picture": item["custom"]["picture"],
        },
    }
    assert set(item["custom"]["picture"]) == {"address", "width", "height"}


def test_csl_json_is_rendered_by_a_style() -> None:
    work = _paper(
        make_document(year=2024, authors=("Fox, Chris",), pages=3, doi="10.1/x")
    )
    (item,) = json.loads(csl_json(work))
    assert item["number-of-pages"] == "3"
    del item["custom"]  # newer than the parser
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    source = CiteProcJSON([item])
    page = CitationStylesBibliography(style, source, formatter.plain)
    page.register(Citation([CitationItem("review")]))

    (said,) = map(str, page.bibliography())

    assert "Fox, C" in said
    assert "2024" in said
    assert "A review of co-creation" in said


def test_bibtex_says_the_same() -> None:
    entry = _entry(_work(make_rich_episode()))

    assert (entry.type, entry.key) == ("misc", "rich")
    assert [str(person) for person in entry.persons["author"]] == ["{Dan}"]
    assert dict(entry.fields) == {
        "title": "{The story rich}",
        "year": "2026",
        "month": "March",
        "day": "3",
        "publisher": "The unit",
        "series": "Personalisation",
        "howpublished": "Audio podcast episode",
        "language": "en-GB",
        "doi": "10.1234/rich",
        "url": f"{BASE}/personalisation/rich",
    }


def test_a_document_is_a_report() -> None:
    licence = Licence.model_validate("CC-BY-4.0")
    work = _paper(make_document(authors=("Fox, Chris", "The unit"), licence=licence))
    entry, record = _entry(work), _record(work)

    assert entry.type == "techreport"
    assert (entry.fields["institution"], entry.fields["type"]) == ("The unit", "report")
    assert "year" not in entry.fields
    first, second = entry.persons["author"]
    assert (first.last_names, first.first_names) == (["{Fox}"], ["{Chris}"])
    assert second.last_names == ["{The unit}"]
    assert record["type_of_reference"] == "RPRT"
    assert record["authors"] == ["Fox, Chris", "The unit"]
    assert "year" not in record


def test_a_year_alone_stays_a_year() -> None:
    work = _paper(make_document(year=2024))

    assert _entry(work).fields["year"] == _record(work)["year"] == "2024"
    assert "month" not in _entry(work).fields
    assert "date" not in _record(work)


def test_ris_says_the_same() -> None:
    record = _record(_work(make_rich_episode(people=PEOPLE)))

    assert record == {
        "type_of_reference": "SOUND",
        "authors": ["Ann", "Dan"],
        "title": "The story rich",
        "year": "2026",
        "date": "2026/03/03",
        "secondary_title": "Personalisation",
        "publisher": "The unit",
        "type_of_work": "Audio podcast episode",
        "abstract": "In five minutes",
        "language": "en-GB",
        "doi": "10.1234/rich",
        "urls": [f"{BASE}/personalisation/rich"],
        "id": "rich",
    }


HOSTILE = [
    "100 % of $5 & more_less #1 ^ ~ \\ {",
    "}}, note = {x}, author = {Mallory}\n@misc{other,",
    "Title\r\nAU  - Mallory\r\nER  - \r\n",
    "Title\u2028ER  - \x85TY  - BOOK\x0bAU  - x",
    "\x00\x1b[31m\x7f red",
    "Möglichkeiten, ‎עברית and 日本語",
    "\\input{/etc/passwd}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_title_breaks_out_of_a_citation(text: str) -> None:
    _assert_whole(text)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_no_text_at_all_breaks_out_of_a_citation(text: str) -> None:
    _assert_whole(text)


def _assert_whole(text: str) -> None:
    episode = make_episode(title=text, people=_people((text, "host")), doi="10.1/{x")
    work = _work(episode, make_show(title=text))
    written = bibtex(_item(work))
    entry = _entry(work)

    assert set(entry.fields) == {
        "title", "year", "month", "day", "publisher", "series", "howpublished",
        "language", "doi", "url",
    } - ({"series"} if not _shown(text) else set())  # fmt: skip
    assert len(parse_string(written, "bibtex").entries) == 1
    for command in ("\\input", "\\write", "\\def"):
        assert command not in written
    record = _record(work)
    assert record["type_of_reference"] == "SOUND"
    assert record["urls"] == [ADDRESS]
    assert len(record.get("authors", [])) <= 1
    assert record.get("title", "") == _shown(text)


def _shown(text: str) -> str:
    title: str = _item(_work(make_episode(title=text)))["title"]
    return title


def test_names_that_hold_an_and_stay_one_name() -> None:
    people = _people(("Rock and Roll", "host"), ("People's Voice Media", "guest"))
    entry = _entry(_work(make_episode(people=people)))

    assert [str(person) for person in entry.persons["author"]] == [
        "{Rock and Roll}",
        "{People's Voice Media}",
    ]


def test_unicode_is_kept_as_it_is() -> None:
    work = _work(make_episode(title="Möglichkeiten & 日本語"))

    assert _entry(work).fields["title"] == r"{Möglichkeiten \& 日本語}"
    assert _record(work)["title"] == "Möglichkeiten & 日本語"


@pytest.mark.parametrize("kind", ["json", "bib", "ris"])
def test_a_form_is_made_of_the_stored_one(kind: str) -> None:
    stored = csl_json(_work())
    (item,) = json.loads(stored)
    writers = {"json": lambda _: stored.decode(), "bib": bibtex, "ris": ris}

    made = small_form(stored, form=Form("cite", kind), media_type="application/json")

    assert made == citation_form(stored, kind=kind)
    assert made.decode() == writers[kind](item)


@pytest.mark.parametrize(
    ("media_type", "csl", "record"),
    [
        ("video/mp4", "motion_picture", "VIDEO"),
        ("application/pdf", "report", "RPRT"),
    ],
)
def test_films_and_documents_are_cited_as_such(
    media_type: str, csl: str, record: str
) -> None:
    medium = make_episode().enclosure.model_copy(update={"media_type": media_type})
    work = _work(make_episode(enclosure=medium))

    assert _item(work)["type"] == csl
    assert _record(work)["type_of_reference"] == record


def test_interface_words_of_a_citation_are_those_of_the_page() -> None:
    said = citation_text(_work(), voice_of("cy", "/cy"))

    assert "3 Mawrth 2026" in said
