"""A feed of anybody becomes values, and values become that feed again."""

from collections.abc import Callable
from typing import get_args

import pytest

from peru_media.errors import FieldError
from peru_media.model.further import OWN_NAMESPACES
from peru_media.model.library import Episode, Show
from peru_media.model.problem import Severity
from peru_media.parsing import parse_feed
from peru_media.publishing.adoption import adopt_feed
from peru_media.rendering.feed import render_feed as render_site_feed
from peru_media.rendering.library import FormName, render_feed
from tests.generated_sites import NOON as NOON_OF_SITES
from tests.generated_sites import feeds_of, generated_site
from tests.given import BASE, given_episode, given_show, rich_episode, rich_show
from tests.judges.accepted import blamed
from tests.judges.w3c import judge
from tests.rendering.samples import (
    NOON,
    make_episode,
    make_picture,
    make_rich_episode,
    make_show,
)

SITES = 25
FORMS: tuple[FormName, ...] = get_args(FormName)
NAMESPACE = "http://example.org/ns"
ALIKE = (
    f'<rss xmlns:itunes="{OWN_NAMESPACES["itunes"]}" '
    f'xmlns:podcast="{OWN_NAMESPACES["podcast"]}"><channel>\n'
)
WHOLE = given_show().model_dump(include=given_show().model_fields_set)
HEAD = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:x="http://example.org/ns" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Old days</title><link>https://e.org/old</link><language>en-us</language>
<description>&lt;p&gt;Told by &lt;b&gt;us&lt;/b&gt;.&lt;/p&gt;</description>
<itunes:image href="https://e.org/a.png"/><itunes:explicit>no</itunes:explicit>
<itunes:category text="Software How-To"/><itunes:category text="arts"/>
"""
ITEM = """<item><title>{name}</title><guid>{name}</guid>
<pubDate>Tue, 01 Dec 2026 09:00:00 +0000</pubDate>
<enclosure url="https://e.org/{name}.mp3" length="5" type="audio/mp3"/>{more}</item>
"""


def feed_of(*items: str, head: str = HEAD) -> bytes:
    return f"{head}{''.join(items)}</channel></rss>".encode()


def item(name: str, more: str = "") -> str:
    return ITEM.format(name=name, more=more)


def elsewhere() -> Show:
    """Everything that a show says, with elements that no field of ours holds."""
    return rich_show(
        namespaces={"x": NAMESPACE}, extra="<x:a>1</x:a>", locations=(), listed=True
    )


@pytest.mark.parametrize(
    ("show", "episodes"),
    [
        (given_show(), [given_episode()]),
        (given_show(), [given_episode(notes_html="<h2>A</h2><p>b &amp; c</p>")]),
        (elsewhere(), [rich_episode(extra='<x:b c="d">2</x:b>', language=None)]),
    ],
    ids=["least", "html", "most"],
)
def test_a_feed_of_ours_comes_back_byte_for_byte(
    show: Show, episodes: list[Episode]
) -> None:
    feed = render_feed(show, episodes)
    adopted = adopt_feed(parse_feed(feed))

    assert adopted.problems == ()
    assert render_feed(adopted.show, adopted.episodes) == feed


def test_the_feed_of_a_site_comes_back_tag_for_tag() -> None:
    show = make_show(picture=make_picture("cover"))
    episodes = [make_rich_episode(), make_episode("plain")]
    feed = render_site_feed(show, episodes, base_url=BASE, built=NOON)
    adopted = adopt_feed(parse_feed(feed))
    again = render_feed(adopted.show, adopted.episodes, built=NOON)

    assert adopted.problems == ()
    assert sorted(again.splitlines()) == sorted(feed.splitlines())


def test_the_feeds_of_generated_sites_are_adopted_whole_and_pass_the_judge(
    record_property: Callable[[str, object], None],
) -> None:
    judged = 0
    for seed in range(SITES):
        for path, data in feeds_of(generated_site(seed)).items():
            if path.count("/") == 2 and path.endswith("feed.xml"):
                judged += _adopted_and_judged(data, path=path)

    record_property("figure", f"feeds adopted from {SITES} sites and judged: {judged}")
    assert judged > SITES


def _adopted_and_judged(data: bytes, *, path: str) -> int:
    feed, address = parse_feed(data), BASE + path
    adopted = adopt_feed(feed)
    assert adopted.problems == ()
    assert [one.guid for one in adopted.episodes] == [e.guid for e in feed.episodes]
    for form in FORMS:
        again = render_feed(
            adopted.show, adopted.episodes, form=form, url=address, built=feed.updated
        )
        assert blamed(judge(again, now=NOON_OF_SITES, url=address)) == [], form
    return len(FORMS)


def test_a_feed_of_others_keeps_guids_dates_and_addresses() -> None:
    data = feed_of(item("b"), item("a", "<x:odd>1</x:odd><dc:creator>A</dc:creator>"))
    adopted = adopt_feed(parse_feed(data, url="https://e.org/feed.xml"))
    show, (first, second) = adopted.show, adopted.episodes

    (loss,) = adopted.problems
    assert loss.what.startswith('itunes:category was left out: "Software How-To"')
    assert (show.title, show.link) == ("Old days", "https://e.org/old")
    assert (show.feed_url, show.language) == ("https://e.org/feed.xml", "en-US")
    assert (show.description, show.categories) == ("Told by us.", ("Arts",))
    assert (show.explicit, show.image) == (False, "https://e.org/a.png")
    assert (first.guid, second.guid) == ("b", "a")
    assert (first.media.url, first.media.size) == ("https://e.org/b.mp3", 5)
    assert first.media.type == "audio/mpeg"
    assert show.namespaces == {"x": NAMESPACE}
    assert second.extra == "<x:odd>1</x:odd>"


def test_what_a_feed_lacks_is_given_by_name() -> None:
    parsed = parse_feed(feed_of(item("a"), head="<rss><channel><title>Old</title>"))
    with pytest.raises(FieldError) as caught:
        adopt_feed(parsed)

    lacking = {str(one.place).removeprefix("Show.") for one in caught.value.problems}
    assert lacking == WHOLE.keys() - {"title"}
    changes = {name: WHOLE[name] for name in lacking}
    assert adopt_feed(parsed, **changes).show == given_show(title="Old")


def test_what_is_given_by_name_has_to_be_right() -> None:
    with pytest.raises(FieldError, match=r"Show\.author: It is of the type int"):
        adopt_feed(parse_feed(feed_of(item("a"))), feed_url=f"{BASE}/f.xml", author=5)


def test_what_cannot_be_taken_over_is_told_at_its_line() -> None:
    data = feed_of(
        item("a", "<itunes:episodeType>tale</itunes:episodeType>"),
        item("a"),
        "<item><title>No file</title><guid>b</guid></item>",
        item("c", f"<x:long>{'x' * 20_000}</x:long><x:too>{'x' * 20_000}</x:too>"),
        head=HEAD.replace('<itunes:category text="Software How-To"/>', "")
        + "<itunes:type>novel</itunes:type>",
    )
    adopted = adopt_feed(parse_feed(data), feed_url=f"{BASE}/f.xml")

    assert [one.guid for one in adopted.episodes] == ["a", "c"]
    assert {one.severity for one in adopted.problems} == {Severity.WARN}
    assert [(one.place.line, one.what) for one in adopted.problems] == [
        (1, 'Show.type was left out: "novel" is not known.'),
        (7, 'Episode.type was left out: "tale" is not known.'),
        (10, 'Item "a" was left out: Episode.guid: "a" is that of an item above it.'),
        (13, 'Item "No file" was left out: Episode.published: It is missing.'),
        (13, 'Item "No file" was left out: Episode.media: It is missing.'),
        (13, adopted.problems[-1].what),
    ]
    assert adopted.problems[-1].what.endswith("is too long.")


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ("<itunes:owner><itunes:name>Ann</itunes:name></itunes:owner>", "Ann"),
        ("<itunes:keywords>one</itunes:keywords>", "one"),
        ("<podcast:locked owner='a@e.org'>no</podcast:locked>", "a@e.org"),
        ("<ttl>60</ttl>", "60"),
        ("<category>Books</category>", "Books"),
    ],
)
def test_what_no_field_of_a_show_holds_is_told(xml: str, what: str) -> None:
    adopted = adopt_feed(parse_feed(feed_of(head=ALIKE + xml)), **WHOLE)

    (loss,) = adopted.problems
    assert (loss.severity, loss.place.line) == (Severity.WARN, 1)
    assert what in loss.what
    assert " was left out: " in loss.what


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ("<podcast:socialInteract uri='https://e.org/p'/>", "https://e.org/p"),
        ("<itunes:keywords>one</itunes:keywords>", "one"),
        ("<author>a@e.org (Ann)</author>", "Ann"),
        ("<comments>https://e.org/c</comments>", "https://e.org/c"),
        ("<enclosure url='https://e.org/2.mp3' length='1' type='a/b'/>", "2.mp3"),
    ],
)
def test_what_no_field_of_an_episode_holds_is_told_at_its_line(
    xml: str, what: str
) -> None:
    data = feed_of("\n", item("a", xml), head=ALIKE)
    adopted = adopt_feed(parse_feed(data), **WHOLE)

    (loss,) = adopted.problems
    assert loss.place.line == adopted_line(data)
    assert what in loss.what


def adopted_line(data: bytes) -> int:
    return data[: data.index(b"<item>")].count(b"\n") + 1


def test_what_is_given_by_name_is_no_loss() -> None:
    data = feed_of(item("a"), head=HEAD.replace('"Software How-To"', '"Arts"'))
    changes = {**WHOLE, "title": "New", "language": "cy", "author": "Another"}

    assert adopt_feed(parse_feed(data), **changes).problems == ()


def test_a_language_that_is_none_is_refused() -> None:
    head = HEAD.replace("en-us", "English")

    with pytest.raises(FieldError, match="Did you mean en"):
        adopt_feed(parse_feed(feed_of(item("a"), head=head)), feed_url=f"{BASE}/f.xml")
