"""A value that developers give is right, or says what is wrong with it."""

import copy
import operator
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.errors import ContentError, FieldError
from peru_media.model import library
from peru_media.model.library import (
    Chapter,
    Episode,
    Funding,
    Licence,
    Location,
    Media,
    Owner,
    Person,
    Show,
)
from peru_media.model.podcast import (
    ImageField,
    PodcastEpisode,
    PodcastShow,
    TrailerField,
    TxtField,
    UpdateFrequencyField,
)
from tests.given import BASE, MRSS, given_episode, given_show, rich_episode, rich_show

MP3 = f"{BASE}/a.mp3"
_WEST = timezone(timedelta(hours=-5))
UNTYPED: Any = library  # a type checker would refuse these too


def refused(make: Callable[[], object]) -> str:
    with pytest.raises(FieldError) as caught:
        make()
    return str(caught.value)


def test_a_show_has_to_have_what_psp_1_asks_of_every_feed() -> None:
    text = refused(UNTYPED.Show)

    assert text.splitlines() == [
        f"Show.{name}: It is missing. Give it a value."
        for name in (
            "title", "link", "feed_url", "description", "language", "categories",
            "image", "explicit",
        )
    ]  # fmt: skip


def test_an_episode_has_to_have_what_tells_it_from_others() -> None:
    text = refused(UNTYPED.Episode)

    assert text.splitlines() == [
        f"Episode.{name}: It is missing. Give it a value."
        for name in ("title", "guid", "published", "media")
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Show.title: It is empty. Give it a value."),
        ({"title": "\u200b"}, 'Show.title: "\ufffd" has nothing to be seen.'),
        ({"title": 5}, "Show.title: It is of the type int. Give it a text."),
        ({"title": "\ud800"}, "Show.title: It is of the type str. Give it a text"),
        ({"link": "/show"}, 'Show.link: "/show" is not a web address. Write it with'),
        ({"image": "javascript:x"}, "Show.image: "),
        ({"description": "ä" * 2001}, "It is 4002 bytes long. Shorten it to 4000"),
        ({"language": "English"}, "Did you mean en?"),
        ({"language": "en-UK"}, '"UK" is not a country code. Did you mean en-GB?'),
        ({"categories": []}, "Show.categories: It is empty. Give it a value."),
        ({"categories": "Science"}, "type str. Give it a list"),
        ({"categories": ["Arts", "Sciense"]}, "Show.categories[1]: "),
        ({"categories": ["Sciense"]}, "Did you mean Science?"),
        ({"categories": ['"; did you mean " ']}, "categories. Choose"),
        ({"categories": ["qqqqqq"]}, "categories. Choose one of Apple's list."),
        ({"explicit": "no"}, "It is of the type str. Give it True or False."),
        ({"explicit": 0}, "It is of the type int. Give it True or False."),
        ({"guid": "A" * 36}, "Write it in lower case"),
        ({"type": "serials"}, 'Did you mean "serial"? Use one of: episodic, serial.'),
        ({"owner": "PERU"}, "Show.owner: It is of the type str. Give it Owner(…)."),
        ({"people": ["Ann"]}, "Show.people[0]: It is of the type str. Give it Person("),
        ({"timezone": "London"}, 'Show.timezone: "London" is not a time zone.'),
        ({"websites": "x"}, "Show.websites: There is no such field. Use one of: "),
        ({"website": "x"}, "There is no such field. Did you mean link?"),
        ({"langauge": "x"}, "There is no such field. Did you mean language?"),
        ({"extra": "<media:x/>"}, 'Give namespaces={"media": its address}.'),
        ({"extra": "<media:x>"}, "is not well-formed XML"),
        ({"namespaces": {"itunes": MRSS}}, "this one has a meaning of its own"),
        ({"copyright": "\u200b"}, "has nothing to be seen"),
        (
            {"podcast": PodcastShow(image=(ImageField(file="a.png"),))},
            '"a.png" is the name of a file. Give href, its address.',
        ),
        ({"hubs": ["hub"]}, "Show.hubs[0]: "),
        ({"namespaces": {"a": MRSS, "b": MRSS}}, "have two prefixes for one address"),
        ({"namespaces": 5}, "It is of the type int. Give it a dictionary."),
    ],
)
def test_a_show_says_what_is_wrong_with_it(changes: dict[str, Any], said: str) -> None:
    assert said in refused(lambda: given_show(**changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"guid": "a\x00"}, "Episode.guid: "),
        ({"guid": "a\x00"}, "Take the control characters out of it."),
        ({"guid": "x" * 256}, "It is too long. Shorten it to 255 characters."),
        ({"published": datetime(2026, 12, 1)}, "has no time zone. Give it one"),  # noqa: DTZ001  # that is the point
        ({"published": "2026-12-01"}, "It is of the type str. Give it a datetime."),
        ({"published": datetime.max.replace(tzinfo=_WEST)}, "is no date in UTC."),
        ({"notes": "\ud800"}, "Episode.notes: "),
        ({"notes_html": "\ud800"}, "without halves of signs"),
        ({"number": 0}, 'Episode.number: "0" is too small. Give 1 or more.'),
        ({"season": 2**30}, "is too large. Give 1000000 or less."),
        ({"number": 1.5}, "Give it a whole number."),
        ({"type": "episode"}, "Use one of: full, trailer, bonus."),
        ({"notes": "a", "notes_html": "b"}, "Markdown and as HTML. Give one of both"),
        ({"season_name": "One"}, "has a name and no number. Give season too."),
        ({"season": 1, "season_name": "x" * 129}, "Shorten it to 128 characters."),
        ({"media": MP3}, "Episode.media: It is of the type str. Give it Media(…)."),
        ({"chapters": Chapter(start=0, title="A")}, "type Chapter. Give it a list."),
        (
            {"podcast": PodcastEpisode(image=(ImageField(file="b.png"),))},
            '"b.png" is the name of a file.',
        ),
        ({"language": "klingon"}, "is not a language code"),
    ],
)
def test_an_episode_says_what_is_wrong_with_it(
    changes: dict[str, Any], said: str
) -> None:
    assert said in refused(lambda: given_episode(**changes))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Media(url="a.mp3", size=1), "Media.url: "),
        (lambda: Media(url="https:// /a.mp3", size=1), "without spaces"),
        (lambda: UNTYPED.Media(url=5, size=1), "Media.url: It is of the type int."),
        (lambda: Media(url=f"{BASE}/a", size=1), "no ending that tells its type"),
        (
            lambda: UNTYPED.Media(url=MP3, size=None),
            "It is of the type NoneType.",
        ),
        (lambda: Media(url=MP3, size=-1), 'Media.size: "-1" is too small.'),
        (lambda: Media(url=MP3, size=1, type="audio/mp3"), "Give audio/mpeg."),
        (lambda: Media(url=MP3, size=1, type="mp3"), "is not a media type."),
        (lambda: Media(url=MP3, size=1, seconds=float("inf")), "Give a finite number."),
        (lambda: UNTYPED.Media(url=MP3, size=1, seconds="1:30"), "Give it a number."),
        (
            lambda: UNTYPED.Person(name="A", role="singer"),
            '"singer" is not known',
        ),
        (lambda: Person(name="A", orcid="1"), "is not an ORCID."),
        (lambda: Owner(name="A", email="A"), "Owner.email: "),
        (lambda: Chapter(start=-1, title="A"), "Chapter.start: "),
        (lambda: UNTYPED.Transcript(url=MP3, type="text/srt"), "Transcript.type: "),
        (lambda: Funding(url=MP3, text="x" * 129), "Shorten it to 128 characters."),
        (lambda: Location(name="A", country="gb"), "Write two capitals, like GB."),
        (lambda: UNTYPED.Soundbite(start=0), "Soundbite.duration: It is missing."),
        (lambda: Licence(name="mine"), "is not a known licence."),
    ],
)
def test_a_part_says_what_is_wrong_with_it(
    make: Callable[[], object], said: str
) -> None:
    assert said in refused(make)


def test_all_that_is_wrong_is_said_at_once_with_codes() -> None:
    with pytest.raises(ContentError) as caught:
        given_show(title="", explicit="no", langauge="en")

    assert [(p.code, str(p.place)) for p in caught.value.problems] == [
        ("E111", "Show.title"),
        ("E112", "Show.explicit"),
        ("E102", "Show.langauge"),
    ]
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (MP3, "audio/mpeg"),
        (f"{BASE}/A.MP3?token=x.pdf#t", "audio/mpeg"),
        (f"{BASE}/a.m4a", "audio/x-m4a"),
        (f"{BASE}/a.pdf", "application/pdf"),
    ],
)
def test_the_type_is_told_from_the_ending(url: str, kind: str) -> None:
    assert Media(url=url, size=1).type == kind


def test_a_type_that_is_given_counts() -> None:
    assert Media(url=f"{BASE}/stream", size=0, type="audio/aac").type == "audio/aac"


def test_a_moment_is_brought_to_utc_and_to_the_second() -> None:
    east = timezone(timedelta(hours=2))
    episode = given_episode(published=datetime(2026, 12, 1, 9, 0, 0, 999, tzinfo=east))

    assert episode.published == datetime(2026, 12, 1, 7, tzinfo=UTC)
    assert episode.published.utcoffset() == timedelta(0)


def test_lists_become_tuples_that_nobody_changes() -> None:
    categories = ["science > social sciences", "arts"]
    show = given_show(categories=categories)
    categories.clear()

    assert show.categories == ("Science > Social Sciences", "Arts")
    assert hash(show) == hash(given_show(categories=show.categories))


def test_who_changes_a_value_is_told_how_to_make_another() -> None:
    show = given_show()

    with pytest.raises(
        FieldError, match=r"Show\.title: .* frozen\. .* replace\(title=…"
    ):
        show.title = "Another"  # type: ignore[misc]  # that is the point
    with pytest.raises(FieldError, match=r"TxtField\.text: .* frozen"):
        TxtField(text="a").text = "b"  # type: ignore[misc]  # that is the point


_CHANGES: dict[str, Callable[[Any], object]] = {
    "update": lambda names: names.update(b="c"),
    "clear": lambda names: names.clear(),
    "pop": lambda names: names.pop("a"),
    "setitem": lambda names: operator.setitem(names, "b", "c"),
    "delitem": lambda names: operator.delitem(names, "a"),
    "ior": lambda names: names.__ior__({"b": "c"}),
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_declared_prefixes_are_those_that_were_given(
    change: Callable[[Any], object],
) -> None:
    given = {"a": "https://example.org/a"}
    show = given_show(namespaces=given)
    given["b"] = "https://example.org/b"

    with pytest.raises(TypeError, match="cannot be changed"):
        change(show.namespaces)
    assert show.namespaces == {"a": "https://example.org/a"}
    assert hash(show) == hash(show.replace(title=show.title))


def _pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own value


@pytest.mark.parametrize("value", [rich_show(), rich_episode()], ids=["show", "item"])
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, _pickled])
def test_a_value_is_copied_and_pickled_whole(
    value: Show | Episode, again: Callable[[Show | Episode], Show | Episode]
) -> None:
    assert again(value) == value
    assert hash(again(value)) == hash(value)


def test_a_value_is_its_fields_also_when_it_was_looked_at() -> None:
    episode = rich_episode()
    before = dict(episode)

    assert episode.fingerprint
    assert dict(episode) == before
    assert Episode(**dict(episode)) == episode


def test_an_error_comes_through_a_process_pool_in_its_words() -> None:
    with pytest.raises(FieldError) as caught:
        Media(url="x", size=1)

    again = _pickled(caught.value)

    assert str(again) == str(caught.value)
    assert repr(again) == repr(caught.value)
    assert again.problems == caught.value.problems


def test_the_podcast_guid_is_worked_out_as_everybody_does() -> None:
    show = given_show(feed_url="https://podnews.net/rss")

    assert show.identity == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert show.replace(guid=rich_show().guid).identity == rich_show().guid


def test_what_is_replaced_is_looked_at_and_the_rest_stays() -> None:
    episode = rich_episode()
    changed = episode.replace(title="Standing", season_name=None)

    assert changed.title == "Standing"
    assert changed.replace(title=episode.title, season_name=episode.season_name) == (
        episode
    )
    assert "Episode.title: It is empty." in refused(lambda: episode.replace(title=""))
    assert "no such field" in refused(lambda: episode.replace(titel="x"))


@pytest.mark.parametrize(
    "podcast",
    [
        PodcastShow(
            trailer=(TrailerField(title="T", url=MP3, published="2026-03-29 01:30"),)
        ),
        PodcastShow(
            update_frequency=UpdateFrequencyField(
                text="Often", dtstart="2026-10-25 01:30"
            )
        ),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat_is_refused(podcast: PodcastShow) -> None:
    text = refused(lambda: given_show(podcast=podcast, timezone="Europe/London"))

    assert "(clocks go " in text
    assert given_show(podcast=podcast).podcast == podcast


def test_json_gives_the_same_value_back() -> None:
    for value in (rich_show(), rich_episode()):
        assert type(value).model_validate_json(value.model_dump_json()) == value


def test_a_value_says_everything_that_it_has() -> None:
    """The rich samples leave no field out, so that tests of them reach all tags."""
    assert Show.model_fields.keys() == rich_show().model_fields_set
    assert Episode.model_fields.keys() - {"notes_html"} == (
        rich_episode().model_fields_set
    )


@pytest.mark.parametrize("name", library.__all__)
def test_each_value_explains_all_its_fields(name: str) -> None:
    model = getattr(library, name)
    own = {"title", "name", "url", "text"}
    silent = {f for f in model.model_fields if f not in (model.__doc__ or "")} - own

    assert silent <= {"author", "owner", "people", "funding", "locations", "spotify",
                      "transcripts", "soundbites", "licence", "type"}  # fmt: skip


@given(st.text())
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    for make in (
        lambda: given_show(title=text, description=text),
        lambda: given_episode(guid=text, title=text),
        lambda: given_show(language=text),
        lambda: given_show(categories=[text]),
        lambda: Media(url=text, size=1),
    ):
        try:
            make()
        except FieldError as error:
            assert all(one.what and one.fix for one in error.problems)  # noqa: PT017  # either is right
