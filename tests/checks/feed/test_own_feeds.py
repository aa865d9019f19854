"""What we render ourselves keeps every rule, apart from what its authors left out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.checks.feed import FeedSurvey, judge_feed
from peru_media.model.problem import Problem, Severity
from peru_media.parsing.outline import read_outline
from scripts.tag_examples import EXAMPLES, Example
from scripts.tag_reference import feed_of
from tests.generated_sites import (
    BASE,
    NOON,
    feeds_of,
    generated_site,
    site_with_everything,
)
from tests.rendering.test_feed import GOLDEN
from tests.served import own_content, run

# What the words of a generated site say, or leave out: no renderer can mend it.
_OF_AUTHORS = {
    "E2006", "W2007", "W2011", "W2012", "W3004", "W3007", "W3011", "W3012", "W3045",
}  # fmt: skip
_OF_THE_SMALLEST_SHOW = {"E2015", "E2021", "W2007", "W3004", "W3007", "W3037"}
_SITES = 25
_LOCAL = b"http://127.0.0.1:8000"


def _judged(data: bytes, path: str) -> list[Problem]:
    outline = read_outline(data)
    survey = FeedSurvey(outline=outline, name=path, url=BASE + path, at=NOON)
    return [one for one in judge_feed(survey) if one.severity > Severity.INFO]


def _shows(feeds: dict[str, bytes]) -> dict[str, bytes]:
    """The RSS feeds of a site that hold episodes."""
    return {path: data for path, data in feeds.items() if path.endswith("feed.xml")}


def test_the_feed_with_every_tag_keeps_every_rule_of_tags() -> None:
    feeds = _shows(feeds_of(site_with_everything()))

    assert len(feeds) == 3
    for path, data in feeds.items():
        assert {problem.code for problem in _judged(data, path)} <= _OF_AUTHORS, path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.tag)
def test_each_tag_of_the_documents_keeps_every_rule_of_tags(
    example: Example,
) -> None:
    problems = _judged(feed_of(example), "/personalisation/feed.xml")

    assert {problem.code for problem in problems} <= _OF_THE_SMALLEST_SHOW


def test_the_golden_feed_lacks_a_transcript_alone() -> None:
    problems = _judged(GOLDEN.read_bytes(), "/personalisation/feed.xml")

    assert [problem.code for problem in problems] == ["W3007"]


def test_the_first_content_has_neither_errors_nor_warnings(tmp_path: Path) -> None:
    own_content(tmp_path)
    out = tmp_path / "out"
    run("build", "--out", str(out), cwd=tmp_path)
    paths = [f"/{path.relative_to(out).as_posix()}" for path in out.rglob("feed.xml")]

    assert sorted(paths) == ["/feed.xml", "/personalisation/feed.xml"]
    for path in paths:
        data = (out / path[1:]).read_bytes().replace(_LOCAL, BASE.encode())
        assert _judged(data, path) == []


def test_generated_feeds_break_no_rule_that_a_renderer_can_keep(
    record_property: Callable[[str, object], None],
) -> None:
    judged = 0
    for seed in range(_SITES):
        for path, data in _shows(feeds_of(generated_site(seed))).items():
            judged += 1
            codes = {problem.code for problem in _judged(data, path)}
            assert codes <= _OF_AUTHORS, (seed, path)
    figure = f"our own rules: {judged} feeds of {_SITES} generated sites keep them"
    record_property("figure", figure)
