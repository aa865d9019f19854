"""People find what was said, and only what is out; whatever they type does no harm."""

import errno
import gzip
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from httpx2 import Response
from lxml import html
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from peru_media.model.source import Chapter, Collection, Document, Person
from peru_media.server import search, search_file
from peru_media.server.app import create_app
from tests.clocks import SetClock
from tests.releases import LONG_AGO, NOON, page, publish_release, put_part
from tests.server.conftest import Serve, Served
from tests.server.hostile import hostile_queries
from tests.server.searched import IMPRINT, searched, source_of, spoken
from tests.server.stores import TroubledStore
from tests.sources import SHA, public_episode, public_show

HOUR = timedelta(hours=1)


def ask(site: Served, q: str, **fields: str) -> Response:
    return site.ask(f"/search?{urlencode({'q': q} | fields)}")


def tree(answer: Response) -> html.HtmlElement:
    return html.document_fromstring(answer.content)


def titles(answer: Response) -> list[str]:
    return [one.text_content() for one in tree(answer).find_class("title")]


def heading(answer: Response) -> str:
    return str(tree(answer).findtext(".//h1"))


def told(answer: Response) -> list[str]:
    """The lines shown, each as one reads it."""
    lines = tree(answer).xpath("//div[@class='turn']")
    return [" ".join(line.text_content().split()) for line in lines]


@pytest.fixture
def site(serve: Serve, store: TroubledStore) -> Served:
    """A show with two stories that are out, in Welsh and in English."""
    first = spoken(
        1,
        (1, "Mei Lin", "I had a home"),
        (3, "Mei Lin", "for a while in the café."),
        (134.6, "Ada Byrne", "What about the weather in Tŷ Ddewi?"),
        title="A roof over my head",
        subtitle="In short",
        people=(Person(name="Ada Byrne"),),
        collection="first",
        chapters=(Chapter(start=61, title="The landlord"),),
        notes="We talked of *benefits*.",
    )
    second = spoken(
        2, (5, "João Reis", "Dŵr a bara."), title="Bread & water", language="cy"
    )
    document = Document(
        name="review",
        address="/stories/documents/review.pdf",
        key="public/x/review.pdf",
        sha256=SHA,
        size=1,
        title="A rapid review",
        authors=("Chris Fox",),
        summary="On co-creation.",
    )
    show = public_show(
        documents=(document,),
        collections=(Collection(name="first", title="First steps", season=1),),
    )
    searched(store, source_of(first, second, shows=(show,)))
    return serve(store)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("roof", ["A roof over my head"]),
        ("in short", ["A roof over my head"]),
        ("benefits", ["A roof over my head"]),
        ("landlord", ["A roof over my head"]),
        ("first steps", ["Stories", "A roof over my head"]),
        ("stories", ["Stories"]),
        ("Byrne", ["A roof over my head"]),
        ("Mei Lin", ["A roof over my head"]),
        ("mei home", ["A roof over my head"]),
        ("fox", ["A rapid review"]),
        ("co-creation", ["A rapid review"]),
        ("services", []),
        ("people tell", ["Stories"]),
        ("cafe", ["A roof over my head"]),
        ("CAFÉ", ["A roof over my head"]),
        ("cafe\u0301", ["A roof over my head"]),
        ("ty ddewi", ["A roof over my head"]),
        ("dwr", ["Bread & water"]),
        ("DŴR", ["Bread & water"]),
        ("joao", ["Bread & water"]),
        ("weath", ["A roof over my head"]),
        ("weath* tŷ", ["A roof over my head"]),
        ('"home for a while"', ["A roof over my head"]),
        ('"while for a home"', []),
        ("while home", ["A roof over my head"]),
        ("nobody", []),
    ],
)
def test_words_phrases_and_beginnings_are_found(
    site: Served, asked: str, found: list[str]
) -> None:
    answer = ask(site, asked)

    assert answer.status_code == 200
    assert titles(answer) == found
    assert heading(answer) == (
        f"{len(found)} result{'' if len(found) == 1 else 's'} for “{asked}”"
    )


def test_where_nothing_has_all_words_it_is_told_what_has_some(site: Served) -> None:
    answer = ask(site, "roof bread nobody")

    assert sorted(titles(answer)) == ["A roof over my head", "Bread & water"]
    assert "Nothing has all of these words." in answer.text
    assert "Nothing has all of these words." not in ask(site, "roof over").text
    assert titles(ask(site, "nobody whatsoever")) == []


def test_a_line_is_shown_with_its_speaker_and_a_link_that_plays_it(
    site: Served,
) -> None:
    answer = ask(site, "weather")

    (line,) = told(answer)
    assert line == "Play from 2:14 Ada Byrne: What about the weather in Tŷ Ddewi?"
    (link,) = tree(answer).xpath("//div[@class='turn']//a/@href")
    assert link == "/stories/story-1#t=134"
    assert tree(answer).xpath("//div[@class='turn']//mark/text()") == ["weather"]


def test_a_sentence_is_one_line_though_two_cues_hold_it(site: Served) -> None:
    assert told(ask(site, '"home for"')) == [
        "Play from 0:01 Mei Lin: I had a home for a while in the café."
    ]


def test_a_chapter_and_notes_are_shown_too(site: Served) -> None:
    assert told(ask(site, "landlord")) == ["Play from 1:01 The landlord"]
    assert told(ask(site, "benefits")) == ["In short We talked of benefits."]


def test_where_the_title_alone_fits_it_is_told_what_the_page_is(
    site: Served,
) -> None:
    assert told(ask(site, "roof")) == []
    assert tree(ask(site, "roof")).xpath("//ol//p[not(@class)]/text()") == ["In short"]


def test_titles_come_first_and_are_marked(serve: Serve, store: TroubledStore) -> None:
    late = spoken(1, (1, "Mei", "Bread, bread, bread."), title="Nothing")
    searched(store, source_of(late, public_episode(2, title="Bread", notes="")))

    answer = ask(serve(store), "bread")

    assert titles(answer) == ["Bread", "Nothing"]
    assert tree(answer).xpath("//a[@class='title']//mark/text()") == ["Bread"]


def test_the_best_three_lines_of_an_episode_are_shown_in_their_order(
    serve: Serve, store: TroubledStore
) -> None:
    lines = [(at * 10.0, "Mei", f"Bread is number {at}.") for at in range(1, 9)]
    searched(store, source_of(spoken(1, *lines)))

    answer = ask(serve(store), "bread")

    places = [line.split()[2] for line in told(answer)]
    assert len(places) == 3
    assert places == sorted(places)
    assert "and in 5 more places" in answer.text


def test_nothing_asked_gives_the_form(site: Served) -> None:
    for path in ("/search", "/search?q=", "/search?q=%20&page=7", "/search?x=1"):
        answer = site.ask(path)
        assert answer.status_code == 200
        assert heading(answer) == "Search"
        assert titles(answer) == []
        (form,) = tree(answer).xpath("//main//form")
        assert form.get("action") == "/search"
        assert form.get("method") in {None, "get"}


def test_it_says_of_itself_that_nobody_should_keep_or_list_it(site: Served) -> None:
    answer = ask(site, "roof", accept_encoding="identity")

    assert answer.headers["cache-control"] == "private, max-age=60"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["x-release"] == "1"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert '<meta name="robots" content="noindex">' in answer.text


def test_head_says_what_get_would_send(site: Served) -> None:
    got = site.ask("/search?q=roof", accept_encoding="gzip")
    said = site.ask("/search?q=roof", "HEAD", accept_encoding="gzip")

    assert said.status_code == 200
    assert said.content == b""
    assert said.headers["content-length"] == got.headers["content-length"]
    assert got.headers["content-encoding"] == "gzip"
    assert said.headers["vary"] == got.headers["vary"] == "Accept-Encoding"
    assert site.ask("/search", "POST").status_code == 405
    assert site.ask("/search", "OPTIONS").status_code == 204


def test_results_come_ten_at_a_time(serve: Serve, store: TroubledStore) -> None:
    episodes = [public_episode(n, title=f"Bread {n}", notes="") for n in range(1, 26)]
    searched(
        store,
        source_of(
            *[one.model_copy(update={"published": LONG_AGO}) for one in episodes]
        ),
    )
    site = serve(store)

    pages = [ask(site, "bread", page=str(number)) for number in (1, 2, 3)]

    shown = [title for answer in pages for title in titles(answer)]
    assert [len(titles(answer)) for answer in pages] == [10, 10, 5]
    assert sorted(shown) == sorted(one.title for one in episodes)
    assert heading(pages[1]) == "25 results for “bread”"
    assert "Page 2 of 3" in pages[1].text
    links = tree(pages[1]).xpath("//nav//a[@class='button']/@href")
    assert links == ["/search?q=bread&page=1", "/search?q=bread&page=3"]
    assert tree(pages[2]).xpath("//ol/@start") == ["21"]


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "²", ""])
def test_any_page_number_gives_a_page(site: Served, number: str) -> None:
    assert titles(ask(site, "roof", page=number)) == ["A roof over my head"]


def test_one_show_can_be_searched_alone(serve: Serve, store: TroubledStore) -> None:
    shows = (
        public_show(),
        public_show("more", title="More", guid="5cd87abd-e6cc-5f88-bdf7-7be85cce2994"),
    )
    both = spoken(1, (1, "Mei", "Bread."), shows=("stories", "more"), title="Both")
    one = spoken(2, (1, "Mei", "Bread."), title="One")
    searched(store, source_of(both, one, shows=shows))
    site = serve(store)

    assert sorted(titles(ask(site, "bread"))) == ["Both", "One"]
    assert titles(ask(site, "bread", show="more")) == ["Both"]
    assert titles(ask(site, "bread", show="tori")) == []
    assert titles(ask(site, "bread", show="' OR 1=1 --")) == []
    answer = ask(site, "bread", show="more")
    options = tree(answer).xpath("//option")
    assert [one.get("value") for one in options] == ["", "more", "stories"]
    assert tree(answer).xpath("//option[@selected]/@value") == ["more"]


def test_what_is_scheduled_is_found_from_its_moment_and_no_longer_than_to_its_end(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    coming = spoken(
        1,
        (1, "Mei", "Embargo."),
        published=NOON + HOUR,
        until=NOON + 3 * HOUR,
        title="Soon",
        people=(Person(name="Secret Guest"),),
    )
    searched(store, source_of(coming))
    site = serve(store)

    assert titles(ask(site, "embargo")) == []
    assert titles(ask(site, "secret guest")) == []
    assert "Soon" not in ask(site, "soon").text
    clock.advance(HOUR)
    assert titles(ask(site, "embargo")) == ["Soon"]
    clock.advance(2 * HOUR)
    assert titles(ask(site, "embargo")) == []


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_what_is_not_public_is_never_found(
    serve: Serve, store: TroubledStore, visibility: str
) -> None:
    hidden = public_show("aside", visibility=visibility, title="Aside")
    said = spoken(1, (1, "Mei", "Whispered."), shows=("aside",), title="Quiet")
    searched(store, source_of(said, shows=(public_show(), hidden)))
    site = serve(store)

    for word in ("whispered", "quiet", "aside", "mei"):
        assert titles(ask(site, word)) == []
    assert "Aside" not in site.ask("/search").text


def test_a_new_release_is_searched_at_once(site: Served, store: TroubledStore) -> None:
    assert titles(ask(site, "roof")) == ["A roof over my head"]

    searched(store, source_of(spoken(3, (1, "Mei", "Cheese."))), number=2)
    site.until_release(2)

    assert titles(ask(site, "cheese")) == ["Story 3"]
    assert titles(ask(site, "roof")) == []


def test_a_file_that_stays_is_not_fetched_again(
    site: Served, store: TroubledStore
) -> None:
    published = source_of(spoken(3, (1, "Mei", "Cheese.")))
    searched(store, published, number=2)
    site.until_release(2)
    store.asked.clear()

    root = searched(store, published, number=3)
    site.until_release(3)

    fetched = set(store.asked)
    assert root.imprint is not None
    assert not fetched & {*(part.key for part in root.search), root.imprint.key}
    assert titles(ask(site, "cheese")) == ["Story 3"]


def test_a_damaged_file_keeps_the_release_before(
    site: Served,
    store: TroubledStore,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    source = source_of(spoken(3, (1, "Mei", "Cheese.")))
    (part,) = searched(TroubledStore(clock=clock), source, number=2).search
    store.spoilt.add(part.key)
    searched(store, source, number=2)
    site.until("/", lambda _: "the last good release stays" in caplog.text)
    assert titles(ask(site, "roof")) == ["A roof over my head"]

    store.spoilt.clear()
    site.until_release(2)

    assert titles(ask(site, "cheese")) == ["Story 3"]


def test_where_there_is_no_room_for_the_file_a_release_goes_live_all_the_same(
    serve: Serve,
    store: TroubledStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(search_file, "NamedTemporaryFile", full)
    searched(store, source_of(spoken(1, (1, "Mei", "Bread."))))
    site = serve(store)

    answer = ask(site, "bread")

    assert site.ask("/").status_code == 200
    assert heading(answer) == "More than 0 results for “bread”"
    assert "No space left" in caplog.text


def test_an_imprint_that_is_none_keeps_the_release_before(
    site: Served, store: TroubledStore, caplog: pytest.LogCaptureFixture
) -> None:
    part = put_part(store, b"[]")

    publish_release(store, {"/": page("other")}, number=2, imprint=part)

    site.until("/", lambda _: "the last good release stays" in caplog.text)
    assert site.ask("/").headers["x-release"] == "1"


def test_where_too_many_ask_at_once_some_should_come_again(
    site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_CROWD", 0)

    answer = ask(site, "roof")

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1


def test_a_release_without_search_has_no_such_page(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, {"/": page("home")})
    site = serve(store)

    assert site.ask("/search?q=roof").status_code == 404


def test_an_imprint_of_another_version_is_answered_as_late(
    serve: Serve, store: TroubledStore, caplog: pytest.LogCaptureFixture
) -> None:
    other = IMPRINT.model_copy(update={"organisation": None})
    searched(store, source_of(), imprint=other)

    answer = serve(store).ask("/search?q=roof")

    assert answer.status_code == 503
    assert "Publish again" in caplog.text


def test_each_language_has_its_own_page(serve: Serve, store: TroubledStore) -> None:
    both = IMPRINT.model_copy(update={"languages": ("en-GB", "cy")})
    searched(store, source_of(spoken(1, (1, "Mei", "Bara."))), imprint=both)
    site = serve(store)

    answer = site.ask("/cy/search?q=bara")

    assert tree(answer).get("lang") == "cy"
    assert titles(answer) == ["Story 1"]
    assert tree(answer).xpath("//a[@class='title']/@href") == ["/cy/stories/story-1"]
    other = site.ask("/search?q=bara")
    assert tree(other).get("lang") == "en-GB"
    assert "/cy/search?q=bara&page=1" in tree(other).xpath("//nav//@href")
    assert site.ask("/en/search").status_code == 404


def test_it_lies_below_where_the_site_is_mounted(
    store: TroubledStore, clock: SetClock
) -> None:
    below = IMPRINT.model_copy(update={"base_url": "https://example.org/media"})
    searched(store, source_of(spoken(1, (1, "Mei", "Bread."))), imprint=below)
    parent = Starlette()
    parent.mount("/media", create_app(store, clock=clock))

    with TestClient(parent) as client:
        answer = client.get("/media/search?q=bread")

    assert titles(answer) == ["Story 1"]
    links = tree(answer).xpath("//main//@href | //main//@action")
    assert links
    assert all(link.startswith("/media/") for link in links)


def test_hostile_queries_are_words_like_any_others(site: Served) -> None:
    for query in hostile_queries():
        answer = ask(site, query)
        assert answer.status_code == 200, query
        page = tree(answer)
        assert page.xpath("count(//h1)") == 1, query
        assert not page.xpath("//script | //img | //svg | //@onerror | //@onload"), (
            query
        )
        assert not re.search("[\x00-\x08\x0b-\x1f]", answer.text), query


@pytest.mark.parametrize(
    "raw",
    [
        b"q=" + b"a" * 1_000_000,
        b"q=" + b"%C3%A9" * 200_000,
        b"q=%",
        b"q=%ff%fe",
        b"q=%00",
        b"q=\xff\x00\n",
        b"q&q&q",
        b"=roof",
        b"&" * 1_000_000,
        b"q=a;b",
        b"q=%ud83d",
        b"?q=roof",
    ],
    ids=range(12),
)
def test_hostile_query_strings_give_a_page(site: Served, raw: bytes) -> None:
    sent: list[Message] = []

    async def asked() -> None:
        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope: Scope = {"type": "http", "method": "GET", "path": "/search"}
        scope["headers"] = [(b"host", b"testserver")]
        await site.app({**scope, "query_string": raw}, receive, send)

    assert site.client.portal is not None
    site.client.portal.call(asked)

    assert sent[0]["status"] == 200
    assert len(sent[1]["body"]) < 20_000


@pytest.mark.parametrize(
    ("raw", "found"),
    [("q=nothing&q=roof", 0), ("q=roof&q=nothing", 1), ("&&q=roof&page", 1)],
)
def test_the_first_of_several_words_counts(site: Served, raw: str, found: int) -> None:
    assert len(titles(site.ask(f"/search?{raw}"))) == found


def test_hostile_texts_are_shown_as_they_are_written(
    serve: Serve, store: TroubledStore
) -> None:
    bad = "<script>alert(1)</script>&\"'><img src=x onerror=alert(1)>"
    said = spoken(
        1,
        (1, "Eve &lt;script&gt;", f"Bread &lt;script&gt;alert(2)&lt;/script&gt; {bad}"),
        title=f"Bread {bad}",
        subtitle=bad,
        notes=bad,
        people=(Person(name=f"Bread {bad}"),),
        chapters=(Chapter(start=3, title=f"Bread {bad}"),),
    )
    searched(store, source_of(said, shows=(public_show(title=f"Bread {bad}"),)))
    site = serve(store)

    for query in ("bread", "script alert", "onerror", "img", bad):
        answer = ask(site, query)
        page = tree(answer)
        assert titles(answer), query
        assert not page.xpath("//script | //main//img | //@onerror | //svg"), query
    assert f"Bread {bad}" in " ".join(titles(ask(site, "bread")))


def test_an_answer_can_be_packed(site: Served) -> None:
    packed = site.ask("/search?q=roof", accept_encoding="gzip")
    plain = site.ask("/search?q=roof", accept_encoding="identity")

    assert packed.text == plain.text
    assert int(plain.headers["content-length"]) == len(plain.content)
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content)) < len(plain.content)
