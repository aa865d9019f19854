"""Elements that no field holds can stand in a file that staff keep."""

import pytest

from peru_media.model.further import prefixes_of
from peru_media.parsing import parse_feed
from peru_media.parsing.further import Further, further_elements
from peru_media.parsing.passages import declared, passage, told
from tests.parsing.feeds import rss

ODD = "https://example.org/odd"
XML = (
    f'<o:a xmlns:o="{ODD}" o:b="1" c="&lt;&quot;2" xml:lang="en">x &amp; <o:d/>y</o:a>'
)


def test_an_element_is_written_by_prefixes_declared_elsewhere() -> None:
    text = passage(XML, {ODD: "odd"})

    assert text == (
        '<odd:a odd:b="1" c="&lt;&quot;2" xml:lang="en">x &amp; <odd:d/>y</odd:a>'
    )
    assert prefixes_of(text) == {"odd"}


def test_namespaces_are_told_with_the_prefixes_they_had() -> None:
    assert declared(XML) == {ODD: "o"}
    assert declared('<a xmlns="https://e.org/"/>') == {"https://e.org/": ""}


@pytest.mark.parametrize(
    "xml",
    [
        "<a/>",
        f'<o:a xmlns:o="{ODD}"><b/></o:a>',
        f'<o:a xmlns:o="{ODD}" xmlns:p="https://e.org/" p:b="1"/>',
        f'<o:a xmlns:o="{ODD}">' + "<o:b>" * 11 + "</o:b>" * 11 + "</o:a>",
        "<broken",
    ],
)
def test_what_no_prefix_can_say_is_no_passage(xml: str) -> None:
    assert passage(xml, {ODD: "odd"}) is None


def test_two_spellings_of_one_element_say_the_same() -> None:
    attributes = f'c="&lt;&quot;2" xmlns:x="{ODD}" x:b="1" xml:lang="en"'
    other = f"<x:a {attributes}> x &amp;\n <x:d/>y</x:a>"
    assert told(XML) == told(other)
    assert told(XML) != told(XML.replace("y<", "z<"))
    assert told("<broken") == "<broken"
    assert declared("<broken") == {}


def test_small_namespaces_come_as_they_stand() -> None:
    data = rss(
        "<dc:publisher>P</dc:publisher>"
        '<item><media:rating scheme="urn:simple">adult</media:rating><title>t</title>'
        "</item><item/>"
    )
    found = further_elements(data)

    assert [one.name for one in found.show] == ["publisher"]
    assert [[one.name for one in many] for many in found.episodes] == [["rating"], []]
    assert 'scheme="urn:simple"' in found.episodes[0][0].xml


def test_a_broken_feed_gives_them_for_the_same_items() -> None:
    data = rss("<item><dc:type>a</dc:type><b></item><item><dc:type>c</dc:type></item>")
    data = data.replace(b"</rss>", b"")

    assert len(further_elements(data).episodes) == len(parse_feed(data).episodes)


def test_a_feed_without_them_gives_nothing() -> None:
    assert further_elements(rss("<title>x</title>")) == Further()
