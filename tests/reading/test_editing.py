"""An edit changes one value, and not one byte beside it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peru_media.errors import ContentError
from peru_media.model.problem import Place
from peru_media.reading.editing import replace_scalar
from peru_media.reading.text import Sheet, decode, sheet
from peru_media.reading.tree import Tree, plant

MOMENT = "2026-12-01T09:00:00Z"
PATH = "episodes/a/episode.md"
FILE = """\
---
show: personalisation   # the project
title: "Größe: 'klein'" # é
publish: now   # as agreed
guid:
number: # none yet
subtitle: 'it''s here'  # quoted
media: {file: audio.mp3, sha256: , stand_in: yes}
people:
  - name: Ann
    role: host\t
  - {name: Ben, role: guest}
related: [one, two]
---
publish: now
"""


def grown(data: bytes, path: str = PATH) -> Tree:
    text = decode(data, path)
    assert isinstance(text, str)
    found = sheet(text, path)
    assert isinstance(found, Sheet)
    tree = plant(found.fields, path)
    assert tree.problems == []
    return tree


def changed(old: bytes, new: bytes) -> list[tuple[bytes, bytes]]:
    before, after = old.split(b"\n"), new.split(b"\n")
    assert len(before) == len(after)
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_now_becomes_its_moment_and_nothing_else_changes(
    newline: str, mark: str
) -> None:
    data = (mark + FILE.replace("\n", newline)).encode()

    new = replace_scalar(data, grown(data).keys["publish",], MOMENT)
    assert changed(data, new) == [
        (
            b"publish: now   # as agreed" + newline.encode()[:-1],
            b"publish: " + MOMENT.encode() + b"   # as agreed" + newline.encode()[:-1],
        )
    ]


@pytest.mark.parametrize(
    ("steps", "new", "line"),
    [
        (("title",), "B: c", 'title: "B: c" # é'),
        (("title",), 'say "x"', 'title: "say \\"x\\"" # é'),
        (("subtitle",), "that's it", "subtitle: 'that''s it'  # quoted"),
        (("subtitle",), "two\nlines", 'subtitle: "two\\nlines"  # quoted'),
        (("guid",), "abc", "guid: abc"),
        (("number",), "3", "number: 3 # none yet"),
        (("show",), "a, b", 'show: "a, b"   # the project'),
        (("show",), "", 'show: ""   # the project'),
        (("show",), "~", 'show: "~"   # the project'),
        (("show",), "a #b", 'show: "a #b"   # the project'),
        (("show",), "a\u2028b", 'show: "a\\u2028b"   # the project'),
        (("people", 0, "role"), "guest", "    role: guest\t"),
        (("people", 1, "role"), "x}", '  - {name: Ben, role: "x}"}'),
        (("related", 1), "three", "related: [one, three]"),
        (
            ("media", "sha256"),
            "abc",
            "media: {file: audio.mp3, sha256: abc , stand_in: yes}",
        ),
    ],
)
def test_quotes_and_comments_are_kept(
    steps: tuple[str | int, ...], new: str, line: str
) -> None:
    data = FILE.encode()

    by_name = replace_scalar(data, grown(data).keys[steps], new)
    by_value = replace_scalar(data, grown(data).values[steps], new)
    assert [after.decode() for _, after in changed(data, by_name)] == [line]
    assert by_value == by_name


def test_a_yaml_file_is_edited_as_well() -> None:
    data = b"\xef\xbb\xbfid: c-017\npublic_name: Dan\n"

    new = replace_scalar(data, Place("feeds/contributors/c-017.yaml", 2, 1), "Mo")
    assert new == b"\xef\xbb\xbfid: c-017\npublic_name: Mo\n"


def test_what_cannot_be_understood_below_does_not_matter() -> None:
    data = b'a: now\nb: c\nd: "e\n'

    edited = replace_scalar(data, Place("a.yaml", 1, 1), "x")
    assert edited == data.replace(b"now", b"x")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: now\n", 2, 1),
        ("a: now\n", 1, 2),
        ("a: |\n  now\n", 1, 1),
        ("a: >-\n  now\n", 1, 1),
        ("a: one\n  two\n", 1, 1),
        ("a: 'one\n  two'\n", 1, 4),
        ("a: [b]\n", 1, 1),
        ("a: {b: c}\n", 1, 1),
        ("a:\n- b\n", 1, 1),
        ("a:\n  b: c\n", 1, 1),
        ("a: *b\n", 1, 1),
        ("a: &b c\n", 1, 1),
        ("a: !!str c\n", 1, 1),
        ("", 1, 1),
        ("a: \x00\n", 1, 1),
        ("a\u2028b: c\n", 1, 1),
    ],
)
def test_where_no_value_of_one_line_stands_nothing_is_written(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(ContentError, match="E153") as caught:
        replace_scalar(text.encode(), Place("a.yaml", line, column), "new")

    assert caught.value.problems[0].place == Place("a.yaml", line, column)
    assert caught.value.problems[0].fix


def test_a_file_that_lost_its_front_matter_is_not_written() -> None:
    with pytest.raises(ContentError, match="E153"):
        replace_scalar(b"publish: now\n", Place(PATH, 1, 1), MOMENT)


SPOTS = sorted(steps for steps in grown(FILE.encode()).values if steps != ("media",))
LEAVES = [s for s in SPOTS if not any(o[: len(s)] == s and o != s for o in SPOTS)]
WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"
    )
)


@given(
    steps=st.sampled_from(LEAVES), new=WORDS, newline=st.sampled_from(["\n", "\r\n"])
)
@example(steps=("publish",), new="\x85\u2029\ufeff", newline="\n")
@example(steps=("people", 1, "role"), new="a:b", newline="\n")
@example(steps=("people", 1, "role"), new="a ,b", newline="\n")
def test_what_is_written_is_what_is_read_and_all_else_stays(
    steps: tuple[str | int, ...], new: str, newline: str
) -> None:
    data = FILE.replace("\n", newline).encode()
    place = grown(data).keys[steps]

    edited = replace_scalar(data, place, new)
    lines = changed(data, edited)
    after = grown(edited)
    assert len(lines) <= 1
    assert all(old == data.split(b"\n")[place.line - 1] for old, _ in lines)
    assert value(after, steps) == new
    assert {s: value(after, s) for s in LEAVES if s != steps} == {
        s: value(grown(data), s) for s in LEAVES if s != steps
    }


def value(tree: Tree, steps: tuple[str | int, ...]) -> object:
    found: object = tree.fields
    for step in steps:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int):
            found = found[step]
    return found
