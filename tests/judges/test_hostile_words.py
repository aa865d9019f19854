"""Whatever words stand in a site, no form of its feeds breaks a rule by them."""

import json
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from lxml import etree

from peru_media.model.source import Episode, Source
from peru_media.rendering.characters import legal
from tests.generated_sites import BASE, NOON, feeds_of, generated_site
from tests.judges.accepted import ACCEPTED
from tests.judges.w3c import judge

Record = Callable[[str, object], None]

SITES = 100
WORDS = (
    "]]>", "<![CDATA[", "&amp;", "<b>x</b>", "<!--", "\x00", "\ufeff", "a\r\nb", "🎙",
    "\ufffd", "\x92", "</p>", "a\tb", "\u3000", "\u2028", "&#65;",
    "javascript:alert(1)",
    "[x](javascript:a)", "<script>", "`</script>`", "<p>", "# h", "1. a\n2. b",
    "http://[::1", "\U0010ffff", "\ufdd0", "\x7f", "\u200b", "*" * 50, "x" * 300, "---",
    "![](a.png)", "<a@example.org>", "[a](../b)", "> q",
)  # fmt: skip
OF_WORDS = {"BadCharacters", "ContainsHTML"}  # as the author wrote them
ATOM = "{http://www.w3.org/2005/Atom}"


def _hostile(seed: int) -> Source:
    words = partial(Random(-seed).choice, WORDS)  # noqa: S311  # a site to look at, no secret
    return generated_site(seed, words=words, shows=2, episodes=3)


def test_no_words_break_a_rule(record_property: Record) -> None:
    judged = 0
    for seed in range(1, SITES):
        for path, data in feeds_of(_hostile(seed)).items():
            found = judge(data, now=NOON, url=BASE + path)
            broken = {one.code for one in found} - ACCEPTED.keys() - OF_WORDS
            assert broken == set(), (seed, path, [str(one) for one in found])
            judged += 1
    record_property("figure", f"hostile words: {judged} feeds keep the W3C's rules")


def test_atom_and_json_say_the_same_as_the_model() -> None:
    compared = 0
    for seed in range(1, SITES):
        site = _hostile(seed)
        feeds = feeds_of(site)
        for show in site.shows:
            mine = [one for one in site.episodes if show.slug in one.shows]
            ordered = sorted(
                mine, key=lambda one: (-one.published.timestamp(), one.guid)
            )
            wanted = [_of_model(one) for one in ordered[: show.feed_items]]
            compared += len(wanted)
            if wanted:
                assert _of_json(feeds[f"/{show.slug}/feed.json"]) == wanted
                assert _of_atom(feeds[f"/{show.slug}/feed.atom"]) == [
                    {**one, "id": None} for one in wanted
                ]
    assert compared > SITES


def _of_model(one: Episode) -> dict[str, Any]:
    people = (legal(person.name) for person in one.people)
    return {
        "id": legal(one.guid),
        "title": legal(one.title).strip() or one.slug,
        "summary": legal(one.subtitle or ""),
        "people": [name for name in people if name.strip()],
        "published": f"{one.published:%Y-%m-%dT%H:%M:%SZ}",
        "file": BASE + one.enclosure.address,
        "size": one.enclosure.size,
        "type": one.enclosure.media_type,
    }


def _of_json(data: bytes) -> list[dict[str, Any]]:
    return [
        {
            "id": one["id"],
            "title": one["title"],
            "summary": one.get("summary", ""),
            "people": [author["name"] for author in one.get("authors", [])],
            "published": one["date_published"],
            "file": one["attachments"][0]["url"],
            "size": one["attachments"][0]["size_in_bytes"],
            "type": one["attachments"][0]["mime_type"],
        }
        for one in json.loads(data)["items"]
    ]


def _of_atom(data: bytes) -> list[dict[str, Any]]:
    """The same, but for the id, which Atom wants to be an address."""
    return [_of_entry(one) for one in etree.fromstring(data).iter(f"{ATOM}entry")]


def _of_entry(entry: Any) -> dict[str, Any]:
    [link] = entry.findall(f"{ATOM}link[@rel='enclosure']")
    return {
        "id": None,
        "title": entry.findtext(f"{ATOM}title"),
        "summary": entry.findtext(f"{ATOM}summary", ""),
        "people": [one.text for one in entry.findall(f"{ATOM}author/{ATOM}name")],
        "published": entry.findtext(f"{ATOM}published"),
        "file": link.get("href"),
        "size": int(link.get("length")),
        "type": link.get("type"),
    }
