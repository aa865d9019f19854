"""A canary in everything that an episode can say: after a redaction it is nowhere."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from starlette.testclient import TestClient

from peru_media.errors import ContentError, RefusedError
from peru_media.model.redaction_receipt import RedactionReceipt
from peru_media.model.source import Episode
from peru_media.model.value import digest
from peru_media.model.wording import stands_in
from peru_media.ports import Fetched
from peru_media.publishing.leaks import read_aloud
from peru_media.publishing.live import read_live
from peru_media.publishing.redacting import prepare_redaction, redact
from peru_media.reading import read_site
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from tests.leaving import asking
from tests.media.marked import MARKER, energy
from tests.newsroom import NOWHERE, Newsroom
from tests.redacting import (
    CANARY,
    EDITS,
    EPISODE,
    FILE,
    canary_project,
    edited,
    holding,
)
from tests.stores import CountingStore
from tests.torture.redaction import Told, stopped


def _answers(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    live = read_live(newsroom.store, {})
    page = "/stories/story-1"
    paths = {path for table in live.tables().values() for path in table}
    forms = ("vtt", "srt", "json", "txt", "html")
    paths |= {f"{page}/transcript.{form}" for form in forms}
    paths |= {f"{page}/cite.{form}" for form in ("bib", "ris", "json")}
    paths |= {"/search?q=quux", f"/oembed?url={NOWHERE}{page}"}
    app = create_app(newsroom.store, clock=newsroom.clock, settings=ServerSettings())
    with TestClient(app, base_url=NOWHERE) as client:
        for path in sorted(paths):
            answer = client.get(path)
            yield path, answer.text.replace("q=quux", "").replace('value="quux"', "")


def _episode(newsroom: Newsroom) -> Episode:
    source = read_live(newsroom.store, {}).source()
    assert source is not None
    return next(one for one in source.episodes if one.slug == "story-1")


def _copy(newsroom: Newsroom, path: Path) -> Path:
    fetched = newsroom.store.get(_episode(newsroom).enclosure.key)
    assert isinstance(fetched, Fetched)
    path.write_bytes(fetched.body)
    return path


def _tags(path: Path) -> str:
    command = [
        "ffprobe",
        "-v",
        "error",
        "-show_format",
        "-show_chapters",
        "-of",
        "json",
    ]
    done = subprocess.run([*command, str(path)], capture_output=True, check=True)
    return done.stdout.decode()


@dataclass(frozen=True, slots=True)
class _State:
    """What a site shows of the canary: in objects, at addresses, in its sound."""

    objects: set[str]
    addresses: set[str]
    copy: Path

    @classmethod
    def of(cls, newsroom: Newsroom, copy: Path) -> "_State":
        told = {
            path
            for path, text in _answers(newsroom)
            if any(stands_in(view, CANARY) for view in read_aloud(text))
        }
        return cls(holding(newsroom.store), told, _copy(newsroom, copy))


@pytest.fixture(scope="module")
def redacted_site(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Newsroom, _State, _State, RedactionReceipt]]:
    root = tmp_path_factory.mktemp("redacted")
    with Newsroom.opened(root) as newsroom:
        canary_project(newsroom)
        newsroom.publish()
        before = _State.of(newsroom, root / "before.mp3")
        newsroom.edit("episodes/story-2/episode.md", "title: Story 2", "title: New")
        with asking(newsroom.store, newsroom.clock) as fetcher:
            receipt = redact(
                edited(newsroom),
                newsroom.desk(fetcher=fetcher),
                wait=partial(sleep, 0.2),
                purge=lambda urls: [f"{url} is kept" for url in urls],
            )
        yield newsroom, before, _State.of(newsroom, root / "after.mp3"), receipt


_Site = tuple[Newsroom, _State, _State, RedactionReceipt]


def test_after_a_redaction_the_words_are_nowhere(
    redacted_site: _Site, record_property: Any
) -> None:
    _, before, after, receipt = redacted_site

    record_property(
        "figure",
        f"canary in {len(before.objects)} objects and at {len(before.addresses)} "
        f"addresses before, in {len(after.objects)} and at {len(after.addresses)} "
        f"after; {receipt.objects} objects erased",
    )
    assert len(before.objects) > 12
    assert len(before.addresses) > 15
    assert (after.objects, after.addresses) == (set(), set())


def test_after_a_redaction_nobody_hears_them_or_reads_them_in_the_file(
    redacted_site: _Site,
) -> None:
    _, before, after, _ = redacted_site

    assert energy(before.copy, MARKER) > -30
    assert energy(after.copy, MARKER) < -60
    assert [stands_in(_tags(one.copy), CANARY) for one in (before, after)] == [
        True,
        False,
    ]


def test_a_redaction_takes_nothing_else_along(redacted_site: _Site) -> None:
    newsroom, _, _, _ = redacted_site
    source = read_live(newsroom.store, {}).source()

    assert source is not None
    assert {one.title for one in source.episodes} == {"Meeting [name]", "Story 2"}


def test_the_receipt_says_what_was_done_and_never_which_words(
    redacted_site: _Site,
) -> None:
    _, before, _, receipt = redacted_site

    assert (receipt.release, receipt.left, receipt.edits) == (2, 0, 2)
    assert receipt.seconds == 1.04
    assert receipt.objects >= len(before.objects)
    asked = [(one.address.split("/")[3], one.status, one.old) for one in receipt.asked]
    assert asked == [("assets", 404, False), ("media", 200, False)]
    assert any(one.endswith("/stories/story-1 is kept") for one in receipt.unpurged)
    assert not stands_in(receipt.to_bytes().decode(), CANARY)
    assert receipt.proven


def test_times_come_where_the_cut_leaves_them(newsroom: Newsroom) -> None:
    canary_project(newsroom, edits=EDITS.replace("HOW", "cut"))
    newsroom.publish()

    episode = _episode(newsroom)
    answers = dict(_answers(newsroom))

    chapters = [(one.start, one.title) for one in episode.chapters]
    assert chapters == [(0, "Before"), (0.98, "[name]'s story"), (1.46, "After")]
    assert [(s.start, s.duration) for s in episode.soundbites] == [(1.16, 0.5)]
    assert episode.enclosure.duration == pytest.approx(3 - 1.04, abs=0.05)
    cues = json.loads(answers["/stories/story-1/transcript.json"])["segments"]
    assert [(c["startTime"], c["endTime"], c["body"]) for c in cues] == [
        (0.0, 0.9, "Here is Zebedee"),
        (0.9, 1.06, "[removed]"),
        (1.16, 1.96, "My name is [name]."),
    ]
    assert [one.name for one in episode.people] == ["The host"]


def test_the_same_command_erases_what_an_ordinary_publish_left(
    newsroom: Newsroom,
) -> None:
    canary_project(newsroom)
    newsroom.publish()
    canary_project(newsroom, edits=EDITS.replace("HOW", "cut"))
    newsroom.publish()
    left = holding(newsroom.store)

    receipt = redact(edited(newsroom), newsroom.desk(), wait=lambda: None)

    assert left
    assert holding(newsroom.store) == set()
    assert receipt.release == 3, "the old card was still to be had"
    assert [one.status for one in receipt.asked] == [0, 0]
    assert (receipt.reached, receipt.proven) == (False, False), "nobody answered"


def test_words_that_only_readers_see_stop_everything(newsroom: Newsroom) -> None:
    canary_project(newsroom, edits=EDITS.replace("HOW", "cut"))
    newsroom.edit(FILE, "With **", "With Zebe<b>d</b>ee &#81;uux, **")

    with pytest.raises(RefusedError) as caught:
        newsroom.publish()

    assert {problem.code for problem in caught.value.problems} == {"E428"}
    told = " ".join(problem.what for problem in caught.value.problems)
    assert "The words still stand in " in told


def test_an_older_file_does_not_bring_the_words_back(newsroom: Newsroom) -> None:
    canary_project(newsroom, edits=EDITS.replace("HOW", "cut"))
    newsroom.publish()
    canary_project(newsroom)

    with pytest.raises(RefusedError) as caught:
        newsroom.publish()

    assert "E427" in {problem.code for problem in caught.value.problems}


def test_a_recording_that_is_away_is_not_said_to_beedited(newsroom: Newsroom) -> None:
    canary_project(newsroom)
    newsroom.publish()
    audio = newsroom.root / "episodes/story-1/audio.mp3"
    site, _ = read_site(newsroom.root)
    assert site is not None
    entry = read_live(newsroom.store, {}).ledger().episodes[_episode(newsroom).id]
    audio.unlink()
    newsroom.edit(
        FILE,
        "number: 1\n",
        f"number: 1\nmedia:\n  file: audio.mp3\n  sha256: {entry.master_sha256}\n",
    )
    newsroom.edit(FILE, "---\nWith", EDITS.replace("HOW", "cut") + "---\nWith")

    with pytest.raises(RefusedError) as caught:
        newsroom.publish()

    assert "E426" in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("slug", "edit", "why"),
    [
        ("story-9", "", "no episode story-9"),
        ("story-2", "", "has no edits"),
    ],
)
def test_what_cannot_be_redacted_says_why(
    slug: str, edit: str, why: str, newsroom: Newsroom
) -> None:
    newsroom.edit("episodes/story-2/episode.md", "number: 2\n", f"number: 2\n{edit}")
    site, _ = read_site(newsroom.root)
    assert site is not None

    with pytest.raises(RefusedError, match=why):
        prepare_redaction(site, slug, newsroom.desk())


def test_what_is_not_out_is_left_to_its_publish(newsroom: Newsroom) -> None:
    canary_project(newsroom, edits=EDITS.replace("HOW", "cut"))
    site, _ = read_site(newsroom.root)
    assert site is not None

    assert prepare_redaction(site, "story-1", newsroom.desk()) is None
    assert list(newsroom.store.list("")) == []


def test_only_its_own_problems_stand_in_the_way(newsroom: Newsroom) -> None:
    canary_project(newsroom)
    newsroom.publish()
    newsroom.edit("episodes/story-2/episode.md", "title: Story 2", "titel: Story 2")

    assert edited(newsroom, rehearsal=True).episode.title == "Meeting [name]"
    newsroom.write(**{"episodes/story-1/transcript.vtt": "WEBVTT\n"})
    with pytest.raises(ContentError):
        edited(newsroom)


def test_an_old_copy_that_is_still_given_out_is_told_of(newsroom: Newsroom) -> None:
    canary_project(newsroom)
    newsroom.publish()
    redaction = edited(newsroom)
    with asking(newsroom.store, newsroom.clock) as fetcher:
        wrong = replace(
            redaction, former=(redaction.episode.enclosure.address, "/stories")
        )
        receipt = redact(
            wrong, newsroom.desk(fetcher=fetcher), wait=partial(sleep, 0.2)
        )

    assert [(one.status, one.old) for one in receipt.asked] == [
        (200, False),
        (200, True),
    ]
    assert (receipt.reached, receipt.left, receipt.proven) == (True, 0, False)


def test_a_draft_in_the_file_is_not_put_in_its_own_place(newsroom: Newsroom) -> None:
    canary_project(newsroom)
    newsroom.publish()
    drafted = EPISODE.replace("2026-03-03 09:00", "draft")
    newsroom.write(**{FILE: drafted.replace("EDITS", EDITS.replace("HOW", "cut"))})
    site, _ = read_site(newsroom.root)
    assert site is not None

    with pytest.raises(RefusedError, match="a draft in its file"):
        prepare_redaction(site, "story-1", newsroom.desk())


def test_a_redaction_that_is_cut_off_goes_on(newsroom: Newsroom) -> None:
    told = Told(newsroom)
    counted = CountingStore(told.again())
    told.redact(counted)

    stopped(told, len(counted.calls) // 2, "after")


def test_who_is_withdrawn_in_the_files_does_not_stay_in_for_a_redaction(
    newsroom: Newsroom,
) -> None:
    """A target that was away while somebody was withdrawn hears of it by any verb."""
    canary_project(newsroom)
    newsroom.publish()
    ids = {
        one.slug: one.id
        for one in read_live(newsroom.store, {}).ledger().episodes.values()
    }
    guid = digest(b"guid-of-story-2")
    newsroom.write(
        **{
            "feeds/withdrawn.yaml": f"withdrawn:\n  - guid: {guid}\n"
            f"    at: 2026-11-02T12:00:00Z\n    id: {ids['story-2']}\n"
        }
    )

    redact(edited(newsroom), newsroom.desk(), wait=lambda: None)

    live = read_live(newsroom.store, {})
    source = live.source()
    assert source is not None
    assert [one.slug for one in source.episodes] == ["story-1"]
    assert not any(ids["story-2"] in one.key for one in newsroom.store.list(""))
    assert ids["story-2"] not in live.ledger().episodes
