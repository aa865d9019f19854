import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.model.wording import (
    Wording,
    squeezed,
    stands_in,
    taken_out,
    taken_out_of,
)

ROSIE = (Wording("Rosie Exämple", "[name]"),)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rosie Example said", "[name] said"),
        ("ROSIE\nEXAMPLE's house", "[name]'s house"),
        ("rosie-example", "[name]"),
        ("#RosieExample", "#[name]"),
        ("Ro\u00adsie\u200b  Exa\u0308mple.", "[name]."),
        ("**Rosie** Example", "**[name]"),
        ("Rosie Exemple", "Rosie Exemple"),
        ("Rosies Example, prosie example", "Rosies Example, prosie example"),
        ("Rosie Examples", "Rosie Examples"),
        ("Rosie Rosie Example Rosie Example", "Rosie [name] [name]"),
        ("Rosie Example\u0301", "[name]"),
        ("Rosie Example\u00ad and", "[name] and"),
        ("", ""),
    ],
)
def test_words_go_however_they_are_written(text: str, left: str) -> None:
    assert taken_out(text, ROSIE) == left
    assert stands_in(text, ROSIE) == (left != text)


def test_scripts_without_spaces_have_no_whole_words() -> None:
    assert taken_out("王小明说", [Wording("小明", "[某]")]) == "王[某]说"
    assert taken_out("wałęsa", [Wording("WALESA", "x")]) == "x"


def test_words_go_on_in_the_next_text_and_are_replaced_where_they_begin() -> None:
    texts = ["I am Rosie", "", "Example, yes", "Rosie Example"]

    assert taken_out_of(texts, ROSIE) == ["I am [name]", "", ", yes", "[name]"]


def test_longer_words_go_before_those_that_they_hold() -> None:
    both = (Wording("Rosie", "R"), Wording("Rosie Example", "[name]"))

    assert taken_out("Rosie Example and Rosie", both) == "[name] and R"


def test_words_of_no_letters_stand_nowhere() -> None:
    assert not stands_in("... and ...", [Wording("...")])


@given(
    before=st.text(max_size=20),
    after=st.text(max_size=20),
    words=st.from_regex(r"[a-zà-ÿA-Z]{2,8}( [a-zà-ÿA-Z]{1,8})?", fullmatch=True),
)
def test_what_was_taken_out_stands_there_no_more(
    before: str, after: str, words: str
) -> None:
    wording = Wording(words, "[...]")
    text = f"{before} {words.upper()} {after}"

    left = taken_out(text, [wording])

    assert stands_in(text, [wording])
    assert not stands_in(left, [wording])
    assert squeezed(left) != squeezed(text)
