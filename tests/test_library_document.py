"""What docs/library.md says is run, and what it says of others is tried on them."""

import locale
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mutagen
import podgen
import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from mutagen import apev2
from starlette.testclient import TestClient

import peru_media
from scripts import library_reference
from tests.media.chaptered import without_box
from tests.media.samples import NO_HEADER, VARIABLE, decoded_seconds, sound
from tests.rendering.reading import read, text_of, texts_of

TEXT = library_reference.PLACE.read_text()
FEEDGEN, PODGEN = "Moving from feedgen", "Moving from podgen"
Ape: Any = apev2
Mutagen: Any = mutagen.File
_ROW = re.compile(r"^\| (`.*?) \| (.*?) \|$", re.MULTILINE)


def rows(title: str) -> list[tuple[str, str]]:
    """The table of calls and names in a section."""
    section = TEXT.split(f"## {title}\n")[1].split("What is different")[0]
    return _ROW.findall(section)


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([A-Za-z]\w*(?:\.\w+)+)", cell)


def exists(base: object, path: str) -> bool:
    """Whether a dotted name leads somewhere, be it to the field of a value."""
    for name in path.split("."):
        if name in getattr(base, "model_fields", {}):
            return path.endswith(name)
        if not hasattr(base, name):
            return False
        base = getattr(base, name)
    return True


def test_the_page_shows_what_its_code_prints() -> None:
    assert library_reference.reference() == TEXT, "make golden, and read the difference"


def test_the_first_feed_takes_ten_lines() -> None:
    lines = library_reference.pieces()[0].splitlines()

    assert len(lines) == 10
    assert max(map(len, lines)) <= 88


def test_the_app_of_the_page_serves_the_feed() -> None:
    names = library_reference.rehearse()
    with TestClient(names["app"]) as client:
        answer = client.get("/fellowship.xml")
        same = {"if-none-match": answer.headers["etag"]}
        again = client.get("/fellowship.xml", headers=same)

    assert answer.content == names["body"]
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("row", rows(FEEDGEN), ids=lambda row: row[0])
def test_each_call_of_feedgen_is_there(row: tuple[str, str]) -> None:
    feed = FeedGenerator()
    feed.load_extension("podcast")
    known = {"fg": feed, "fe": feed.add_entry()}

    assert names_in(row[0])
    for name in names_in(row[0]):
        start, _, path = name.partition(".")
        assert exists(known[start], path), name


@pytest.mark.parametrize("row", rows(PODGEN), ids=lambda row: row[0])
def test_each_name_of_podgen_is_there(row: tuple[str, str]) -> None:
    known = {
        "Podcast": podgen.Podcast(),
        "Episode": podgen.Episode(),
        "Media": podgen.Media("https://example.org/a.mp3", 1),
    }

    assert names_in(row[0])
    for name in names_in(row[0]):
        start, _, path = name.partition(".")
        assert exists(known[start], path), name


@pytest.mark.parametrize(
    "name",
    sorted({n for t in (FEEDGEN, PODGEN) for row in rows(t) for n in names_in(row[1])}),
)
def test_each_name_of_ours_is_there(name: str) -> None:
    assert exists(peru_media, name)


def feedgen_feed() -> FeedGenerator:
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.id("https://example.org/")
    feed.title("Fellowship")
    feed.link(href="https://example.org/", rel="alternate")
    feed.description("Research.")
    return feed


def feedgen_entry(feed: FeedGenerator, name: str = "a", **order: Any) -> FeedEntry:
    entry = feed.add_entry(**order)
    entry.guid(name)
    entry.title(name)
    entry.enclosure("https://example.org/a.mp3", "5", "audio/mpeg")
    return entry


def written(feed: FeedGenerator) -> Any:
    return read(feed.rss_str())


class TestWhatIsSaidOfFeedgen:
    """Each difference of the page, seen in feedgen itself."""

    def test_it_takes_no_true_or_false(self) -> None:
        with pytest.raises(ValueError, match="explicit"):
            feedgen_feed().podcast.itunes_explicit("true")

    def test_its_link_is_the_last_one(self) -> None:
        feed = feedgen_feed()
        feed.link(href="https://example.org/feed.xml", rel="self")

        assert text_of(written(feed), "link") == "https://example.org/feed.xml"

    def test_no_other_link_reaches_its_feed(self) -> None:
        feed = feedgen_feed()
        feed.link(href="https://hub.example.org/", rel="hub")
        feed.link(href="https://example.org/", rel="alternate")

        assert b"hub" not in feed.rss_str()

    def test_it_switches_the_locale_for_a_date(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[object] = []
        monkeypatch.setattr(locale, "setlocale", lambda *given: asked.append(given))
        feedgen_feed().rss_str()

        assert (locale.LC_ALL, "C") in asked

    def test_its_atom_has_no_enclosures(self) -> None:
        feed = feedgen_feed()
        feedgen_entry(feed).content("Words.")

        assert b"a.mp3" in feed.atom_str()
        assert b'rel="enclosure"' not in feed.atom_str()

    def test_it_puts_the_last_entry_first(self) -> None:
        feed = feedgen_feed()
        feedgen_entry(feed, "a")
        feedgen_entry(feed, "b")

        assert texts_of(written(feed), "item/guid") == ["b", "a"]

    def test_it_leaves_a_cover_with_a_query_out(self) -> None:
        feed = feedgen_feed()
        feed.podcast.itunes_image("https://example.org/a.jpg?v=2")

        assert b"a.jpg" not in feed.rss_str()

    def test_its_date_is_the_clock(self) -> None:
        before = datetime.now(UTC).replace(microsecond=0)

        assert feedgen_feed().lastBuildDate() >= before

    def test_it_writes_a_missing_length_as_a_word(self) -> None:
        feed = feedgen_feed()
        feedgen_entry(feed).enclosure("https://example.org/a.mp3", None, "audio/mpeg")

        assert b'length="None"' in feed.rss_str()

    def test_it_takes_a_guid_twice(self) -> None:
        feed = feedgen_feed()
        feedgen_entry(feed)
        feedgen_entry(feed)

        assert texts_of(written(feed), "item/guid") == ["a", "a"]

    def test_it_reads_days_as_americans_do(self) -> None:
        entry = feedgen_entry(feedgen_feed())

        assert entry.pubDate("02/01/2024 09:00 UTC").month == 2

    def test_it_drops_a_zero(self) -> None:
        feed = feedgen_feed()
        feedgen_entry(feed).podcast.itunes_season(0)

        assert b"itunes:season" not in feed.rss_str()

    def test_a_control_character_ends_it(self) -> None:
        feed = feedgen_feed()
        feed.title("a\x08")

        with pytest.raises(ValueError, match="XML compatible"):
            feed.rss_str()

    def test_it_takes_any_category_and_fails_at_a_quotation_mark(self) -> None:
        feed = feedgen_feed()
        feed.podcast.itunes_category("Nonsense")
        assert b"Nonsense" in feed.rss_str()
        feed.podcast.itunes_category('A "b"', "c")

        with pytest.raises(SyntaxError):
            feed.rss_str()

    def test_it_says_no(self) -> None:
        feed = feedgen_feed()
        feed.podcast.itunes_block(False)  # noqa: FBT003  # its own way

        assert text_of(written(feed), "itunes:block") == "no"


class TestWhatIsSaidOfPodgen:
    """The same of podgen."""

    @pytest.fixture
    def podcast(self) -> Any:
        podcast = podgen.Podcast(
            name="Fellowship",
            website="https://example.org/",
            description="Research.",
            explicit=False,
        )
        for name, day in (("a", 1), ("b", 2)):
            media = podgen.Media(f"https://example.org/{name}.mp3", 5)
            moment = datetime(2026, 12, day, tzinfo=UTC)
            podcast.add_episode(
                podgen.Episode(title=name, media=media, publication_date=moment)
            )
        return podcast

    def test_its_explicit_is_a_word_of_the_past(self, podcast: Any) -> None:
        assert text_of(read(podcast.rss_str().encode()), "itunes:explicit") == "no"

    def test_its_guid_is_the_address_of_the_media_in_the_order_added(
        self, podcast: Any
    ) -> None:
        assert texts_of(read(podcast.rss_str().encode()), "item/guid") == [
            "https://example.org/a.mp3",
            "https://example.org/b.mp3",
        ]

    def test_its_date_is_the_clock(self, podcast: Any) -> None:
        before = datetime.now(UTC).replace(microsecond=0)
        date = text_of(read(podcast.rss_str().encode()), "lastBuildDate")

        assert datetime.strptime(date, "%a, %d %b %Y %H:%M:%S %z") >= before


class TestWhatIsSaidOfMutagenAndFfmpeg:
    """What the page says of others who read media files."""

    def test_mutagen_has_other_names_in_each_format(self, tmp_path: Path) -> None:
        found = {}
        for name, codec in {"mp3": "libmp3lame", "m4a": "aac", "flac": "flac"}.items():
            path = tmp_path / f"a.{name}"
            sound(path, codec, seconds=1, tags={"title": "One"})
            found[name] = {*Mutagen(path).tags.keys()}
            assert peru_media.read_media(path).title == "One"

        assert "TIT2" in found["mp3"]
        assert "\xa9nam" in found["m4a"]
        assert "title" in found["flac"]

    def test_mutagen_sees_no_chapters_of_quicktime(self, tmp_path: Path) -> None:
        path = without_box(
            sound(tmp_path / "a.m4a", "aac", chapters=[(0, 1, "A"), (1, 2, "B")]),
            b"chpl",
        )

        assert not Mutagen(path).chapters
        assert [one.title for one in peru_media.read_media(path).chapters] == ["A", "B"]

    def test_mutagen_guesses_the_length_without_a_header(self, tmp_path: Path) -> None:
        path = sound(
            tmp_path / "a.mp3",
            seconds=8,
            bit_rate=None,
            encoder=VARIABLE,
            container=NO_HEADER,
        )
        truth = decoded_seconds(path)

        assert abs(Mutagen(path).info.length - truth) > 1
        assert peru_media.read_media(path).seconds == pytest.approx(truth, abs=0.05)

    def test_deleting_with_mutagen_leaves_another_tag(self, tmp_path: Path) -> None:
        path = sound(tmp_path / "a.mp3", seconds=1, tags={"artist": "Private Name"})
        ape = Ape.APEv2()
        ape["Artist"] = "Private Name"
        ape.save(path)
        out = tmp_path / "out.mp3"

        Mutagen(path).delete()

        assert b"Private Name" in path.read_bytes()
        peru_media.publishable_copy(path, out, title="One", show="Show")
        assert b"Private Name" not in out.read_bytes()

    def test_ffmpeg_hands_the_tags_on(self, tmp_path: Path) -> None:
        path = sound(tmp_path / "a.mp3", seconds=1, tags={"artist": "Private Name"})
        out = tmp_path / "out.mp3"

        subprocess.run(
            ["ffmpeg", "-v", "error", "-i", path, "-c", "copy", out], check=True
        )

        assert b"Private Name" in out.read_bytes()
