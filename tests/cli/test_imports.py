"""``peru-media import`` on the command line."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from peru_media.model.value import digest
from peru_media.ports import Body
from peru_media.reading.workroom import FolderRoom
from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.fetching.loopback import Reply
from tests.importing.imports import tree
from tests.importing.old_host import OldHost, old_host
from tests.projects import SHOW_GUID

PLAIN = """\
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
<title>{title}</title><language>en</language><description>x</description>
<podcast:guid>{guid}</podcast:guid>
<item><title>One</title><guid>g1</guid>
<pubDate>Tue, 03 Mar 2026 09:00:00 +0000</pubDate></item>
</channel></rss>
"""
OTHER_GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


@pytest.fixture
def host(project: Path) -> Iterator[OldHost]:
    """A host on this machine, which the project's settings let in."""
    with old_host() as running:
        edit(project / "feeds/site.yaml", "http://127.0.0.1:9", running.url)
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(PLAIN.format(title="Night trains", guid=OTHER_GUID))
    return path


def test_a_feed_is_imported_with_its_figures(
    call: Call, project: Path, host: OldHost
) -> None:
    done = call("import", host.feed)

    assert done.code == 0
    assert "2 items, 2 GUIDs kept, 2 media files fetched" in done.out
    assert "Next: make check" in done.out
    assert (project / "episodes/the-sleeper/audio.mp3").exists()


def test_the_answer_as_json_says_what_was_done(call: Call, host: OldHost) -> None:
    answer = call("import", host.feed, "--json").json

    [show] = answer["shows"]
    assert answer["schema"] == "peru-media/import/1"
    assert show["new"] == ["the-sleeper", "the-platform"]
    assert len(show["fetched"]) == 6
    assert all(len(one["sha256"]) == 64 for one in show["fetched"].values())


def test_a_dry_run_writes_nothing_and_plans_the_same(
    call: Call, project: Path, host: OldHost
) -> None:
    before = tree(project)
    planned = call("import", host.feed, "--dry-run", "--json").json
    after = tree(project)
    done = call("import", host.feed, "--json").json

    assert before == after
    assert not list((project / ".peru-media").glob("import-*"))
    same = ("show", "guid", "items", "new", "present", "files", "feed", "repairs")
    assert [planned["shows"][0][name] for name in same] == [
        done["shows"][0][name] for name in same
    ]
    assert planned["dry_run"] is True


def test_a_dry_run_says_in_words_what_would_be_done(call: Call, host: OldHost) -> None:
    planned = call("import", host.feed, "--dry-run")

    assert "feeds/night-trains  (new)" in planned.out
    assert "2 items: 2 new, 0 here already; 6 files to fetch" in planned.out
    assert "Nothing was changed." in planned.out


def test_a_file_is_imported_without_any_network(
    call: Call, project: Path, file: Path
) -> None:
    done = call("import", str(file), "--no-media", "--show", "trains")

    assert done.code == 0
    assert (project / "feeds/trains/show.md").exists()
    assert "publish: draft" in (project / "episodes/one/episode.md").read_text()


def test_only_the_newest_are_taken_if_that_is_asked(
    call: Call, project: Path, host: OldHost
) -> None:
    call("import", host.feed, "--limit", "1")

    assert (project / "episodes/the-sleeper").exists()
    assert not (project / "episodes/the-platform").exists()


def test_a_list_of_feeds_brings_each_of_them(
    call: Call, project: Path, host: OldHost, tmp_path: Path
) -> None:
    plain = PLAIN.format(title="Day trains", guid=OTHER_GUID)
    host.files["/day.xml"] = plain.encode()
    opml = tmp_path / "shows.opml"
    outlines = f'<outline xmlUrl="{host.feed}"/><outline xmlUrl="{host.url}/day.xml"/>'
    opml.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")

    done = call("import", str(opml))

    assert done.code == 0, done.err
    assert (project / "feeds/night-trains/show.md").exists()
    assert (project / "feeds/day-trains/show.md").exists()
    report = (project / "import-report.md").read_text()
    assert "## Night trains" in report
    assert "## Day trains" in report
    assert call("import", str(opml), "--show", "x").code == 2


def _list(*urls: str) -> bytes:
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in urls)
    return f"<opml version='2.0'><body>{outlines}</body></opml>".encode()


@pytest.mark.parametrize("options", [["--dry-run"], []])
def test_a_list_of_feeds_may_lie_at_an_address(
    options: list[str], call: Call, project: Path, host: OldHost
) -> None:
    plain = PLAIN.format(title="Day trains", guid=OTHER_GUID)
    host.files["/day.xml"] = plain.encode()
    host.files["/opml.xml"] = _list(host.feed, f"{host.url}/day.xml")

    refused = call("import", f"{host.url}/opml.xml", "--show", "x", *options)
    done = call("import", f"{host.url}/opml.xml", *options)

    assert (refused.code, "several" in refused.err) == (7, True)
    assert done.code == 0, done.err
    assert "feeds/night-trains" in done.out
    assert "feeds/day-trains" in done.out
    assert (project / "feeds/day-trains/show.md").exists() is not bool(options)
    assert not list((project / ".peru-media").glob("import-*"))


def test_a_list_in_a_list_is_not_followed(call: Call, host: OldHost) -> None:
    host.files["/opml.xml"] = _list(f"{host.url}/more.xml")
    host.files["/more.xml"] = _list(host.feed)

    refused = call("import", f"{host.url}/opml.xml")

    assert refused.code == 3
    assert "list in a list" in refused.err


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml">',
            "It says that its feed is {url}/feed.xml: import that.",
        ),
        ('<link rel="alternate" type="text/html" href="/cy">', "it names none"),
        (
            '<link REL="x Alternate" type="application/atom+xml" href="http://[">',
            "its feed is http://[",
        ),
    ],
)
def test_a_web_page_is_called_one_and_its_feed_named(
    head: str, words: str, call: Call, project: Path, host: OldHost
) -> None:
    page = f"\n<!doctype html><html><head>{head}<link rel=icon></head></html>"
    host.files["/"] = page.encode()

    refused = call("import", f"{host.url}/")

    assert refused.code == 3
    assert "This is a web page, not a feed" in refused.err
    assert words.format(url=host.url) in refused.err
    assert not list((project / ".peru-media").glob("import-*"))


def test_a_feed_of_a_list_that_is_none_stops_no_other(
    call: Call, project: Path, host: OldHost, tmp_path: Path
) -> None:
    opml = tmp_path / "shows.opml"
    outlines = f'<outline xmlUrl="{host.url}/no.xml"/><outline xmlUrl="{host.feed}"/>'
    opml.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")

    for options in (["--dry-run"], []):
        done = call("import", str(opml), *options)
        assert done.code == 3
        assert "/no.xml" in done.err
    assert (project / "feeds/night-trains/show.md").exists()


@pytest.mark.parametrize("name", ["stories", "night-trains"])
def test_a_show_never_takes_the_place_of_another(
    name: str, call: Call, project: Path, file: Path
) -> None:
    (project / "feeds/night-trains").mkdir()
    before = tree(project)

    refused = call("import", str(file), "--no-media", "--show", name)

    assert refused.code == 7
    assert "--show" in refused.err
    assert tree(project) == before


def test_the_same_show_is_added_to(call: Call, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.xml"
    file.write_text(PLAIN.format(title="Anything", guid=SHOW_GUID))
    before = (project / "feeds/stories/show.md").read_bytes()

    call("import", str(file), "--no-media")

    assert (project / "feeds/stories/show.md").read_bytes() == before
    assert "show: stories" in (project / "episodes/one/episode.md").read_text()


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("nowhere.xml", 2, "neither an address"),
        ("http://127.0.0.1:9/feed.xml", 5, "may not be visited"),
        ("http://10.0.0.1/feed.xml", 5, "may not be visited"),
        ("/bad.xml", 3, "not a feed"),
        ("/bomb.xml", 3, "DOCTYPE"),
        ("/gone.xml", 5, "404"),
    ],
)
def test_what_cannot_be_imported_says_why(
    source: str, code: int, words: str, call: Call, project: Path, host: OldHost
) -> None:
    host.files["/bad.xml"] = b"<html>x</html>"
    host.files["/bomb.xml"] = b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"
    before = tree(project)
    url = f"{host.url}{source}" if source.startswith("/") else source

    for options in ([], ["--dry-run"]):
        refused = call("import", url, *options)
        assert (refused.code, words in refused.err) == (code, True), refused.err
    assert tree(project) == before


def test_a_name_that_can_be_none_is_wrong_use(call: Call, file: Path) -> None:
    refused = call("import", str(file), "--show", "../x")

    assert refused.code == 2
    assert "cannot be part of an address" in refused.err


@pytest.mark.parametrize("name", ["contributors", "media", "search"])
def test_a_name_with_a_meaning_of_its_own_is_wrong_use(
    name: str, call: Call, file: Path
) -> None:
    refused = call("import", str(file), "--show", name)

    assert refused.code == 2
    assert "a meaning of its own" in refused.err


def test_ctrl_c_says_what_came_and_that_the_same_command_goes_on(
    call: Call, project: Path, host: OldHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(self: FolderRoom, folder: str, files: Mapping[str, Body]) -> bool:
        if folder == "episodes/the-platform":
            raise KeyboardInterrupt
        return placing(self, folder, files)

    placing = FolderRoom.place
    monkeypatch.setattr(FolderRoom, "place", stopping)
    stopped = call("import", host.feed)
    monkeypatch.undo()

    assert stopped.code == 130
    assert "2 folders came so far, each of them whole" in stopped.err
    assert "The same command goes on" in stopped.err
    assert "Nothing was changed" not in stopped.err
    assert call("import", host.feed).code == 0
    assert (project / "episodes/the-platform/audio.mp3").exists()


def test_files_at_addresses_that_may_not_be_visited_are_left_for_good(
    call: Call, project: Path, host: OldHost
) -> None:
    feed = host.files["/feed.xml"].replace(b"{url}", b"http://127.0.0.1:9")
    host.files["/feed.xml"] = feed

    done = call("import", host.feed)

    assert done.code == 0, done.err
    assert "2 GUIDs kept, 0 media files fetched (2 could not be had)" in done.out
    assert "could not be had, the first of them http://127.0.0.1:9/" in done.out
    assert "this computer" in done.out
    assert "Run the same" not in done.err
    text = (project / "episodes/the-sleeper/episode.md").read_text()
    assert "publish: draft" in text


def test_this_computer_is_known_by_its_other_name_too(
    call: Call, project: Path, host: OldHost
) -> None:
    done = call("import", host.feed.replace("127.0.0.1", "localhost"))

    assert done.code == 0, done.err
    assert (project / "feeds/night-trains/show.md").exists()


def test_the_report_counts_what_was_written_alone(
    call: Call, project: Path, host: OldHost
) -> None:
    host.says["/cover.png"] = [Reply(status=503)]

    assert call("import", host.feed).code == 5
    assert "2 items, 0 GUIDs kept" in (project / "import-report.md").read_text()


def test_files_that_come_later_end_in_try_again(
    call: Call, project: Path, host: OldHost
) -> None:
    host.says["/2.mp3"] = [Reply(status=503)]

    first = call("import", host.feed)
    assert first.code == 5
    assert first.err.startswith("1 file could not be fetched now")
    assert "Run the same again" in first.err
    assert not (project / "episodes/the-sleeper").exists()

    second = call("import", host.feed)
    assert second.code == 0
    assert (project / "episodes/the-sleeper/audio.mp3").exists()
    assert host.whole()["/cover.png"] == 1


def test_what_was_withdrawn_does_not_come_back(
    call: Call, project: Path, file: Path
) -> None:
    grave = f"withdrawn:\n  - {{guid: {digest(b'g1')}, at: 2026-01-01}}\n"
    (project / "feeds/withdrawn.yaml").write_text(grave)

    call("import", str(file), "--no-media")

    assert not (project / "episodes/one").exists()
    assert "must not come back" in (project / "import-report.md").read_text()
