"""However large or hostile a feed is, judging it ends soon and in plain words."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from peru_media.checks.feed import FeedSurvey, judge_feed
from peru_media.checks.feed.podcast_tags import TAGS
from peru_media.checks.feed.table import MOST
from peru_media.errors import FeedRefusedError
from peru_media.model.outline import Outline
from peru_media.model.problem import Place, Problem, Severity
from peru_media.parsing.outline import read_outline
from tests.checks.feed.samples import AT, Sample, another, feed, problems
from tests.checks.feed.tags import EXAMPLES
from tests.packages import unpacked

_EVIL = "\u202e\u009b31m" + "x'\"; " * 20_000
_NAME = "\u200d" + "y" * 5_000


def _judged(text: str) -> tuple[Problem, ...]:
    return problems(Sample(code="", name="", text=text))


def _escaped(length: int) -> str:
    return _EVIL[:length].replace('"', "&quot;")


def _every_place() -> str:
    """A feed in which every word and every attribute is hostile."""
    words, short = _escaped(9_000), _escaped(900)
    names = (
        "title", "link", "description", "language", "copyright", "managingEditor",
        "webMaster", "pubDate", "lastBuildDate", "ttl", "author", "guid",
        "itunes:author", "itunes:explicit", "itunes:type", "itunes:block",
        "itunes:new-feed-url", "itunes:duration", "itunes:episode", "itunes:season",
        "itunes:episodeType", "spotify:countryOfOrigin", "content:encoded", *TAGS,
        f"a{_NAME}", f"podcast:a{_NAME}", f"itunes:a{_NAME}",
    )  # fmt: skip
    attributes = {
        "url", "href", "length", "type", "text", "isPermaLink", "rel", "recentCount",
        f"a{_NAME}", *(name for form in TAGS.values() for name in form.attributes()),
    }  # fmt: skip
    said = " ".join(f'{name}="{short}"' for name in sorted(attributes)[:20])
    xml = "".join(f"<{name} {said}>{words}</{name}>" for name in names)
    more = f"<image><width>{words}</width></image><skipHours><hour>{words}</hour>"
    return feed(channel={"more": f"{xml}{more}</skipHours>"}, item={"more": xml})


def test_hostile_words_are_cut_and_made_plain() -> None:
    found = _judged(_every_place())

    assert len({problem.code for problem in found}) > 40
    for problem in found:
        assert problem.what.isprintable(), problem.code
        assert problem.fix.isprintable(), problem.code
        assert len(problem.what) < 300, problem.code
        assert len(problem.fix) < 400, problem.code


@pytest.mark.parametrize("name", EXAMPLES)
def test_hostile_attributes_of_each_tag_are_cut_and_made_plain(name: str) -> None:
    words = _escaped(2_000)
    said = " ".join(f'{one}="{words}"' for one in TAGS[name].attributes())
    xml = f"<{name} {said}>{words}</{name}>"

    for problem in _judged(feed(channel={"x": xml}, item={"x": xml})):
        assert (problem.what + problem.fix).isprintable(), problem.code
        assert len(problem.what + problem.fix) < 500, problem.code


def test_a_code_is_told_a_thousand_times_and_then_counted_out() -> None:
    found = _judged(feed(more="<item/>" * (MOST + 500)))
    untitled = [problem for problem in found if problem.code == "E3001"]

    assert len(untitled) == MOST + 1
    assert untitled[0].what == "Only 1,000 are listed; there are more."
    assert untitled[0].place == Place("feed.xml")
    assert untitled[0].severity is Severity.ERROR


def _calls(items: int) -> int:
    """How many functions are called to judge a feed of so many items."""
    data = feed(more="".join(map(another, range(items)))).encode()
    survey = FeedSurvey(outline=read_outline(data), name="feed.xml", at=AT)
    count = 0

    def counted(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        found = judge_feed(survey)
    finally:
        sys.setprofile(before)
    assert found == ()
    return count


def test_four_times_the_items_take_four_times_the_steps() -> None:
    assert _calls(800) < 4.2 * _calls(200)


def test_problems_come_in_the_order_of_the_feed() -> None:
    found = _judged(feed(channel={"title": None, "link": None}, item={"guid": None}))

    assert [p.code for p in found] == ["E2001", "E2002", "E3034"]
    assert list(found) == sorted(found, key=lambda p: (p.place, p.code))


def test_what_has_no_element_is_judged_too() -> None:
    survey = FeedSurvey(outline=Outline(format=""), name="x")

    (problem,) = judge_feed(survey)

    assert str(problem).startswith("x error E1001 This is not a feed.")


def test_items_are_found_wherever_a_version_of_rss_has_them() -> None:
    space = 'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="{}"'.format(
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    )
    beside = f"<rdf:RDF {space}><channel/><item/><item/></rdf:RDF>"

    for text, items in ((beside, 2), ("<channel><item/></channel>", 1)):
        untitled = [p for p in _judged(text) if p.code == "E3001"]
        assert len(untitled) == items


def test_an_atom_feed_has_neither_channel_nor_items() -> None:
    outline = read_outline(b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>')
    survey = FeedSurvey(outline=outline, name="x")

    assert (survey.channel, survey.items, survey.tags) == (None, (), ())


@pytest.mark.parametrize("project", ["feedparser", "podcastparser"])
def test_the_feeds_that_others_gathered_are_judged(
    project: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = unpacked(project, tmp_path) / "tests"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    codes: Counter[str] = Counter()
    judged = refused = 0
    for path in paths:
        try:
            outline = read_outline(path.read_bytes())
        except FeedRefusedError:
            refused += 1
            continue
        found = judge_feed(FeedSurvey(outline=outline, name=path.name, at=AT))
        judged += 1
        codes.update(problem.code for problem in found)
        assert all((one.what + one.fix).isprintable() for one in found), path

    told = f"{judged} judged, {refused} refused, {codes.total()} problems"
    record_property("figure", f"{project}'s files: {told} of {len(codes)} codes")
    assert judged > 60
