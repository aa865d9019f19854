"""The feeds that the authors of feedparser and podcastparser gathered."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peru_media import FeedRefusedError, parse_feed
from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from tests.packages import unpacked

SECONDS = 5
URL = "file://tests/data/{name}.rss"


def test_no_feed_of_feedparser_is_too_much(
    tmp_path: Path, record_property: Any
) -> None:
    folder = unpacked("feedparser", tmp_path) / "tests"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    read, refused, slowest = 0, 0, 0.0
    for path in paths:
        began = time.process_time()
        try:
            parse_feed(path.read_bytes(), url="https://example.org/feed")
            read += 1
        except FeedRefusedError:
            refused += 1
        slowest = max(slowest, time.process_time() - began)

    record_property(
        "figure",
        f"feedparser's files: {len(paths)}, {read} read, {refused} refused, "
        f"the slowest in {slowest:.2f} s",
    )
    assert len(paths) >= 2_242
    assert refused < 60
    assert slowest < SECONDS


def squashed(text: str | None) -> str:
    return re.sub(r"[^\S\r\n]+", " ", (text or "").strip())


def show_values(feed: ParsedFeed) -> dict[str, Any]:
    """What podcastparser calls what, in a channel."""
    links = {link.rel: link.url for link in feed.links}
    owner = feed.itunes.owner
    locked, image = feed.podcast.locked, feed.image
    return {
        "title": feed.title,
        "link": feed.link,
        "description": squashed(feed.description or feed.itunes.summary),
        "language": feed.language,
        "generator": feed.generator,
        "cover_url": feed.itunes.image or (image and image.url) or feed.icon,
        "type": feed.itunes.type,
        "explicit": feed.itunes.explicit,
        "itunes_author": feed.itunes.author,
        "itunes_owner": owner and owner.sparse(),
        "itunes_categories": [[one.name, *one.subs] for one in feed.itunes.categories],
        "itunes_keywords": list(feed.itunes.keywords),
        "new_url": feed.itunes.new_feed_url,
        "funding_url": next((one.url for one in feed.podcast.funding), None),
        "import_prohibited": locked and locked.locked,
        "payment_url": links.get("payment"),
        "paged_feed_first": links.get("first"),
        "paged_feed_next": links.get("next"),
    }


def episode_values(one: ParsedEpisode) -> dict[str, Any]:
    """What podcastparser calls what, in an item."""
    pay = next((link.url for link in one.links if link.rel == "payment"), None)
    thumbnails = [picture.url for picture in one.media.thumbnails]
    published = one.published or one.updated
    said = one.itunes.summary or one.media.description or one.description
    return {
        "title": one.title,
        "link": one.link or (one.guid if one.permalink is None else None) or "",
        "guid": one.guid or one.link,
        "description": squashed(said),
        "description_html": one.content or one.description,
        "subtitle": one.itunes.subtitle,
        "published": int(published.timestamp()) if published else 0,
        "total_time": int(one.itunes.duration or 0),
        "payment_url": pay,
        "explicit": one.itunes.explicit,
        "itunes_author": one.itunes.author,
        "season": one.itunes.season,
        "number": one.itunes.episode,
        "type": one.itunes.episode_type,
        "episode_art_url": one.itunes.image or next(iter(thumbnails), None),
        "transcript_url": next((t.url for t in one.podcast.transcripts), None),
        "chapters_json_url": one.podcast.chapters and one.podcast.chapters.url,
        "enclosures": [
            *(_file(f.url, f.length, f.media_type) for f in one.enclosures),
            *(_file(f.url or "", f.length, f.media_type) for f in one.media.contents),
        ],
        "chapters": [
            {"start": int(c.start or 0), "title": c.title}
            | ({"href": c.url} if c.url else {})
            | ({"image": c.image} if c.image else {})
            for c in one.chapters
        ],
        "persons": [
            {
                "name": p.name,
                "role": (p.role or "host").lower(),
                "group": (p.group or "cast").lower(),
                "href": p.url,
                "img": p.image,
            }
            for p in one.podcast.people
        ],
    }


def _file(url: str, length: int | None, media_type: str | None) -> dict[str, Any]:
    kind = media_type if media_type and "/" in media_type else None
    return {
        "url": url,
        "file_size": length or -1,
        "mime_type": kind or "application/octet-stream",
    }


def compared(name: str, feed: ParsedFeed, wanted: Any) -> Iterator[tuple[str, bool]]:
    """Each value that podcastparser expects: where it is, and whether ours is equal."""
    ours = show_values(feed)
    for key, value in wanted.items():
        if key != "episodes":
            yield f"{name}: {key}", ours.get(key) == value
    serial = feed.itunes.type == "serial"
    found = sorted(
        map(episode_values, feed.episodes),
        key=lambda one: int(one["published"]),
        reverse=not serial,
    )
    for number, values in enumerate(wanted.get("episodes", [])):
        mine = found[number] if number < len(found) else {}
        for key, value in values.items():
            yield f"{name}: {number}.{key}", mine.get(key) == value


REASONS: dict[str, tuple[str, ...]] = {
    "A summary of Atom stays beside the content here; there it gives way.": (
        "atom_content_encoded: 0.description",
        "atom_published_updated: 0.description",
        "atom_updated: 0.description",
    ),
    "A description with tags is kept here; there the tags are taken out.": (
        "html_description: 0.description",
        "html_in_description: 0.description",
        "html_in_description_rss_both: 0.description",
        "html_in_description_rss_both_different: 0.description",
    ),
    "A show without a title has none here; there its address gives it one.": (
        "atom_relative_cover: title",
        "duration: title",
        "empty: title",
        "episode_itunes_author: title",
        "episode_number: title",
        "episode_number_invalid: title",
        "episode_season: title",
        "explicit_episode: title",
        "explicit_feed: title",
        "generator: title",
        "image_url_on_newline: title",
        "itunes_author: title",
        "itunes_categories: title",
        "itunes_categories_empty: title",
        "itunes_duration: title",
        "itunes_episode_image: title",
        "itunes_keywords: title",
        "itunes_no_xmlns: title",
        "itunes_owner: title",
        "itunes_owner_name_only: title",
        "itunes_subtitle: title",
        "itunes_xmlns: title",
        "language: title",
        "leading_space_url: title",
        "media_episode_thumbnail: title",
        "media_episode_thumbnail_atom: title",
        "media_episode_thumbnail_atom_group: title",
        "media_episode_thumbnail_group: title",
        "no_enclosure: title",
        "no_guid: title",
        "no_title: title",
        "no_title_multi_enclosure: title",
        "no_url: title",
        "podcast_funding: title",
        "podcast_locked_feed: title",
        "redirect_new_location: title",
        "relative: title",
        "relative_cover: title",
    ),
    "A guid is never changed here; there it is read as a relative address.": (
        "chapters: 0.guid",
        "duration: 0.guid",
        "itunes_duration: 0.guid",
        "itunes_episode_image: 0.guid",
        "itunes_no_xmlns: 0.guid",
        "itunes_subtitle: 0.guid",
        "itunes_xmlns: 0.guid",
        "media_episode_thumbnail: 0.guid",
        "media_episode_thumbnail_group: 0.guid",
        "permalink: 0.guid",
    ),
    "A relative guid is no link here; there it is.": (
        "chapters: 0.link",
        "duration: 0.link",
        "itunes_duration: 0.link",
        "itunes_episode_image: 0.link",
        "itunes_no_xmlns: 0.link",
        "itunes_subtitle: 0.link",
        "itunes_xmlns: 0.link",
        "media_episode_thumbnail: 0.link",
        "media_episode_thumbnail_atom: 0.link",
        "media_episode_thumbnail_atom_group: 0.link",
        "media_episode_thumbnail_group: 0.link",
        "permalink: 0.link",
    ),
    "An item without a guid has none here; there its file gives it one.": (
        "episode_itunes_author: 0.guid",
        "episode_number: 0.guid",
        "episode_number_invalid: 0.guid",
        "episode_podcast_chapters: 0.guid",
        "episode_podcast_person: 0.guid",
        "episode_podcast_transcript: 0.guid",
        "episode_season: 0.guid",
        "episode_type: 0.guid",
        "episode_type_invalid: 0.guid",
        "explicit_episode: 0.guid",
        "html_description: 0.guid",
        "html_description_rss_both: 0.guid",
        "html_in_description: 0.guid",
        "html_in_description_rss_both: 0.guid",
        "html_in_description_rss_both_different: 0.guid",
        "itunes_type: 0.guid",
        "itunes_type: 1.guid",
        "itunes_type_garbage: 0.guid",
        "itunes_type_garbage: 1.guid",
        "itunes_type_missing: 0.guid",
        "itunes_type_missing: 1.guid",
        "itunes_type_serial: 0.guid",
        "itunes_type_serial: 1.guid",
        "leading_space_url: 0.guid",
        "max_episodes: 0.guid",
        "multi_enclosures: 0.guid",
        "no_enclosure: 0.guid",
        "no_title: 0.guid",
        "payment: 0.guid",
        "relative: 0.guid",
        "simple: 0.guid",
    ),
    "An item with nothing to play is an episode here; there it is dropped.": (
        "no_enclosure: 1.title",
        "no_enclosure: 1.guid",
        "no_enclosure: 1.enclosures",
    ),
    "An episode without a title has none here; there its file gives it one.": (
        "no_guid: 0.title",
        "no_title: 0.title",
    ),
    "A page that only redirects is no feed, and nobody writes it any more.": (
        "redirect_new_location: new_url",
    ),
}


def test_podcastparser_reads_the_same_but_for_these(
    tmp_path: Path, record_property: Any
) -> None:
    data = unpacked("podcastparser", tmp_path) / "tests" / "data"
    feeds = sorted(data.glob("*.rss"))
    equal, different = 0, []
    for path in feeds:
        wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        feed = parse_feed(path.read_bytes(), url=URL.format(name=path.stem))
        for place, same in compared(path.stem, feed, wanted):
            equal += same
            different += [] if same else [place]

    share = equal / (equal + len(different))
    record_property(
        "figure",
        f"podcastparser's feeds: {len(feeds)}, {share:.1%} of "
        f"{equal + len(different)} values equal, {len(different)} with a reason",
    )
    assert len(feeds) >= 70
    explained = [place for places in REASONS.values() for place in places]
    assert sorted(different) == sorted(explained)
