"""XML that staff give is checked before it stands in a feed."""

import time

import pytest
from pydantic import TypeAdapter, ValidationError

from peru_media.model import further
from peru_media.model.further import OWN_NAMESPACES, prefixes_of

RATING = "<media:rating scheme='urn:simple'>nonadult</media:rating>"


def _refusal(kind: str, text: str) -> str:
    with pytest.raises(ValidationError) as refusal:
        TypeAdapter(getattr(further, kind)).validate_python(text)
    return str(refusal.value.errors()[0]["msg"])


@pytest.mark.parametrize(
    "text",
    [
        RATING,
        f"\n  {RATING}\n  {RATING}\n",
        "<a:b xml:lang='en'><c:d c:e='&amp;'/>words<![CDATA[<p>]]></a:b>",
        "<a:b>" * 10 + "</a:b>" * 10,
        "<a:b/>" * 500,
        "",
    ],
    ids=lambda text: text[:40],
)
def test_sound_xml_is_kept_as_it_is(text: str) -> None:
    assert TypeAdapter(further.Extra).validate_python(text) == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<media:rating>", "is not well-formed XML in its line 1"),
        ("<a:b/>\n<a:b>\n", "is not well-formed XML in its line 3"),
        ("<a:b>&nbsp;</a:b>", "is not well-formed"),
        ("<a:b>\x00</a:b>", "is not well-formed"),
        ("<a:b>\ufffe</a:b>", "is not well-formed"),
        ("<a:b>\ud800</a:b>", "is not text"),
        ("<a:b c='1' c='2'/>", "is not well-formed"),
        ("</extra><extra>", "is not well-formed"),
        ("</extra><a:b/>", "is not well-formed"),
        ("<?xml version='1.0'?><a:b/>", "is not well-formed"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a:b>&b;</a:b>", "is not well-formed"),
        ("<?php echo ?>", "holds a processing instruction"),
        ("<a:b><!-- no --></a:b>", "holds a comment"),
        ("words", "holds words outside of any element"),
        ("<item/>", 'holds "item" without a namespace'),
        ("<a:b><item/></a:b>", 'holds "item" without a namespace'),
        ("<a:b xmlns:a='urn:x'/>", "declares a namespace"),
        ("<a:b xmlns='urn:x'/>", "declares a namespace"),
        ("<a:b:c/>", 'holds "a:b:c", which is no name'),
        ("<a:1/>", 'holds "a:1", which is no name'),
        ("<a:b :c=''/>", 'holds ":c", which is no name'),
        ("<a:b>" * 11 + "</a:b>" * 11, "holds too much"),
        ("<a:b/>" * 501, "holds too much"),
        (f"<a:b>{'é' * 16_000}</a:b>", "is too long"),
    ],
    ids=lambda text: text[:30].encode("unicode_escape").decode(),
)
def test_other_xml_is_refused_in_plain_words(text: str, what: str) -> None:
    assert what in _refusal("Extra", text)


def test_a_bomb_is_refused_at_once() -> None:
    bomb = "<!DOCTYPE a [" + "".join(
        f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 20)
    )
    begun = time.monotonic()

    assert "is not well-formed" in _refusal("Extra", f"{bomb}]><a:b>&e19;</a:b>")
    assert time.monotonic() - begun < 0.5


def test_the_prefixes_are_those_of_elements_and_attributes() -> None:
    assert prefixes_of("<a:b c:d='' e='' xml:lang='en'><f:g/></a:b>") == {"a", "c", "f"}


@pytest.mark.parametrize("prefix", ["media", "dc", "ns0", "my-own_1"])
def test_a_prefix_may_be_any_short_name(prefix: str) -> None:
    assert TypeAdapter(further.Prefix).validate_python(prefix) == prefix


@pytest.mark.parametrize(
    "prefix", [*OWN_NAMESPACES, "xml", "xmlns", "XMLa", "", "1a", "a:b", "é", "a" * 33]
)
def test_a_prefix_with_a_meaning_is_refused(prefix: str) -> None:
    assert "prefix" in _refusal("Prefix", prefix)


@pytest.mark.parametrize(
    "address",
    [
        *OWN_NAMESPACES.values(),
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/XML/1998/namespace",
        "",
        "mrss",
        "http://a b",
        'http://a"b',
    ],
)
def test_a_namespace_that_is_ours_or_runs_scripts_is_refused(address: str) -> None:
    assert _refusal("Namespace", address)
