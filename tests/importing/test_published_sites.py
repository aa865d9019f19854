"""What we published comes back as the same site, as far as a feed can carry it.

The feed that the imported files give is compared with the one that was published,
byte for byte. Left out of it are addresses and sizes of files, which are made anew
here, and what no reader tells apart: spaces in a line, an empty link, prefixes that
nothing uses. docs/importing.md lists what a feed cannot carry.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from peru_media.model.files import EpisodeFile, ShowFile, SiteFile
from peru_media.model.site import Site, Written
from peru_media.model.source import Episode, Show, Source
from peru_media.parsing import parse_feed
from peru_media.parsing.further import further_elements
from peru_media.parsing.json_chapters import read_chapters
from peru_media.publishing.importing.conversion import Around, convert
from peru_media.publishing.importing.drafts import Draft, EpisodeDraft, ShowDraft
from peru_media.publishing.importing.episodes import chapters_of
from peru_media.publishing.importing.losses import losses
from peru_media.publishing.importing.rehearsal import BASE as TRIAL
from peru_media.publishing.importing.rehearsal import trial_feed
from peru_media.reading.composing import composed
from peru_media.reading.documents import read
from peru_media.reading.folders import Found
from peru_media.rendering.chapters import chapters_json
from peru_media.rendering.feed import render_feed
from tests.generated_sites import BASE, NOON, generated_site
from tests.watching import resting

T = TypeVar("T", ShowFile, EpisodeFile)

SITES, PARTS = 500, 5

EMPTY = Site(
    site=Written(
        path="feeds/site.yaml",
        slug="",
        value=SiteFile(organisation={"name": "The unit"}, targets={}),
    )
)

_FILES = re.compile(rf"(?:{re.escape(BASE)}|{TRIAL})/(?:media|assets)/[^\"<]*")
_MADE_ANEW = re.compile(
    r"<(?:lastBuildDate|itunes:duration)>.*\n"
    r"|<podcast:(?:transcript|chapters) url=\"[^\"]*/(?:transcript|chapters)\.\w+\".*\n"
)
_MEDIUM = re.compile(r"<enclosure [^>]*>")
_BARE_LINK = re.compile(r"(?:<|&lt;)a(?:>|&gt;)(.*?)(?:<|&lt;)/a(?:>|&gt;)")
_UNUSED = re.compile(r' xmlns:(?:media|psc|spotify)="[^"]*"')
_SPACES = re.compile(r"(?:[\t ]|&#9;|&#10;)+")
_TWO_LINES = re.compile(r"(?<=tab and)\n")  # one of the sayings has them


@pytest.mark.parametrize("part", range(PARTS))
def test_import_of_what_we_published_is_equal(
    part: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with resting(part > 0):
        for seed in range(part, SITES, PARTS):
            source = generated_site(seed)
            for show, episodes in _shows(source):
                _assert_equal(show, episodes, tmp_path)
    parts = f"part {part + 1} of {PARTS}: {SITES // PARTS}"
    record_property("figure", f"our own sites imported and equal, {parts}")


def test_the_report_on_what_we_published_has_nothing_to_tell() -> None:
    for seed in range(25):
        for show, episodes in _shows(generated_site(seed)):
            data = render_feed(show, episodes, base_url=BASE, built=NOON)
            feed = parse_feed(data, url=f"{BASE}/{show.slug}/feed.xml")
            draft = convert(feed, further_elements(data), Around(site=EMPTY))

            assert not list(losses(feed, parse_feed(trial_feed(draft, EMPTY))))


def _shows(source: Source) -> Iterator[tuple[Show, list[Episode]]]:
    """Each show with its episodes, which take its licence where they have none."""
    for show in source.shows:
        yield (
            show,
            [
                one.model_copy(update={"licence": one.licence or show.licence})
                for one in source.episodes
                if show.slug in one.shows
            ],
        )


def _assert_equal(show: Show, episodes: list[Episode], folder: Path) -> None:
    data = render_feed(show, episodes, base_url=BASE, built=NOON)
    feed = parse_feed(data, url=f"{BASE}/{show.slug}/feed.xml")
    draft = convert(feed, further_elements(data), Around(site=EMPTY))
    again = read_back(draft, folder)

    rendered = trial_feed(again, EMPTY)

    assert _comparable(rendered) == _comparable(data)
    assert draft.show.slug == show.slug
    for one in episodes[: show.feed_items]:
        _assert_same_chapters(one)
    slugs = {one.guid.strip(): one.slug for one in episodes}
    assert all(slugs[str(one.value.guid)] == one.slug for one in draft.episodes)
    holding = {one.guid.strip(): one.stand_in for one in episodes}
    for come in draft.episodes:
        assert come.value.media.stand_in is holding[str(come.value.guid)]


def _assert_same_chapters(episode: Episode) -> None:
    data = chapters_json(episode, base_url=BASE)
    found = chapters_of(read_chapters(data, url=BASE))
    told = sorted(episode.chapters, key=lambda one: one.start)
    assert [(one.start, one.url) for one in found] == [
        (one.start, one.url) for one in told
    ]
    assert [one.title for one in found] == [" ".join(one.title.split()) for one in told]


def read_back(draft: Draft, folder: Path) -> Draft:
    """The same draft, written to files and read from them."""
    head = _written(draft.show, "show.md", ShowFile, folder)
    return replace(
        draft,
        show=replace(draft.show, value=head.value, body=head.body),
        episodes=tuple(_episode(one, folder) for one in draft.episodes),
    )


def _episode(draft: EpisodeDraft, folder: Path) -> EpisodeDraft:
    written = _written(draft, "episode.md", EpisodeFile, folder)
    return replace(draft, value=written.value, body=written.body)


def _written(
    draft: ShowDraft | EpisodeDraft, name: str, model: type[T], folder: Path
) -> Written[T]:
    (folder / name).write_bytes(composed(draft.value, draft.body))
    written = read(folder, Found(name, ()), model=model, slug=draft.slug)
    assert isinstance(written, Written), written
    return written


def _comparable(feed: bytes) -> list[str]:
    text = feed.decode().replace(f"{TRIAL}/show-", f"{BASE}/show-")
    for pattern, instead in (
        (_FILES, "file"),
        (_MADE_ANEW, ""),
        (_MEDIUM, "<enclosure>"),
        (_BARE_LINK, r"\1"),
        (_UNUSED, ""),
        (_SPACES, " "),
        (_TWO_LINES, " "),
    ):
        text = pattern.sub(instead, text)
    return text.split("\n")
