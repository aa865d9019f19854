"""A project is read whole: its site, and every problem at once."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peru_media.model.problem import Place
from peru_media.model.site import Site, due
from peru_media.reading import read_site
from tests.reading.broken import CONSENT, CORPUS, EPISODE, SHOW, SITE, SOUND, write

FULL = """\
---
show: personalisation
guid: 5b2c9c1e-0f5e-4b40-9b3e-000000000001
number: 3
collection: community-reporting
title: "Finding my feet"   # as agreed with Dan
publish: 2026-07-01 09:00
language: no
explicit: no
licence: cc-by-4.0
media: audio.mp3
people:
  - contributor: c-017
    role: contributor
chapters:
  - start: 0:00
    title: Welcome
  - {start: 1:02:03.5, title: Later}
transcript:
  file: transcript.vtt
  checked: 2026-06-01
---

Dan tells how it went.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, SOUND)
    return tmp_path


def site_of(root: Path) -> Site:
    site, problems = read_site(root)
    assert problems == ()
    assert site is not None
    return site


def test_a_sound_project_is_read_whole(project: Path) -> None:
    write(
        project,
        {
            "episodes/2026/finding-my-feet/episode.md": FULL,
            "episodes/2026/finding-my-feet/audio.mp3": "",
            "feeds/personalisation/cover.png": "",
            "feeds/contributors/c-017.yaml": CONSENT,
            "feeds/withdrawn.yaml": f"withdrawn:\n  - guid: {'a' * 64}\n    at: x\n",
        },
    )

    site = site_of(project)
    episode = site.episodes[0]
    assert site.site.value.organisation.name == "PERU"
    assert [show.slug for show in site.shows] == ["personalisation"]
    assert [e.slug for e in site.episodes] == ["finding-my-feet", "homelessness"]
    assert [c.slug for c in site.contributors] == ["c-017"]
    assert len(site.withdrawn) == 1
    assert site.shows[0].body == "About the project.\n"
    assert site.shows[0].files == ("feeds/personalisation/cover.png",)
    assert episode.path == "episodes/2026/finding-my-feet/episode.md"
    assert episode.files == ("episodes/2026/finding-my-feet/audio.mp3",)
    assert episode.body == "\nDan tells how it went.\n"
    assert episode.body_line == 23
    assert episode.value.language == "no"
    assert episode.value.explicit is False
    assert episode.value.title == "Finding my feet"
    assert episode.value.chapters[1].start == 3723.5
    assert episode.value.licence is not None
    assert episode.value.licence.name == "CC-BY-4.0"
    assert episode.place("people", 0, "role") == Place(episode.path, 14, 5)
    assert episode.value_place("people", 0, "role") == Place(episode.path, 14, 11)
    assert due(site, episode, at=datetime(2026, 1, 1, tzinfo=UTC)) == datetime(
        2026, 7, 1, 8, tzinfo=UTC
    )


def test_windows_files_are_read_as_they_are(project: Path) -> None:
    path = "episodes/homelessness/episode.md"
    write(project, {path: "\ufeff" + EPISODE.replace("\n", "\r\n")})

    episode = site_of(project).episodes[0]
    assert episode.body == "Notes.\r\n"
    assert episode.value.title == "Homelessness"
    assert episode.place("title") == Place(path, 3, 1)


def test_all_problems_of_all_files_come_at_once_in_order(project: Path) -> None:
    write(
        project,
        {
            "feeds/site.yaml": SITE + "tmezone: Europe/London\n",
            "feeds/contributors/c-017.yaml": CONSENT.replace("c-017", "c-018"),
            "episodes/a/episode.md": "---\nshow: x\nnumber: 0\ntitle:\n---\n",
            "episodes/b/episode.md": "---\nshow: [personalisation, y]\ntitle: b\n---\n",
        },
    )

    site, problems = read_site(project)
    assert site is None
    assert [(p.code, str(p.place)) for p in problems] == [
        ("E113", "episodes/a/episode.md:3:9"),
        ("E111", "episodes/a/episode.md:4:1"),
        ("E140", "episodes/b/episode.md:2:25"),
        ("E143", "feeds/contributors/c-017.yaml:1:5"),
        ("E102", "feeds/site.yaml:6:1"),
    ]


def test_a_file_with_a_problem_is_left_out_and_the_rest_is_there(project: Path) -> None:
    write(
        project,
        {
            "episodes/a/episode.md": "---\nshow: personalisation\n---\n",
            "episodes/b/episode.md": EPISODE.replace(
                "---\n", "---\npublish: soon\n", 1
            ),
            "feeds/withdrawn.yaml": "withdrawn: all\n",
        },
    )

    site, problems = read_site(project)
    assert site is not None
    assert [e.slug for e in site.episodes] == ["homelessness"]
    assert [p.code for p in problems] == ["E111", "E130", "E112"]


def test_an_episode_of_a_broken_show_is_left_out_without_a_word(project: Path) -> None:
    write(
        project, {"feeds/personalisation/show.md": SHOW.replace("title: P", "titel: P")}
    )

    site, problems = read_site(project)
    assert site is not None
    assert (site.shows, site.episodes) == ((), ())
    assert [p.code for p in problems] == ["E102"]


def test_without_a_site_file_the_rest_is_still_looked_at(project: Path) -> None:
    (project / "feeds/site.yaml").unlink()
    write(
        project,
        {
            "episodes/a/episode.md": EPISODE.replace(
                "show: p", "publish: soon\nshow: p"
            ),
            "episodes/b/episode.md": EPISODE.replace("personalisation", "p"),
        },
    )

    site, problems = read_site(project)
    assert site is None
    assert [(p.code, str(p.place)) for p in problems] == [
        ("E140", "episodes/b/episode.md:2:7"),
        ("E100", "feeds/site.yaml"),
    ]


def test_an_empty_folder_is_no_project(tmp_path: Path) -> None:
    site, (problem,) = read_site(tmp_path)

    assert site is None
    assert str(problem).startswith("feeds/site.yaml error E100 ")


def test_the_show_s_own_time_zone_comes_before_the_site_s(project: Path) -> None:
    write(
        project,
        {
            "feeds/personalisation/show.md": SHOW.replace(
                "language", "timezone: America/New_York\nlanguage"
            ),
            "episodes/homelessness/episode.md": EPISODE.replace(
                "title", "publish: 2027-03-28 01:30\ntitle"
            ),
        },
    )

    assert site_of(project).episodes[0].value.publish == "2027-03-28 01:30"


TAGS = """\
---
title: Personalisation
language: en-GB
podcast:
  trailer:
    title: What is to come
    url: https://example.org/trailer.mp3
    published: 2026-03-29 01:30
  live_item:
    status: pending
    start: 2026-10-25 01:30
    title: Live
    guid: live-1
    enclosure: {url: https://example.org/live.mp3, type: audio/mpeg}
    content_link: {href: https://example.org/live, text: Watch}
collections:
  - {name: community-reporting, title: Community reporting}
---
"""


def test_dates_of_single_tags_are_looked_at_in_the_show_s_zone(project: Path) -> None:
    write(project, {"feeds/personalisation/show.md": TAGS})

    site, problems = read_site(project)

    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("E131", 8, 16),
        ("E131", 11, 12),
    ]
    assert site is not None
    assert (site.shows, site.episodes) == ((), ())


def test_dates_of_tags_wait_for_a_zone(project: Path) -> None:
    write(project, {"feeds/personalisation/show.md": TAGS})
    (project / "feeds/site.yaml").unlink()

    _, problems = read_site(project)

    assert [problem.code for problem in problems] == ["E100"]


def test_only_yaml_files_of_the_folder_itself_are_consent_records(
    project: Path,
) -> None:
    write(
        project,
        {
            "feeds/contributors/c-017.yaml": CONSENT,
            "feeds/contributors/README.md": "Records.",
            "feeds/contributors/old/c-001.yaml": "nonsense",
        },
    )

    assert len(site_of(project).contributors) == 1


def test_a_show_cannot_lie_where_the_records_lie(project: Path) -> None:
    write(project, {"feeds/contributors/show.md": SHOW})

    assert [p.code for p in read_site(project)[1]] == ["E142"]


@pytest.mark.parametrize("name", ["---", "Ω"])
def test_a_folder_without_any_letter_gets_no_new_name(name: str, project: Path) -> None:
    write(project, {f"episodes/{name}/episode.md": EPISODE})

    (problem,) = read_site(project)[1]
    assert problem.fix.startswith("Rename it: lower-case")


def test_a_link_to_the_site_file_s_twin_outside_is_refused(tmp_path: Path) -> None:
    write(
        tmp_path, {"outside.yaml": SITE, "project/feeds/personalisation/show.md": SHOW}
    )
    (tmp_path / "project/feeds/site.yaml").symlink_to(tmp_path / "outside.yaml")

    site, problems = read_site(tmp_path / "project")
    assert site is None
    assert [p.code for p in problems] == ["E100", "E151"]


def test_twice_the_episodes_take_about_twice_the_time(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        root = tmp_path / str(count)
        episodes = {f"episodes/e-{n}/episode.md": EPISODE for n in range(count)}
        write(root, SOUND | episodes)
        best = 60.0
        for _ in range(3):
            start = time.perf_counter()
            assert len(site_of(root).episodes) == count + 1
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(400) < 5 * seconds(200)


NEVER_SLOW = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(data=st.binary(max_size=400))
@NEVER_SLOW
def test_no_bytes_raise(data: bytes, tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    for path in (
        "feeds/site.yaml",
        "feeds/withdrawn.yaml",
        "feeds/contributors/c-017.yaml",
        "feeds/personalisation/show.md",
        "episodes/a/episode.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)

    site, problems = read_site(tmp_path)
    assert site is not None or problems
    assert all(problem.fix for problem in problems)


PIECES = ["\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!str ", '"']
PIECES += ["'", "#", "|", "~", "\x00", "\u2028", "\ufeff", "<<: ", "---\n", "\r", "é"]


@given(
    cut=st.integers(0, len(FULL)),
    length=st.integers(0, 30),
    pieces=st.lists(st.sampled_from(PIECES), max_size=4),
)
@settings(NEVER_SLOW, max_examples=200)
def test_no_mutation_of_a_sound_file_raises(
    cut: int, length: int, pieces: list[str], tmp_path: Path
) -> None:
    text = FULL[:cut] + "".join(pieces) + FULL[cut + length :]
    write(tmp_path, SOUND | {"episodes/a/episode.md": text})
    write(tmp_path, {"feeds/contributors/c-017.yaml": CONSENT})

    site, problems = read_site(tmp_path)
    assert site is not None
    assert ("a" in {e.slug for e in site.episodes}) == (not problems)
    assert all(p.place.path == "episodes/a/episode.md" for p in problems)
    assert all(p.fix and p.place.line for p in problems)


def test_the_corpus_in_one_project_raises_nothing(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    for number, file in enumerate(sorted((CORPUS / "episode").iterdir())):
        folder = tmp_path / f"episodes/e-{number}"
        folder.mkdir(parents=True)
        shutil.copy(file, folder / "episode.md")

    site, problems = read_site(tmp_path)
    assert site is not None
    assert len({p.place.path for p in problems}) > 80
    assert list(problems) == sorted(problems, key=lambda p: (p.place, p.code))
