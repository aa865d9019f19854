"""YAML is text with places, whichever loader follows it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from peru_media.reading.tree import FAST, Loader, Tree, plant

LOADERS = (yaml.CSafeLoader, yaml.SafeLoader)


@pytest.fixture(params=LOADERS, ids=("fast", "plain"))
def loader(request: pytest.FixtureRequest) -> Loader:
    chosen: Loader = request.param
    return chosen


def codes(tree: Tree) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in tree.problems]


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "1:30", "1_000", "0x10", "2026-12-01", "null", "Null", "1e3", "<<"],
)
def test_a_value_stays_the_text_that_stands_there(text: str, loader: Loader) -> None:
    assert plant(f"field: {text}\n", "a.yaml", loader=loader).fields == {"field": text}


@pytest.mark.parametrize("empty", ["", "~", "  # a comment"])
def test_an_empty_field_is_as_good_as_none(empty: str, loader: Loader) -> None:
    tree = plant(f"field: {empty}\nother: x\n", "a.yaml", loader=loader)

    assert tree.fields == {"other": "x"}
    assert ("field",) in tree.keys


def test_quotes_keep_an_empty_text(loader: Loader) -> None:
    tree = plant("a: ''\nb: '~'\n", "a.yaml", loader=loader)

    assert tree.fields == {"a": "", "b": "~"}


def test_every_field_and_item_has_its_place(loader: Loader) -> None:
    text = "title: é x\npeople:\n  - name: Ann\n    role: host\n  - {name: Ben}\n"

    tree = plant(text, "a.yaml", loader=loader)
    keys = {steps: (p.line, p.column) for steps, p in tree.keys.items()}
    values = {steps: (p.line, p.column) for steps, p in tree.values.items()}
    assert keys == {
        ("title",): (1, 1),
        ("people",): (2, 1),
        ("people", 0): (3, 5),
        ("people", 0, "name"): (3, 5),
        ("people", 0, "role"): (4, 5),
        ("people", 1): (5, 5),
        ("people", 1, "name"): (5, 6),
    }
    assert values["people", 0, "role"] == (4, 11)
    assert values["people",] == (3, 3)
    assert len(values) == len(keys)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", [("E106", 1, 4)]),
        ("&x a: 1\n", [("E106", 1, 1)]),
        ("a: [*x]\n", [("E106", 1, 5)]),
        ("a: &x !!str {b: c}\n", [("E106", 1, 4), ("E106", 1, 4)]),
        ("!!str a: 1\n", [("E106", 1, 1)]),
        ("*x : 1\n", [("E109", 1, 1)]),
        ("a: {<<: {b: &x c}, d: e}\n", [("E106", 1, 5)]),
        ("a: 1\na: [2, 3]\nb: {c: d, c: {e: f}}\n", [("E105", 2, 1), ("E105", 3, 11)]),
        ("a: 1\n---\nb: 2\n", [("E108", 2, 1)]),
        ("a\n", [("E109", 1, 1)]),
        ("*a\n", [("E106", 1, 1)]),
        ("? {a: b}\n: c\n", [("E109", 1, 3)]),
        ('"\\x07": b\n', [("E101", 1, 1)]),
        ('a: "\\uFFFE"\n', [("E101", 1, 4)]),
        ("a:\n\tb: 1\n", [("E119", 2, 1)]),
        ("a: |\n\tb\n", [("E119", 2, 1)]),
        ("a: 'b' c\n", [("E104", 1, 8)]),
        ("a: @b\n", [("E104", 1, 4)]),
        ("a: b: c\n", [("E104", 1, 5)]),
        ("a: b\n  c: d\n", [("E104", 2, 4)]),
        ("a: 'b\n", [("E104", 1, 4)]),
        ("a: [b\n", [("E104", 1, 4)]),
        ("a: b\nc\nd: e\n", [("E104", 2, 1)]),
        ("a: - b\n", [("E104", 1, 4)]),
    ],
)
def test_both_loaders_refuse_the_same_at_the_same_place(
    text: str, expected: list[tuple[str, int, int]], loader: Loader
) -> None:
    tree = plant(text, "a.yaml", loader=loader)

    assert codes(tree) == expected
    assert all(problem.fix for problem in tree.problems)


def test_twenty_levels_are_read_and_one_more_is_not(loader: Loader) -> None:
    twenty = "a: " + "[" * 19 + "]" * 19
    more = "a: " + "[" * 20 + "]" * 20

    assert plant(twenty, "a.yaml", loader=loader).problems == []
    assert codes(plant(more, "a.yaml", loader=loader)) == [("E107", 1, 23)]


def test_a_million_brackets_end_at_once() -> None:
    tree = plant("[" * 1_000_000, "a.yaml")

    assert codes(tree) == [("E107", 1, 21)]
    assert not tree.whole


def test_a_code_point_that_does_not_exist_is_a_problem(loader: Loader) -> None:
    tree = plant('a: "\\U00110000"\n', "a.yaml", loader=loader)

    assert [p.code for p in tree.problems] == ["E104"]


def test_half_a_character_is_a_problem(loader: Loader) -> None:
    tree = plant('a: "\\ud800"\n', "a.yaml", loader=loader)

    assert [p.code for p in tree.problems] in (["E104"], ["E101"])


def test_nothing_but_comments_is_no_field(loader: Loader) -> None:
    assert plant("# title: x\n", "a.yaml", loader=loader).fields == {}


def test_what_was_refused_is_remembered(loader: Loader) -> None:
    tree = plant("a: *x\nb: {<<: c}\n", "a.yaml", loader=loader)

    assert tree.refused == {("a",), ("b", "<<")}
    assert tree.whole


def test_the_fast_loader_is_the_one_in_use() -> None:
    assert FAST is yaml.CSafeLoader


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,?~ \n\t\\x0é\U0001f600"))
def test_no_text_raises_from_either_loader(text: str) -> None:
    for loader in LOADERS:
        tree = plant(text, "a.yaml", loader=loader)

        assert tree.whole or tree.problems
        assert all(p.place.line >= 1 and p.place.column >= 1 for p in tree.problems)


def test_a_flood_of_problems_ends_the_reading_of_a_file() -> None:
    tree = plant("a: b\n" * 100_000, "a.yaml")

    assert len(tree.problems) == 100
    assert not tree.whole
