"""Whatever a feed calls things, nothing lands outside of its own folder."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from peru_media.media.maker import Maker
from peru_media.model.address import RESERVED, is_slug
from peru_media.publishing.importing.desk import FeedSource, Wish
from peru_media.publishing.importing.slugs import Slugs, slug_in
from peru_media.rendering.characters import legal
from tests.importing.imports import Project, tree
from tests.importing.old_host import OldHost

WAYS_OUT = [
    "..", "../", "../..", "../../etc/passwd", "..\\..\\windows", "/etc/passwd",
    "//server/share", "C:\\boot.ini", "C:", "~root", "$HOME", "`id`", "$(id)",
    "%2e%2e%2f", "%2e%2e/", "..%2f", "..%5c", "%252e%252e%252f", "%00", "%c0%ae",
    ".", "./", "...", "....//", ".git", ".peru-media", ".ssh/authorized_keys",
    "a/../../b", "a/./b", "a//b", "a\\b", "a:b", "a|b", "a?b", "a*b", "<a>", '"a"',
    "file:///etc/passwd", "http://127.0.0.1/", "javascript:alert(1)", "|rm -rf",
    "a\x00b", "\x00", "a\x01b", "a\x7fb", "a\nb", "a\rb", "a\tb", "a\x1b[2Jb",
    "\u202egpj.exe", "\u2066x\u2069", "\u200b", "\ufeff", "\u2028", "\u2029",
    "\uff0e\uff0e\uff0f", "\u2024\u2024/", "\u2215etc\u2215", "\uff0fetc",
    "\u0131", "\u212a", "e\u0301", "\ufb01", "ﬁ", "Ⅷ", "①", "ß", "İ",
    "CON", "con", "PRN", "AUX", "NUL", "COM1", "LPT1", "CON.mp3", "nul.", "aux ",
    "-rf", "--help", "-", "--", "_", "a-", "-a", "a--b", " ", "", "\t",
    "contributors", "site.yaml", "show.md", "episode.md", "withdrawn.yaml",
    "x" * 81, "x" * 300, "\u0445" * 100, "漢字" * 60, "🎙" * 90, "a" * 79 + "-b",
]  # fmt: skip
CORPUS = [
    *WAYS_OUT,
    *sorted(RESERVED),
    *(f"feeds/{way}" for way in WAYS_OUT),
    *(f"{way}/episode.md" for way in WAYS_OUT),
][:300]


def test_the_corpus_is_as_long_as_it_says() -> None:
    assert len(CORPUS) == 300


@pytest.mark.parametrize("text", ["..", "x/..", "", "https://[", "/a/contributors"])
def test_an_address_that_ends_in_no_name_gives_none(text: str) -> None:
    assert slug_in(text) is None


def test_every_name_becomes_one_that_can_stand_in_an_address() -> None:
    slugs = Slugs(frozenset({"taken"}))
    names = [slugs.take(text, otherwise="episode") for text in [*CORPUS, "taken"]]

    assert all(map(is_slug, names))
    assert len(set(names)) == len(names)
    assert not {*names} & {*RESERVED, "contributors", "taken"}


def test_a_name_of_our_own_is_given_once() -> None:
    slugs = Slugs(frozenset({"taken"}))

    assert slugs.keep("free") == "free"
    assert slugs.keep("free") is None
    assert slugs.keep("taken") is None
    assert slugs.take("free", otherwise="x") == "free-2"


def test_nothing_lands_outside_of_its_folder(
    tmp_path: Path,
    maker: Maker,
    host: OldHost,
    record_property: Callable[[str, object], None],
) -> None:
    project = Project(root=tmp_path / "deep" / "project", maker=maker, web=host.web())
    feed = FeedSource(name="hostile.xml", data=_hostile())
    project.run(feed, wish=Wish(media=False))

    outside = [path for path in tmp_path.rglob("*") if path.is_file()]
    outside = [path for path in outside if not path.is_relative_to(project.root)]
    names = tree(project.root)
    folders = {name.split("/")[1] for name in names if name.startswith("episodes/")}
    assert outside == []
    assert all(map(is_slug, folders))
    assert len(folders) == len(project.site.episodes) == len(CORPUS)
    record_property("figure", f"hostile names imported: {len(CORPUS)}, 0 escapes")


def _hostile() -> bytes:
    """Every name as a title, a guid, a person and the end of an address."""
    items = "".join(
        f"<item><title>{_said(text)}</title><guid>{number} {_said(text[:80])}</guid>"
        f"<link>https://e.org/{_said(text)}</link>"
        f"<podcast:person>{_said(text)}</podcast:person>"
        f"<pubDate>Tue, 03 Mar 2026 09:00:00 +0000</pubDate></item>"
        for number, text in enumerate(CORPUS)
    )
    return (
        '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
        "<title>../../show</title><generator>peru_media</generator>"
        f"<link>https://e.org/..%2f..</link><language>en</language>{items}"
        "</channel></rss>"
    ).encode()


def _said(text: str) -> str:
    return escape(legal(text))
