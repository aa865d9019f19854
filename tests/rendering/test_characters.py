import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from peru_media.rendering.characters import legal


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("plain", "plain"),
        ("bell\x07, null\x00, escape\x1b", "bell, null, escape"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("tab\tstays", "tab\tstays"),
        ("noncharacters \ufffe\uffff", "noncharacters "),
        ("half \ud800 a pair", "half  a pair"),
        ("no quote\x91, no delete\x7f", "no quote, no delete"),
        ("next\x85line", "next\nline"),
        ("smile 🎙, é, \xa0", "smile 🎙, é, \xa0"),
    ],
)
def test_only_what_xml_can_carry_is_kept(given_text: str, kept: str) -> None:
    assert legal(given_text) == kept


@given(st.text())
def test_whatever_is_kept_can_be_written_and_read(text: str) -> None:
    element = etree.Element("a")
    element.text = legal(text)

    read = etree.fromstring(etree.tostring(element, encoding="UTF-8"))

    assert (read.text or "") == legal(text)
