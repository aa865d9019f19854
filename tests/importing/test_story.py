"""A show moves here, with everything that it has."""

import pytest

from peru_media.model.value import digest
from peru_media.publishing.importing.desk import Wish
from tests.importing.imports import Project, tree
from tests.importing.old_host import OldHost, picture
from tests.projects import tone


def test_a_show_comes_with_all_its_files(project: Project, host: OldHost) -> None:
    [done] = project.run(host.feed)

    assert sorted(tree(project.root)) == [
        "episodes/the-platform/audio.mp3",
        "episodes/the-platform/cover.png",
        "episodes/the-platform/episode.md",
        "episodes/the-sleeper/audio.mp3",
        "episodes/the-sleeper/chapters/1.png",
        "episodes/the-sleeper/episode.md",
        "episodes/the-sleeper/people/ann-example-1.png",
        "episodes/the-sleeper/transcript.vtt",
        "feeds/night-trains/cover.png",
        "feeds/night-trains/images/1.png",
        "feeds/night-trains/show.md",
        "feeds/site.yaml",
        "import-report.md",
    ]
    assert (done.media, done.missing, done.held) == (2, (), ())


def test_files_read_as_staff_would_have_written_them(
    project: Project, host: OldHost
) -> None:
    project.run(host.feed)

    text = (project.root / "episodes/the-sleeper/episode.md").read_text()
    sha256 = text.partition("sha256: ")[2][:64]
    assert (
        text
        == f"""\
---
show: night-trains
guid: train-2
title: The sleeper
publish: 2026-03-10 09:00
media:
  file: audio.mp3
  sha256: {sha256}
people:
  - {{name: Ann Example, image: people/ann-example-1.png}}
chapters:
  - {{start: "0:00", title: Off, image: chapters/1.png}}
  - {{start: "0:00.5", title: On, url: https://e.org/}}
---
All **aboard**.
"""
    )


def test_the_show_says_where_it_came_from(project: Project, host: OldHost) -> None:
    project.run(host.feed)

    text = (project.root / "feeds/night-trains/show.md").read_text()
    assert f"previous_url: {host.feed}" in text
    assert "locked: true" in text
    assert "{file: images/1.png, alt: Ann, purpose: banner}" in text
    assert "Who travels at night." in text


def test_media_come_byte_for_byte(project: Project, host: OldHost) -> None:
    project.run(host.feed)

    files = tree(project.root)
    assert files["episodes/the-sleeper/audio.mp3"] == tone(320)
    assert files["feeds/night-trains/cover.png"] == picture("navy")


def test_each_address_is_asked_once(project: Project, host: OldHost) -> None:
    project.run(host.feed)

    assert set(host.whole().values()) == {1}
    assert len(host.asked) == len(host.files)


def test_a_second_import_changes_nothing_but_the_report(
    project: Project, host: OldHost
) -> None:
    project.run(host.feed)
    before = tree(project.root)
    host.asked.clear()

    [again] = project.run(host.feed)

    after = tree(project.root)
    assert after | {"import-report.md": b""} == before | {"import-report.md": b""}
    assert again.plan.present == ("the-sleeper", "the-platform")
    assert [one.path for one in host.asked] == ["/feed.xml"]


def test_an_episode_whose_file_is_gone_stays_a_draft(
    project: Project, host: OldHost
) -> None:
    del host.files["/2.mp3"]

    [done] = project.run(host.feed)

    assert done.held == ("the-sleeper",)
    text = (project.root / "episodes/the-sleeper/episode.md").read_text()
    assert "publish: draft" in text
    report = (project.root / "import-report.md").read_text()
    assert "the server answers 404" in report
    assert "2026-03-10 09:00" in report
    assert "1 media file fetched (1 could not be had)" in report


def test_a_web_page_in_place_of_a_recording_is_none(
    project: Project, host: OldHost
) -> None:
    host.files["/2.mp3"] = b"<!doctype html><p>Moved"
    host.files["/2.vtt"] = b"<html>Moved"
    host.files["/cover.png"] = b"GIF89a"

    [done] = project.run(host.feed)

    assert done.held == ("the-sleeper",)
    files = tree(project.root)
    assert "episodes/the-sleeper/audio.mp3" not in files
    assert "episodes/the-sleeper/transcript.vtt" not in files
    assert "feeds/night-trains/cover.png" not in files
    report = files["import-report.md"].decode()
    assert "no recording, film or PDF" in report
    assert "web page" in report
    assert "no JPEG or PNG" in report


def test_a_length_that_is_not_the_files_is_told(
    project: Project, host: OldHost
) -> None:
    host.files["/2.mp3"] = tone(320, seconds=2)

    project.run(host.feed)

    report = (project.root / "import-report.md").read_text()
    assert "the feed says" in report


@pytest.mark.parametrize("word", ["301", "itunes:new-feed-url", "podcast:locked"])
def test_the_report_says_what_to_do_at_the_old_host(
    word: str, project: Project, host: OldHost
) -> None:
    project.run(host.feed)

    report = (project.root / "import-report.md").read_text()
    assert word in report
    assert "https://media.example.ac.uk/night-trains/feed.xml" in report


def test_what_was_missing_comes_with_the_next_import(
    project: Project, host: OldHost
) -> None:
    project.run(host.feed, wish=Wish(media=False))
    edited = project.root / "episodes/the-platform/episode.md"
    edited.write_text(edited.read_text() + "More words.\n")
    sleeper = "episodes/the-sleeper/episode.md"
    before = tree(project.root)
    drafted = before[sleeper]
    assert b"publish: draft" in drafted
    [done] = project.run(host.feed)

    after = tree(project.root)
    new = {name for name in after if name not in before}
    assert new == {
        "episodes/the-platform/audio.mp3",
        "episodes/the-platform/cover.png",
        "episodes/the-sleeper/audio.mp3",
        "episodes/the-sleeper/transcript.vtt",
    }
    assert {**after, "import-report.md": b""} == {
        **{name: after[name] for name in new},
        **before,
        sleeper: drafted.replace(b"publish: draft", b"publish: 2026-03-10 09:00"),
        "import-report.md": b"",
    }
    report = after["import-report.md"].decode()
    assert "came into the folder that is here" in report
    assert "it is a draft no more; its date stands below" in report
    assert done.held == ("the-platform",)  # somebody wrote there, so it is theirs
    assert "“The platform”: 2026-03-03 09:00" in report
    assert report.count("2026-03-10 09:00") == 1


def test_drafts_that_remain_are_told_by_every_report(
    project: Project, host: OldHost
) -> None:
    del host.files["/2.mp3"]
    project.run(host.feed)

    [again] = project.run(host.feed)

    report = (project.root / "import-report.md").read_text()
    assert again.held == ("the-sleeper",)
    assert "- `episodes/the-sleeper/episode.md`" in report


def test_the_plan_names_what_is_fetched_alone(project: Project, host: OldHost) -> None:
    [first] = project.plan(host.feed, rehearsal=True)
    [less] = project.plan(host.feed, wish=Wish(media=False), rehearsal=True)
    project.run(host.feed)
    [again] = project.plan(host.feed, rehearsal=True)

    assert len(first.wanted) == 6
    assert (less.wanted, again.wanted) == ((), ())


def test_a_show_without_transcripts_is_told_of_the_answer_for_all(
    project: Project, host: OldHost
) -> None:
    project.run(host.feed)

    report = (project.root / "import-report.md").read_text()
    assert "1 episode has none" in report
    assert "`defaults: {transcript: optional}`" in report
    path = project.root / "feeds/night-trains/show.md"
    path.write_text(
        path.read_text().replace("---\n", "---\ndefaults: {transcript: optional}\n", 1)
    )
    [show] = project.site.shows
    assert show.value.defaults.transcript == "optional"


def test_older_pages_of_a_cut_feed_come_too(project: Project, host: OldHost) -> None:
    feed = host.files["/feed.xml"].decode()
    head, _, rest = feed.partition("<item>\n<title>The platform")
    older = f"{head.partition('<item>')[0]}<item>\n<title>The platform{rest}"
    link = (
        '<link xmlns="http://www.w3.org/2005/Atom" rel="prev-archive" href="old.xml"/>'
    )
    cut = f"{head}</channel></rss>".replace("<channel>", f"<channel>{link}", 1)
    host.files |= {"/feed.xml": cut.encode(), "/old.xml": older.encode()}
    host.files["/old.xml"] = older.replace("{url}", host.url).encode()

    [done] = project.run(host.feed)

    assert done.plan.items == 2
    assert (project.root / "episodes/the-platform/audio.mp3").exists()
    assert host.whole()["/old.xml"] == 1


def test_chapters_that_are_none_leave_those_of_the_feed(
    project: Project, host: OldHost
) -> None:
    host.files["/2.json"] = b"[]"

    project.run(host.feed)

    assert "no chapters in it" in (project.root / "import-report.md").read_text()
    text = (project.root / "episodes/the-sleeper/episode.md").read_text()
    assert "chapters:" not in text


def test_a_recording_that_was_withdrawn_does_not_come_back(
    project: Project, host: OldHost
) -> None:
    sha256 = digest(host.files["/2.mp3"])
    grave = f"withdrawn:\n  - {{guid: {'0' * 64}, at: 2026, masters: [{sha256}]}}\n"
    (project.root / "feeds/withdrawn.yaml").write_text(grave)

    [done] = project.run(host.feed)

    assert done.held == ("the-sleeper",)
    assert "episodes/the-sleeper/audio.mp3" not in tree(project.root)
    assert "it was withdrawn" in (project.root / "import-report.md").read_text()


def test_where_project_and_feed_disagree_the_project_stays(
    project: Project, host: OldHost
) -> None:
    project.run(host.feed)
    for name, old in [
        ("feeds/night-trains/show.md", "Night trains"),
        ("episodes/the-sleeper/episode.md", "The sleeper"),
    ]:
        path = project.root / name
        path.write_text(path.read_text().replace(f"title: {old}", "title: Mine"))
    before = tree(project.root)

    project.run(host.feed)

    after = tree(project.root)
    report = after["import-report.md"].decode()
    assert before | {"import-report.md": b""} == after | {"import-report.md": b""}
    assert "the project says it another way" in report
    assert "the show: Night trains" in report
    assert "“The sleeper”: The sleeper" in report
    assert "licence" not in report


def test_the_newest_are_those_of_the_latest_dates(
    project: Project, host: OldHost
) -> None:
    feed = host.files["/feed.xml"]
    host.files["/feed.xml"] = feed.replace(b"10 Mar 2026", b"10 Feb 2026")

    [done] = project.run(host.feed, wish=Wish(limit=1))

    assert done.plan.new == ("the-platform",)
