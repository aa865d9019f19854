"""Check judges feeds of anybody: by file, by pipe, by address."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from peru_media.cli.exits import run
from tests.checks.feed.samples import DECLARATION, another, feed
from tests.cli.calls import COMMAND, at_terminal
from tests.cli.conftest import Call, Called
from tests.fetching.loopback import Loopback, Reply
from tests.projects import write_project
from tests.stranger import PAGE, resources, stranger

ATOM = "http://www.w3.org/2005/Atom"
EVIL = "\x1b]0;owned\x07\x1b[2J::error::no\u202e"
HOSTILE = f"""\
<rss version="2.0"><channel><title>{EVIL.encode("ascii", "xmlcharrefreplace").decode()}
</title><item><title>&#x202e;::set-output name=a::b\r\n\x9b31m &lt;/failure&gt;</title>
<itunes:episode>\x1b[31m</itunes:episode></item></channel></rss>
"""


@pytest.fixture
def elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Call a verb from a folder that is no project."""
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> Called:
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return called


@pytest.fixture
def site() -> Iterator[Loopback]:
    gone = Reply(status=404, body=PAGE)
    with stranger(changes={"/first.mp3": lambda *_: gone}) as site:
        yield site


@pytest.fixture
def ours(site: Loopback, elsewhere: Call, tmp_path: Path) -> Call:
    """The same from a project whose target is at that address."""
    write_project(tmp_path, episodes=1, base_url=site.url)
    return elsewhere


def _saved(folder: Path, data: str | bytes | None = None, name: str = "f.xml") -> Path:
    good = resources("https://example.org")["/feed.xml"].body
    given = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    path = folder / name
    path.write_bytes(good if given is None else given)
    return path


def test_a_file_is_judged_outside_of_any_project(
    elsewhere: Call, tmp_path: Path
) -> None:
    _saved(tmp_path)

    called = elsewhere("check", "f.xml")

    assert called.code == 3
    first, *_, last, hint = called.out.splitlines()
    assert re.match(r"f\.xml:\d+ +(error|warn|info) +[EWI]\d{4}  \S", first)
    assert re.match(r"\d+ errors?, .* in f\.xml, 1 episode \(", last)
    assert re.search(r"Next: peru-media explain E\d{4}$", last)
    assert hint == "To ask its servers, too: --online"
    numbers = [int(n) for n in re.findall(r"(?m)^f\.xml:(\d+)", called.out)]
    assert numbers == sorted(numbers)


def test_a_pipe_is_judged_as_a_file_is(
    elsewhere: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _saved(tmp_path).read_bytes()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))

    piped, named = (
        elsewhere("check", "-", "--json"),
        elsewhere("check", "f.xml", "--json"),
    )

    codes = [[one["code"] for one in c.json["problems"]] for c in (piped, named)]
    assert codes[0] == codes[1] != []
    assert (piped.json["feed"], named.json["feed"]) == ("-", "f.xml")


def test_a_pipe_that_is_closed_is_said(
    elsewhere: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert 'There is no file "-".' in elsewhere("check", "-").err


def test_a_named_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    _saved(tmp_path)
    command = f"exec {shlex.join(COMMAND)} check <(cat f.xml)"

    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3, done.stderr
    assert "1 episode" in done.stdout


def test_a_refused_feed_is_a_problem_and_no_bug(
    elsewhere: Call, tmp_path: Path
) -> None:
    _saved(tmp_path, "<!DOCTYPE x><rss/>")
    (tmp_path / "large.rss").write_bytes(b" " * (16 * 2**20))

    assert "E1000" in elsewhere("check", "f.xml").out
    assert "at most 15,728,640 are read" in elsewhere("check", "large.rss").out


def test_a_file_that_is_not_there_is_said(elsewhere: Call) -> None:
    called = elsewhere("check", "missing.xml")

    assert called.code == 2
    assert 'There is no file "missing.xml".' in called.err


@pytest.mark.parametrize("word", ["ftp://example.org/f", "file:///etc/hostname"])
def test_an_address_of_another_kind_is_said(word: str, elsewhere: Call) -> None:
    called = elsewhere("check", word)

    assert called.code == 2
    assert f'There is no file "{word}". An address begins with https://' in called.err


def test_one_feed_at_a_time(elsewhere: Call, tmp_path: Path) -> None:
    _saved(tmp_path)

    called = elsewhere("check", "f.xml", "another")

    assert called.code == 2
    assert "one feed at a time" in called.err


def test_online_is_about_feeds(call: Call) -> None:
    called = call("check", "--online")

    assert called.code == 2
    assert "name its address or its file" in called.err


def test_a_file_of_an_episode_means_the_episode(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    _saved(project / "episodes/story-1", name="notes.xml")
    _saved(project, name="saved.xml")

    assert "OK  1 episode" in call("check", "episodes/story-1/notes.xml").out
    assert " in saved.xml, 1 episode" in call("check", "saved.xml").out


def test_an_address_in_a_private_network_is_never_asked(
    elsewhere: Call, site: Loopback
) -> None:
    called = elsewhere("check", f"{site.url}/feed.xml", "--online")

    assert called.code == 5
    assert "may not be visited" in called.err
    assert site.asked == []


@pytest.mark.parametrize("word", ["http://[", "https://", "http://a b/", "http://x@y/"])
def test_what_is_no_address_is_said(word: str, ours: Call) -> None:
    called = ours("check", word)

    assert called.code == 5
    assert "address" in called.err


def test_our_own_feed_may_be_anywhere(ours: Call, site: Loopback) -> None:
    called = ours("check", f"{site.url}/feed.xml", "--online", "--no-input")

    assert called.code == 3
    assert (
        "Asked for 6 addresses (1 media, 1 artwork, 1 transcript, 1 chapters, "
        "2 pages): 5 gave what lies there."
    ) in called.out
    lines = called.out.splitlines()
    assert any(re.match(r"line \d+ +error +E5101  The media file", x) for x in lines)
    assert f" in {site.url}/feed.xml, 1 episode (" in lines[-1]


def test_what_is_left_out_is_counted(ours: Call, site: Loopback) -> None:
    def said(limit: str) -> str:
        return ours("check", f"{site.url}/feed.xml", "--online", "--limit", limit).out

    few = "Asked for 2 addresses (1 artwork, 1 page): 2 gave what lies there; 4 more"
    assert few in said("0")
    assert "2 pages): 5 gave what lies there.\n" in said("1")


def test_a_feed_that_leads_nowhere_is_said(elsewhere: Call, tmp_path: Path) -> None:
    _saved(tmp_path, "<rss><channel/></rss>")

    assert "leads to no address" in elsewhere("check", "f.xml", "--online").out


def test_a_feed_of_others_leads_to_nothing_of_ours(
    ours: Call, site: Loopback, tmp_path: Path
) -> None:
    _saved(tmp_path, resources(site.url)["/feed.xml"].body)

    called = ours("check", "f.xml", "--online", "--json")

    assert site.asked == []
    codes = [problem["code"] for problem in called.json["problems"]]
    assert {"E5101", "E5201", "W5301", "W5401", "W5501"} <= set(codes)
    assert called.json["asked"] == 6


def test_a_project_in_disorder_does_not_stand_in_the_way(
    ours: Call, site: Loopback, tmp_path: Path
) -> None:
    _saved(tmp_path)
    (tmp_path / "feeds/site.yaml").write_text("?")

    assert ours("check", "f.xml", "--online", "--limit", "0").code == 3
    assert ours("check", f"{site.url}/feed.xml").code == 5


def test_without_online_an_address_is_fetched_and_no_more(
    ours: Call, site: Loopback
) -> None:
    called = ours("check", f"{site.url.upper()}/feed.xml".replace("HTTP", "http"))

    assert [asked.method for asked in site.asked] == ["GET"]
    assert "E5101" not in called.out
    assert called.out.endswith("To ask its servers, too: --online\n")


def test_strict_takes_warnings_for_errors(ours: Call, site: Loopback) -> None:
    url = f"{site.url}/feed.xml"
    mild = ours("check", url, "--json").json
    errors = {p["code"] for p in mild["problems"] if p["severity"] == "error"}

    assert mild["warnings"] > 0
    assert ours("check", url).code == (3 if errors else 0)
    assert ours("check", url, "--strict").code == 3


def test_a_feed_without_fault_is_ok(elsewhere: Call, tmp_path: Path) -> None:
    _saved(tmp_path, feed())

    called = elsewhere("check", "f.xml")

    assert called.code == 0, called.out
    assert "check  OK  f.xml: 1 episode, nothing to put right (" in called.out


def test_what_is_found_again_and_again_is_told_three_times(
    elsewhere: Call, tmp_path: Path
) -> None:
    items = [another(n, enclosure=None) for n in range(50)]
    _saved(tmp_path, feed(more="".join([*items, "<odd/>"])))

    called = elsewhere("check", "f.xml")
    found = elsewhere("check", "f.xml", "--json").json["problems"]

    assert sum(one["code"] == "E3026" for one in found) == 50
    last = max(one["line"] for one in found if one["code"] == "E3026")
    told = re.findall(r"(?m)^(?:(f\.xml):\d+ +)?error  E3026  (.+)$", called.out)
    assert [place for place, _ in told] == ["f.xml"] * 3 + [""]
    assert told[-1][1] == f"47 more like it, the last in line {last}"
    assert "To see every one of them: --json" in called.out
    assert "<odd> is not an element of a channel." in called.out
    assert called.code == 3


def test_wrong_weekdays_are_told_three_times_whichever_they_are(
    elsewhere: Call, tmp_path: Path
) -> None:
    days = ("Mon", "Tue", "Wed", "Thu", "Sat", "Sun")
    wrong = "<pubDate>{}, 01 May 2026 09:00:00 +0000</pubDate>"
    items = [another(n, pubDate=wrong.format(days[n % 6])) for n in range(60)]
    _saved(tmp_path, feed(more="".join(items)))

    out = elsewhere("check", "f.xml").out

    assert out.count("warn   W3023") == 4
    assert 'which is not a "Tue".' in out
    assert "W3023  57 more like it" in out


def test_every_form_tells_the_same_problems(elsewhere: Call, tmp_path: Path) -> None:
    _saved(tmp_path, HOSTILE)
    found = elsewhere("check", "f.xml", "--json").json["problems"]
    codes = sorted(problem["code"] for problem in found)

    as_json = elsewhere("check", "f.xml", "--format", "json").json
    sarif = elsewhere("check", "f.xml", "--format", "sarif").json
    github = elsewhere("check", "f.xml", "--format", "github").out
    junit = ET.fromstring(elsewhere("check", "f.xml", "--format", "junit").out)  # noqa: S314  # our own report

    assert sorted(one["code"] for one in as_json["problems"]) == codes
    assert sorted(one["ruleId"] for one in sarif["runs"][0]["results"]) == codes
    assert sorted(re.findall(r"title=([EWI]\d+)::", github)) == codes
    cases = [case for case in junit.iter("testcase") if len(case)]
    assert sorted(case.attrib["name"][:5] for case in cases) == sorted(set(codes))
    assert not any(case.attrib["name"][1] == "5" for case in junit.iter("testcase"))


def test_a_report_goes_into_a_file_and_the_text_to_the_screen(
    elsewhere: Call, tmp_path: Path
) -> None:
    _saved(tmp_path)

    called = elsewhere("check", "f.xml", "--format", "sarif", "--out", "a.sarif")
    elsewhere("check", "f.xml", "--out", "a.txt")
    both = elsewhere("check", "f.xml", "--json", "--format", "junit", "--out", "a.xml")

    assert called.code == 3
    assert " in f.xml, 1 episode" in called.out
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"
    assert (tmp_path / "a.txt").read_text().count("\n") == called.out.count("\n")
    assert both.json["feed"] == "f.xml"
    assert (tmp_path / "a.xml").read_text().startswith("<?xml")


def test_two_forms_at_once_are_refused(elsewhere: Call, tmp_path: Path) -> None:
    _saved(tmp_path)

    called = elsewhere("check", "f.xml", "--json", "--format", "sarif")

    assert called.code == 2
    assert "cannot both be printed" in called.err
    assert elsewhere("check", "f.xml", "--json", "--format", "json").code == 3


def test_episodes_are_told_in_every_form_too(call: Call, project: Path) -> None:
    (project / "episodes/story-2/transcript.vtt").unlink()
    page = project / "episodes/story-1/episode.md"
    page.write_text(page.read_text().replace("number: 1", "number: none"))

    junit = ET.fromstring(call("check", "--format", "junit").out)  # noqa: S314  # our own report
    sarif = call("check", "--format", "sarif").json["runs"][0]
    github = call("check", "--format", "github")

    failed = [case.attrib["name"][:4] for case in junit.iter("testcase") if len(case)]
    assert failed == ["E113", "E201"]
    assert [one["ruleId"] for one in sarif["results"]] == ["E113", "E201"]
    assert all(rule["help"]["text"] for rule in sarif["tool"]["driver"]["rules"])
    assert github.code == 3
    start = "::error file=episodes/story-1/episode.md,line=4,"
    assert github.out.startswith(start)


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github"])
def test_no_feed_speaks_to_the_terminal(
    form: str, elsewhere: Call, tmp_path: Path
) -> None:
    _saved(tmp_path, HOSTILE)

    called = elsewhere("check", "f.xml", "--format", form)

    assert called.code == 3, called.err
    letters = set(called.out) - {"\n"}
    assert all(letter.isprintable() for letter in letters)
    lines = called.out.splitlines()
    assert not any(line.startswith("::set-output") for line in lines)


def test_an_evil_feed_at_a_terminal_leaves_colours_alone(tmp_path: Path) -> None:
    _saved(tmp_path, HOSTILE)

    code, screen = at_terminal(
        [*COMMAND, "check", "f.xml"], typed="", cwd=tmp_path, whole=True
    )

    assert code == 3
    plain = re.sub(r"\x1b\[(?:3[1-6]|0)m", "", screen)
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", plain)


def test_a_terminal_shows_how_far_the_asking_is(site: Loopback, tmp_path: Path) -> None:
    write_project(tmp_path, episodes=1, base_url=site.url)

    code, screen = at_terminal(
        ["check", f"{site.url}/feed.xml", "--online"], typed="", cwd=tmp_path
    )

    assert code == 3
    assert re.search(r"ask .*6/6\S* addresses", screen)


def test_a_file_may_have_any_name(elsewhere: Call, tmp_path: Path) -> None:
    name = f"{EVIL.replace('/', '')}\udc80.xml"
    _saved(tmp_path, name=name)

    for form in ("text", "json", "junit", "sarif", "github"):
        called = elsewhere("check", name, "--format", form)
        assert called.code == 3, called.err
        assert "\x1b" not in called.out


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            f"{DECLARATION}\n<feed xmlns='{ATOM}'><entry/><entry/></feed>",
            "an Atom feed of 2 episodes, of which nothing was judged",
        ),
        ('{"items": [1, 2, 3]}', "a JSON Feed of 3 episodes"),
        ('{"items": 7}', "a JSON Feed of 0 episodes"),
        ('{"items"', "a JSON Feed of 0 episodes"),
    ],
)
def test_a_feed_of_another_form_is_not_called_right(
    data: str, says: str, elsewhere: Call, tmp_path: Path
) -> None:
    _saved(tmp_path, data)

    called = elsewhere("check", "f.xml")
    fields = elsewhere("check", "f.xml", "--json").json

    assert called.code == 0, called.out
    assert says in called.out
    assert "nothing to put right" not in called.out
    assert "Only RSS is judged" in called.out
    assert fields["format"] in {"atom", "json"}


def test_the_faults_of_another_form_are_those_of_its_document(
    elsewhere: Call, tmp_path: Path
) -> None:
    _saved(tmp_path, f"\n<feed xmlns='{ATOM}'><entry/></feed>")

    called = elsewhere("check", "f.xml")

    assert called.code == 3
    assert "in f.xml, an Atom feed of 1 episode, of which nothing was j" in called.out
