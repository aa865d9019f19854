"""Each address of the site has its kind, told by its shape."""

import pytest

from peru_media.server.kinds import KINDS, kind_of


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/show", "page"),
        ("/show/story", "page"),
        ("/cy/show/story", "page"),
        ("/show/collections/voices", "page"),
        ("/show/story/embed", "embed"),
        ("/show/feed.xml", "feed"),
        ("/show/feed.json", "feed"),
        ("/show/feed.atom", "feed"),
        ("/show/feed/2.xml", "feed"),
        ("/feed.xml", "feed"),
        ("/publisher.xml", "feed"),
        ("/opml.xml", "feed"),
        ("/show/story/transcript.vtt", "transcript"),
        ("/show/story/captions.vtt", "transcript"),
        ("/show/story/chapters.json", "chapters"),
        ("/show/story/cite.bib", "citation"),
        ("/show/documents/review.pdf", "document"),
        ("/show/documents/review", "page"),
        ("/media/0123/abcd/story.mp3", "media"),
        ("/private/token/feed.xml", "private"),
        ("/private", "private"),
        ("/assets/0123.css", "asset"),
        ("/search", "search"),
        ("/cy/search", "search"),
        ("/sitemap.xml", "sitemap"),
        ("/robots.txt", "sitemap"),
        ("/oembed", "oembed"),
        ("/healthz", "health"),
        ("/readyz", "health"),
        ("/metrics", "health"),
        ("", "page"),
        ("*", "page"),
        ("//evil.example", "page"),
    ],
)
def test_an_address_has_the_kind_of_its_shape(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_there_are_few_kinds_whatever_is_asked_for() -> None:
    asked = [f"/{'/'.join(map(str, range(n)))}.{n}" for n in range(50)]

    assert {kind_of(path) for path in asked} <= set(KINDS)
    assert len(KINDS) < 20
