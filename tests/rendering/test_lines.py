"""What is written straight away is what lxml would write of a tree."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import NAMESPACES, PODCAST, add, nest
from peru_media.rendering.ext.lines import Lines

WORDS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'\n\t\r")))


@given(text=WORDS, value=WORDS, inner=WORDS)
def test_lines_are_what_a_tree_would_be_written_as(
    text: str, value: str, inner: str
) -> None:
    lines = Lines("item", end="\n")
    around = etree.Element("rss", nsmap=NAMESPACES)
    tree = etree.SubElement(around, "item")

    for parent in (lines, tree):
        add(parent, "title", text, kind=value)
        outer = nest(parent, f"{PODCAST}value", {"type": legal(value)})
        add(outer, f"{PODCAST}valueRecipient", inner, split="1")
        nest(parent, f"{PODCAST}chapters")
        add(parent, "nothing", "")
    tree.text = "\n"
    for child in tree:
        child.tail = "\n"

    written: str = etree.tostring(around, encoding="unicode")
    assert written.endswith(f">{lines}</rss>")


def test_what_holds_nothing_is_one_tag() -> None:
    assert str(Lines("item", end="\n")) == "<item/>"
    assert str(Lines("item", {"a": '"'})) == '<item a="&quot;"/>'
