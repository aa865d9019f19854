"""A feed that uses every tag: each reader finds the values of the model in it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from scripts.tag_examples import EXAMPLES
from tests.generated_sites import site_with_everything
from tests.readers import page
from tests.readers.elements import said_by_elements
from tests.readers.every import READERS, Reader, every_feed, model, verdicts
from tests.readers.npm import INSTALLED, release_of
from tests.readers.said import flat

Record = Callable[[str, object], None]

EACH = pytest.mark.parametrize("reader", READERS, ids=[one.name for one in READERS])
NOT_IN_FEEDS = {
    ("Chapter", "toc"),  # one that no list shows is not there
    ("Episode", "redirect_from"),
    ("Episode", "related"),
    ("Episode", "season"),  # its collection gives it
    ("Episode", "until"),
    ("Enclosure", "bit_rate"),
    ("Enclosure", "pages"),
    ("Enclosure", "waveform"),  # of the page alone
    ("ImageField", "file"),
    ("Picture", "smaller"),  # pages show them
    ("Show", "feed_items"),
    ("Source", "pictures"),
}


def test_everything_that_stands_in_the_feed_is_what_the_model_says() -> None:
    found, wanted = said_by_elements(every_feed()), model()

    assert found.keys() == wanted.keys()
    assert {path: found[path] for path in wanted} == wanted


def test_the_feed_holds_every_tag_that_the_docs_show() -> None:
    tags = {path.rpartition("/")[2] for path in model()}
    tags |= {step for path in model() for step in path.split("/")}

    assert {example.tag for example in EXAMPLES} - tags == set()


def test_every_field_of_every_value_says_something() -> None:
    said = set(_fields(site_with_everything()))
    known = {(kind, name) for kind, name, _ in said}
    silent = known - {(kind, name) for kind, name, there in said if there}

    assert silent == NOT_IN_FEEDS


def _fields(value: BaseModel) -> Iterator[tuple[str, str, bool]]:
    kind = type(value).__name__
    for name, field in type(value).model_fields.items():
        inner = getattr(value, name)
        yield kind, name, inner != field.get_default(call_default_factory=True)
        for one in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(one, BaseModel):
                yield from _fields(one)


@EACH
def test_a_reader_finds_every_value(reader: Reader, record_property: Record) -> None:
    found = verdicts(reader)

    assert {one.path: one.faults for one in found if one.faults} == {}
    values, tags = sum(one.values for one in found), Counter(map(_word, found))
    whole = len(flat(model()))
    record_property(
        "figure",
        f"{reader.name} {reader.release} on the feed with every tag: {values} of "
        f"{whole} values, all equal; of {len(found)} tags {tags['yes']} read, "
        f"{tags['in part']} in part, {tags['no']} not at all",
    )


def _word(one: Any) -> str:
    if one.lack is None:
        return "yes"
    return "no" if one.lack.whole else "in part"


@EACH
def test_what_a_reader_leaves_out_stands_nowhere_in_what_it_says(
    reader: Reader,
) -> None:
    """Were it there under a name that we do not know, its values would be there."""
    texts = Counter(text for _, _, _, text in flat(model()))
    told = json.dumps(_plain(reader.read(every_feed())), ensure_ascii=False)
    hidden = []
    for one in verdicts(reader):
        if one.lack is None or not one.lack.whole or one.lack.mixed:
            continue
        own = {text for _, values in model()[one.path] for text in values.values()}
        single = {text for text in own if texts[text] == 1 and len(text) > 8}
        if single and all(_escaped(text) in told for text in single):
            hidden.append(one.path)

    assert hidden == []


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _plain(found: Any) -> Any:
    if isinstance(found, BaseModel):
        return found.model_dump(mode="json")
    return json.loads(json.dumps(found, default=str))


@pytest.mark.parametrize("package", ["feedsmith", "podcast-partytime"])
def test_the_readers_are_those_of_the_lock_file(
    package: str, record_property: Record
) -> None:
    there = json.loads(
        (INSTALLED / "node_modules" / package / "package.json").read_text()
    )

    assert there["version"] == release_of(package)
    record_property("part", f"{package} {release_of(package)} (npm): reads the feed")


def test_the_page_of_readers_is_up_to_date(record_property: Record) -> None:
    assert page.PLACE.read_text() == page.reference(), "make golden, and read it"
    _show("", [one.name for one in READERS], record_property)
    for path, words in page.cells().items():
        _show(path, [word.strip("*") for word in words], record_property)


def _show(path: str, words: list[str], record_property: Record) -> None:
    row = "".join(f"{word:18}" for word in words)
    record_property("reader", f"{path:66}{row}".rstrip())
