"""Each tag of the podcast namespace: its place, its count, all of its attributes."""

import re

import pytest

from peru_media.checks.feed.podcast_tags import TAGS
from tests.checks.feed.samples import Sample, feed, problems
from tests.checks.feed.tags import EXAMPLES

_OWN = {"podcast:locked": "locked", "podcast:guid": "guid"}
_ONCE = [name for name, form in TAGS.items() if form.once and name in EXAMPLES]
_REQUIRED = [(n, a) for n, form in TAGS.items() for a in form.required if n in EXAMPLES]
_FORMED = [
    (name, attribute)
    for name, form in TAGS.items()
    for attribute in form.attributes()
    if name in EXAMPLES and (value := form.form(attribute)) and value.what
]
_WORDED = [name for name, form in TAGS.items() if form.worded and name in EXAMPLES]
_LIMITED = [name for name, form in TAGS.items() if form.longest]


def _codes(name: str, xml: str, *, parent: str = "") -> set[str]:
    """What the rules say of a feed in which a tag stands, in its own place."""
    parent = parent or EXAMPLES[name][0]
    if parent in EXAMPLES:
        _, holder = EXAMPLES[parent]
        inside = re.sub(rf"<{name}\b[^>]*(?:/>|>.*?</{name}>)", "", holder, count=1)
        return _codes(parent, inside.replace(f"</{parent}>", f"{xml}</{parent}>"))
    pieces: dict[str, str | None] = {_OWN.get(name, "sample"): xml}
    channel, item = (pieces, None) if parent == "channel" else (None, pieces)
    text = feed(channel=channel, item=item)
    return {one.code for one in problems(Sample(code="", name="", text=text))}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_each_tag_has_no_fault(name: str) -> None:
    assert _codes(name, EXAMPLES[name][1]) == set()


def test_there_is_an_example_of_every_tag() -> None:
    assert set(TAGS) - set(EXAMPLES) == {"podcast:images"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_tag_is_found_where_it_may_not_stand(name: str) -> None:
    wrong = "podcast:txt" if name == "podcast:funding" else "podcast:funding"

    assert "E4001" in _codes(name, EXAMPLES[name][1], parent=wrong)


@pytest.mark.parametrize("name", _ONCE)
def test_each_tag_that_stands_once_is_found_twice(name: str) -> None:
    assert "E4002" in _codes(name, EXAMPLES[name][1] * 2)


@pytest.mark.parametrize(("name", "attribute"), _REQUIRED)
def test_each_attribute_that_is_needed_is_missed(name: str, attribute: str) -> None:
    without = re.sub(rf' {attribute}="[^"]*"', "", EXAMPLES[name][1], count=1)

    assert "E4003" in _codes(name, without)


@pytest.mark.parametrize(("name", "attribute"), _FORMED)
def test_each_attribute_of_a_form_is_held_to_it(name: str, attribute: str) -> None:
    wrong = re.sub(
        rf' {attribute}="[^"]*"', f' {attribute}="?? ??"', EXAMPLES[name][1], count=1
    )

    assert "E4005" in _codes(name, wrong)


@pytest.mark.parametrize("name", _WORDED)
def test_each_tag_that_needs_words_is_found_empty(name: str) -> None:
    empty = re.sub(rf">[^<]*</{name}>", f"></{name}>", EXAMPLES[name][1])

    assert "E4004" in _codes(name, empty)


@pytest.mark.parametrize("name", _LIMITED)
def test_each_tag_with_a_limit_is_held_to_it(name: str) -> None:
    words = "x" * (TAGS[name].longest + 1)
    long = re.sub(rf">[^<]*</{name}>", f">{words}</{name}>", EXAMPLES[name][1])

    assert "W4006" in _codes(name, long)
