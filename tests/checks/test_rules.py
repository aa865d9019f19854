"""Every rule finds what it is for, there alone, and passes over what is good."""

import re

import pytest

from peru_media.checks import RULES, AnyRule, check
from tests.checks.samples import (
    captions,
    chapters,
    cues,
    duties,
    edits,
    enclosures,
    identity,
    loudness,
    moments,
    presentation,
)
from tests.checks.samples.sample import Sample

_THEMES = (
    captions,
    chapters,
    cues,
    duties,
    edits,
    enclosures,
    identity,
    loudness,
    moments,
    presentation,
)
BAD = [sample for theme in _THEMES for sample in theme.BAD]
GOOD = [sample for theme in _THEMES for sample in theme.GOOD]


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_what_is_wrong_is_found_once_at_its_place(sample: Sample) -> None:
    found = [p for p in check(sample.inputs) if p.code == sample.code]

    assert [str(problem.place) for problem in found] == [sample.place]
    assert sample.says in found[0].what
    assert sample.fix in found[0].fix


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_what_is_wrong_is_reported_under_its_own_code_alone(sample: Sample) -> None:
    codes = {problem.code for problem in check(sample.inputs)}

    assert codes == {sample.code, *sample.also}


@pytest.mark.parametrize("sample", GOOD, ids=str)
def test_what_is_right_is_passed_over(sample: Sample) -> None:
    assert sample.code not in {problem.code for problem in check(sample.inputs)}


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_what_staff_read_is_a_sentence_and_an_advice(sample: Sample) -> None:
    for problem in check(sample.inputs):
        assert problem.what.endswith((".", "?", "!")), problem.what
        assert problem.fix.endswith((".", "?", "!")), problem.fix
        assert not re.search("[.?!]{2}|  ", problem.what + problem.fix)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_bad_and_a_good_sample(rule: AnyRule) -> None:
    assert rule.code in {sample.code for sample in BAD}
    assert rule.code in {sample.code for sample in GOOD}
