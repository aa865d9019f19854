"""Which pages a search may lead to, and while when."""

from datetime import timedelta
from typing import Any

import pytest

from peru_media.model.source import (
    Chapter,
    Collection,
    Document,
    Person,
    Source,
    Transcript,
)
from peru_media.rendering.findable import Findable, findable
from tests.sources import NOON, SHA, public_episode, public_show, public_source

HOUR = timedelta(hours=1)
LATER = NOON + timedelta(days=90)


def _found(source: Source) -> dict[str, Findable]:
    return {one.path: one for one in findable(source, at=NOON, until=LATER)}


def _document(name: str, **change: Any) -> Document:
    fields: dict[str, Any] = {
        "name": name,
        "address": f"/stories/documents/{name}.pdf",
        "key": f"public/x/{name}.pdf",
        "sha256": SHA,
        "size": 1,
        "title": "A review",
        "authors": ("Mei Lin",),
        "summary": "What is known.",
    }
    return Document(**fields | change)


def test_shows_episodes_and_documents_are_found() -> None:
    show = public_show(
        documents=(_document("review"),),
        people=(Person(name="Ada Byrne"),),
        collections=(Collection(name="first", title="First steps", season=1),),
    )
    episode = public_episode(
        subtitle="In short",
        collection="first",
        people=(Person(name="João Reis"),),
        chapters=(
            Chapter(start=0, title="Hello"),
            Chapter(start=9, title="-", toc=False),
        ),
        documents=(_document("notes"),),
        transcript=Transcript(sha256=SHA, media_type="text/vtt", language="en-GB"),
        language="cy",
        until=NOON + HOUR,
    )

    found = _found(public_source(shows=(show,), episodes=(episode,)))

    assert found.keys() == {
        "/stories",
        "/stories/documents/review",
        "/stories/story-1",
        "/stories/documents/notes",
    }
    page = found["/stories/story-1"]
    assert (page.kind, page.subtitle, page.people) == (
        "episode",
        "In short",
        ("João Reis",),
    )
    assert (page.also, page.chapters) == (("First steps",), ((0.0, "Hello"),))
    assert (page.show, page.shows, page.language) == ("Stories", ("stories",), "cy")
    paper = found["/stories/documents/notes"]
    assert (paper.kind, paper.since, paper.until) == ("document", NOON, NOON + HOUR)
    assert (paper.people, paper.notes) == (("Mei Lin",), "What is known.")
    assert found["/stories"].also == ("First steps",)
    assert found["/stories/documents/review"].since is None


def test_they_stand_in_the_order_of_ids() -> None:
    ids = [one.id for one in findable(public_source(count=9), at=NOON, until=LATER)]

    assert ids == sorted(ids)


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_what_is_not_public_cannot_be_found(visibility: str) -> None:
    show = public_show(visibility=visibility, documents=(_document("review"),))

    assert _found(public_source(shows=(show,))) == {}


def test_an_episode_that_a_public_show_has_too_can_be_found() -> None:
    shows = (public_show("aside", visibility="unlisted", title="Aside"), public_show())
    source = public_source(
        shows=shows, episodes=(public_episode(shows=("aside", "stories")),)
    )

    page = _found(source)["/aside/story-1"]

    assert (page.show, page.shows) == ("Stories", ("stories",))


def test_a_page_in_a_private_show_cannot_be_found_through_another() -> None:
    shows = (public_show("aside", visibility="private"), public_show())
    source = public_source(
        shows=shows, episodes=(public_episode(shows=("aside", "stories")),)
    )

    assert _found(source).keys() == {"/stories"}


@pytest.mark.parametrize(
    ("begins", "ends", "there"),
    [
        (timedelta(0), None, True),
        (HOUR, None, True),
        (timedelta(days=90), None, True),
        (timedelta(days=91), None, False),
        (-HOUR, HOUR, True),
        (-2 * HOUR, -HOUR, False),
        (-HOUR, timedelta(0), False),
        (2 * HOUR, HOUR, False),
    ],
)
def test_only_what_will_be_out_by_the_horizon_is_there(
    begins: timedelta, ends: timedelta | None, *, there: bool
) -> None:
    until = None if ends is None else NOON + ends
    episode = public_episode(published=NOON + begins, until=until)

    found = _found(public_source(episodes=(episode,)))

    assert ("/stories/story-1" in found) is there


@pytest.mark.parametrize(
    ("given", "brief"),
    [
        ({"subtitle": "In\x02 short"}, "In short"),
        ({"notes": "Some *words*.\n\n- more"}, "Some words. more"),
        ({"notes": "word " * 100}, f"{'word ' * 38}word…"),
        ({"notes": ""}, ""),
    ],
)
def test_a_page_says_in_brief_what_it_is(given: dict[str, Any], brief: str) -> None:
    source = public_source(episodes=(public_episode(**given),))

    assert _found(source)["/stories/story-1"].brief == brief
