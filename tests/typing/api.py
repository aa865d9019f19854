"""The public names as a type checker sees them: checked by mypy, never run."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import assert_type

from starlette.applications import Starlette

from peru_media import (
    Chapter,
    ContentError,
    Episode,
    FeedRefusedError,
    FieldError,
    Funding,
    Licence,
    Media,
    MediaCopy,
    MediaError,
    MediaFacts,
    Owner,
    ParsedFeed,
    Person,
    PeruMediaError,
    Problem,
    Show,
    Site,
    Store,
    Transcript,
    adopt_feed,
    check_feed,
    create_app,
    open_desk,
    open_store,
    parse_feed,
    prepare,
    publish,
    publishable_copy,
    read_all_media,
    read_media,
    read_site,
    render_feed,
    stream_feed,
    target_named,
)


def a_feed_of_values(published: datetime) -> None:
    """Lists and tuples are both taken; what comes back is a sequence."""
    show = Show(
        title="Fellowship",
        link="https://media.example.ac.uk/fellowship",
        feed_url="https://media.example.ac.uk/fellowship/feed.xml",
        description="Research on personalisation.",
        language="en-GB",
        categories=["Science > Social Sciences"],
        image="https://media.example.ac.uk/fellowship/cover.png",
        explicit=False,
        owner=Owner(name="PERU", email="media@example.ac.uk"),
        people=(Person(name="Ann Example", role="guest"),),
        funding=[Funding(url="https://example.ac.uk/give")],
        licence=Licence(name="CC-BY-4.0"),
        namespaces={"media": "http://search.yahoo.com/mrss/"},
    )
    episode = Episode(
        title="Finding my feet",
        guid="5d45df6a",
        published=published,
        media=Media(url="https://media.example.ac.uk/feet.mp3", size=1, seconds=9.5),
        chapters=[Chapter(start=0, title="Welcome")],
        transcripts=[Transcript(url="https://example.ac.uk/a.vtt", type="text/vtt")],
    )
    assert_type(show.categories, Sequence[str])
    assert_type(show.identity, str)
    assert_type(episode.replace(title="Another"), Episode)
    assert_type(episode.published, datetime)
    assert_type(episode.explicit, bool | None)
    cache: dict[str, bytes] = {}
    assert_type(render_feed(show, [episode], cache=cache), bytes)
    assert_type(stream_feed(show, iter([episode]), form="atom"), Iterator[bytes])
    render_feed(show, [episode], form="json", url="https://e.org/feed.json")
    render_feed(show, [episode], form="pdf")  # type: ignore[arg-type]  # no such form
    episode.title = "Another"  # type: ignore[misc]  # frozen
    Media(url="https://e.org/a.mp3")  # type: ignore[call-arg]  # without its size


def a_feed_of_anybody(data: bytes) -> None:
    """What is read is a value too."""
    feed = parse_feed(data, url="https://e.org/feed.xml")
    assert_type(feed, ParsedFeed)
    assert_type(check_feed(data, url="https://e.org/feed.xml"), tuple[Problem, ...])
    adopted = adopt_feed(feed, explicit=False)
    assert_type(adopted.episodes, tuple[Episode, ...])
    assert_type(adopted.show.replace(title="Another"), Show)
    assert_type(feed.title, str | None)


def a_recording(path: Path) -> None:
    """Names and paths are both taken; what cannot be read is an error among facts."""
    facts = read_media("talk.wav", listen=True)
    assert_type(facts, MediaFacts)
    assert_type(facts.seconds, float | None)
    assert_type(facts.chapters, tuple[Chapter, ...])
    assert_type(read_all_media([path, "b.mp3"]), dict[Path, MediaFacts | MediaError])
    people = [Person(name="Ann Example")]
    copy = publishable_copy(path, "a.mp3", title="One", show="Show", people=people)
    assert_type(copy, MediaCopy)
    assert_type(copy.facts.media("https://e.org/a.mp3"), Media)
    publishable_copy(path, "a.mp3", show="Show")  # type: ignore[call-arg]  # no title


def a_whole_site(root: Path) -> None:
    """A folder becomes an app in a few lines."""
    site, problems = read_site(root)
    assert_type(site, Site | None)
    assert_type(problems, tuple[Problem, ...])
    if site is not None:
        target = target_named("local", site.site.value, root)
        assert_type(create_app(open_store(target)), Starlette)
        with open_desk(target, site.site.value) as desk:
            assert_type(desk.store, Store)
            assert_type(publish(prepare(site, desk, read=problems), desk).release, int)


def an_error(error: FieldError | FeedRefusedError) -> PeruMediaError:
    """Everything that is raised on purpose has one root."""
    if isinstance(error, FieldError):
        content: ContentError = error
        value: ValueError = error
        assert_type(content.problems, tuple[Problem, ...])
        del value
    return error
