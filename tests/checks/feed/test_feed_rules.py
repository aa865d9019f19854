"""Every rule of feeds finds what it is for, there alone, and passes over the good."""

import re

import pytest

from peru_media.checks.feed import FEED_RULES, FeedSurvey
from peru_media.checks.rules import Rule
from tests.checks.feed.every import BAD, GOOD
from tests.checks.feed.samples import NAME, Sample, feed, problems

_OFFLINE = [rule for rule in FEED_RULES if rule.code[1] != "5" and rule.code != "E1000"]


def test_the_feed_that_samples_are_made_from_has_no_fault() -> None:
    assert problems(Sample(code="", name="", text=feed())) == ()


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_what_is_wrong_is_found_at_its_line_under_its_code_alone(
    sample: Sample,
) -> None:
    told = problems(sample)
    found = [problem for problem in told if problem.code == sample.code]

    assert {problem.code for problem in told} == {sample.code, *sample.also}
    assert {(p.place.path, p.place.line) for p in found} == {(NAME, sample.line())}
    assert sample.says in found[0].what
    assert sample.fix in found[0].fix


@pytest.mark.parametrize("sample", GOOD, ids=str)
def test_what_is_right_is_passed_over(sample: Sample) -> None:
    assert sample.code not in {problem.code for problem in problems(sample)}


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_what_people_read_is_a_sentence_and_an_advice(sample: Sample) -> None:
    for problem in problems(sample):
        assert problem.what.endswith((".", "?")), problem.what
        assert problem.fix.endswith((".", "?")), problem.fix
        assert not re.search(r"(?<!\.)\.\.(?!\.)|  ", problem.what + problem.fix)
        assert problem.what.isprintable()
        assert problem.fix.isprintable()
        assert len(problem.what) < 300


@pytest.mark.parametrize("rule", _OFFLINE, ids=lambda rule: rule.code)
def test_every_rule_has_a_bad_and_a_good_sample(rule: Rule[FeedSurvey]) -> None:
    assert rule.code in {sample.code for sample in BAD}
    assert rule.code in {sample.code for sample in GOOD}
