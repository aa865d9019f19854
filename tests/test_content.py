"""The first content keeps its promises, read without our own code.

An episode that holds its real recording is no stand-in any more: what is promised
of stand-ins then no longer concerns it.
"""

import array
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import av
import pikepdf
import pytest
import yaml
from av.audio.resampler import AudioResampler
from PIL import Image

ROOT = Path(__file__).parent.parent
EPISODES = ROOT / "episodes"
FELLOWSHIP = "fellowship-podcast"
REVIEW = "rapid-evidence-assessment"
FIRST = {
    FELLOWSHIP,
    REVIEW,
    "homelessness",
    "parenting-programme",
    "social-workers",
    "transition-to-adulthood",
}
RECORDS = ROOT / "feeds" / "contributors"

RATE = 8_000
BLOCK = 80  # samples: 10 ms
QUIET = 160  # of 32767
CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n")


def front_matter(path: Path) -> dict[str, Any]:
    """Every scalar as the text that stands there."""
    _, fields, _ = path.read_text("utf-8").split("---\n", 2)
    loaded: dict[str, Any] = yaml.load(fields, Loader=yaml.BaseLoader)  # noqa: S506  # it builds texts alone
    return loaded


def episode(slug: str) -> dict[str, Any]:
    return front_matter(EPISODES / slug / "episode.md")


def body(slug: str) -> str:
    text = (EPISODES / slug / "episode.md").read_text("utf-8")
    return text.split("---\n", 2)[2]


def is_stand_in(slug: str) -> bool:
    return bool(episode(slug)["media"].get("stand_in") == "true")


STAND_INS = sorted(filter(is_stand_in, FIRST))
SPOKEN = [slug for slug in STAND_INS if slug != REVIEW]
STORIES = [slug for slug in SPOKEN if slug != FELLOWSHIP]


def cues(slug: str) -> list[tuple[float, float]]:
    text = (EPISODES / slug / "transcript.vtt").read_text("utf-8")
    return [
        (
            int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3]),
            int(match[4]) * 3600 + int(match[5]) * 60 + float(match[6]),
        )
        for match in CUE.finditer(text)
    ]


@cache
def blocks(slug: str) -> tuple[bool, ...]:
    """Whether each 10 ms of a recording sound, decoded from the first to the last."""
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    samples = array.array("h")
    with av.open(EPISODES / slug / "audio.mp3") as sound:
        for frame in sound.decode(audio=0):
            for part in resampler.resample(frame):
                samples.frombytes(bytes(part.planes[0])[: part.samples * 2])
    return tuple(
        max(map(abs, samples[at : at + BLOCK])) > QUIET
        for at in range(0, len(samples), BLOCK)
    )


def sounding(slug: str) -> Iterator[float]:
    """The moments, in seconds, at which something is heard."""
    return (index * BLOCK / RATE for index, loud in enumerate(blocks(slug)) if loud)


def duration(slug: str) -> float:
    return len(blocks(slug)) * BLOCK / RATE


def test_the_first_six_episodes_are_here() -> None:
    assert {path.parent.name for path in EPISODES.rglob("episode.md")} >= FIRST


@pytest.mark.parametrize("slug", STAND_INS)
def test_a_stand_in_says_so_where_people_look_first(slug: str) -> None:
    assert "stand-in" in episode(slug)["subtitle"]
    assert body(slug).startswith("**This is a stand-in.**")


def test_guids_and_numbers_are_minted_once_each() -> None:
    episodes = [episode(slug) for slug in FIRST]

    assert len({one["guid"] for one in episodes}) == 6
    assert sorted(int(one["number"]) for one in episodes) == [1, 2, 3, 4, 5, 6]


def test_every_collection_of_an_episode_is_one_of_the_shows() -> None:
    show = front_matter(ROOT / "feeds" / "personalisation" / "show.md")
    named = {collection["name"] for collection in show["collections"]}

    assert {episode(slug)["collection"] for slug in FIRST} == named


def test_all_stand_ins_together_stay_under_four_megabytes() -> None:
    folders = [EPISODES / slug for slug in STAND_INS]
    folders += [ROOT / "feeds" / "personalisation", ROOT / "scripts"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]

    assert len(files) > len(folders)
    assert sum(path.stat().st_size for path in files) < 4_000_000


@pytest.mark.skipif(FELLOWSHIP not in SPOKEN, reason="the real podcast is here")
def test_the_podcast_lasts_four_to_five_minutes() -> None:
    assert 240 <= duration(FELLOWSHIP) <= 300


@pytest.mark.parametrize("slug", STORIES)
def test_a_story_lasts_under_a_minute(slug: str) -> None:
    assert 20 < duration(slug) < 60


@pytest.mark.parametrize("slug", SPOKEN)
def test_every_cue_lies_inside_the_sound_and_after_the_one_before(slug: str) -> None:
    moments = [moment for cue in cues(slug) for moment in cue]

    assert moments == sorted(moments)
    assert moments[-1] <= duration(slug)


@pytest.mark.parametrize("slug", SPOKEN)
def test_the_transcript_covers_what_is_heard(slug: str) -> None:
    spans = cues(slug)
    heard = list(sounding(slug))
    covered = [at for at in heard if any(start <= at < end for start, end in spans)]

    assert len(covered) >= 0.98 * len(heard)


@pytest.mark.parametrize("slug", SPOKEN)
def test_every_cue_opens_with_its_sentence(slug: str) -> None:
    loud = blocks(slug)
    for start, _ in cues(slug):
        first = round(start * RATE / BLOCK)

        assert any(loud[first : first + 20]), f"silence after {start}"
        assert not all(loud[max(first - 20, 0) : first]), f"speech before {start}"


@pytest.mark.parametrize("slug", SPOKEN)
def test_the_spoken_words_say_that_they_are_a_stand_in(slug: str) -> None:
    text = (EPISODES / slug / "transcript.vtt").read_text("utf-8")
    first = " ".join(text.split("\n\n")[1].splitlines()[1:])

    assert "stand-in recording" in first
    assert "computer voice" in first
    assert set(re.findall(r"<v ([^>]+)>", text)) == {"Stand-in voice"}


@pytest.mark.parametrize("slug", SPOKEN)
def test_no_line_of_a_transcript_is_too_long_to_read(slug: str) -> None:
    text = (EPISODES / slug / "transcript.vtt").read_text("utf-8")
    words = [re.sub(r"<[^>]+>", "", line) for line in text.splitlines()]

    assert max(map(len, words)) <= 65


@pytest.mark.skipif(FELLOWSHIP not in SPOKEN, reason="the real podcast is here")
def test_each_chapter_opens_with_a_sentence_in_a_pause() -> None:
    starts = [cue[0] for cue in cues(FELLOWSHIP)]
    chapters = episode(FELLOWSHIP)["chapters"]

    assert len(chapters) == 7
    assert chapters[0]["start"] == "0:00"
    for chapter in chapters:
        minutes, seconds = map(int, chapter["start"].split(":"))
        at = minutes * 60 + seconds
        assert any(0 <= start - at < 0.5 for start in starts), chapter


@pytest.mark.parametrize("slug", STORIES)
def test_a_story_names_a_contributor_who_has_a_record(slug: str) -> None:
    (person,) = episode(slug)["people"]

    assert set(person) == {"contributor", "role"}
    assert (RECORDS / f"{person['contributor']}.yaml").is_file()


@pytest.mark.parametrize("slug", STAND_INS)
def test_nobody_with_a_name_is_said_to_speak_in_a_stand_in(slug: str) -> None:
    assert all("name" not in person for person in episode(slug).get("people", []))


@pytest.mark.parametrize("slug", STORIES)
def test_the_record_of_a_stand_in_holds_no_real_name(slug: str) -> None:
    path = RECORDS / f"{episode(slug)['people'][0]['contributor']}.yaml"
    record = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # it builds texts alone

    assert record["id"] == path.stem
    assert re.fullmatch(r"Contributor [A-D]", record["public_name"])
    assert record["name_kind"] == "pseudonym"
    assert record["voice"] == "re-voiced"
    assert set(record["scope"]) == {"podcast", "website", "transcript"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feeds/personalisation/cover.png", "PNG"),
        (f"episodes/{FELLOWSHIP}/cover.jpg", "JPEG"),
    ],
)
def test_covers_are_what_podcast_apps_want(path: str, kind: str) -> None:
    with Image.open(ROOT / path) as cover:
        assert (cover.format, cover.mode) == (kind, "RGB")
        assert cover.width == cover.height
        assert 1400 <= cover.width <= 3000
    assert (ROOT / path).stat().st_size < 200_000


@pytest.mark.skipif(REVIEW not in STAND_INS, reason="the real document is here")
def test_the_document_is_tagged_and_says_its_title_and_language() -> None:
    with pikepdf.open(EPISODES / REVIEW / "review.pdf") as pdf:
        assert "A Rapid Evidence Assessment" in str(pdf.docinfo["/Title"])
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K is not None
        assert len(pdf.pages) == 2


def test_the_local_target_is_the_folder_that_a_fresh_clone_can_use() -> None:
    text = (ROOT / "feeds" / "site.yaml").read_text("utf-8")
    site = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # it builds texts alone

    assert site["targets"]["local"] == {
        "store": ".peru-media/store",
        "base_url": "http://127.0.0.1:8000",
    }
