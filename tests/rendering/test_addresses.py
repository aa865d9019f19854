import pytest

from peru_media.model.source import Transcript
from peru_media.rendering.addresses import (
    absolute,
    base_path,
    chapters_path,
    feed_path,
    followed,
    page_path,
    transcript_path,
)
from tests.rendering.samples import make_episode


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "http://e.org?q=1", "HTTPS://E.org", "mailto:a@b.org"],
)
def test_web_and_mail_addresses_may_be_followed(address: str) -> None:
    assert followed(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://e.org/\njavascript:x",
        " https://e.org",
        "//e.org/x",
        "relative",
    ],
)
def test_no_other_address_may_be_followed(address: str | None) -> None:
    assert followed(address) is None


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/a/b", "https://site.org/a/b"),
        ("https://other.org/x", "https://other.org/x"),
        ("//other.org/x", None),
        ("javascript:x", None),
        (None, None),
    ],
)
def test_absolute_addresses_come_from_the_base_alone(
    address: str | None, whole: str | None
) -> None:
    assert absolute("https://site.org", address) == whole


@pytest.mark.parametrize(
    ("base_url", "path"),
    [("https://site.org", ""), ("https://site.org/audio", "/audio")],
)
def test_a_site_may_lie_below_a_path(base_url: str, path: str) -> None:
    assert base_path(base_url) == path


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("text/vtt", "transcript.vtt"),
        ("application/x-subrip", "transcript.srt"),
        ("application/json", "transcript.json"),
        ("text/plain", "transcript.txt"),
        ("text/html", "transcript.html"),
    ],
)
def test_a_transcript_keeps_its_kind_in_its_name(media_type: str, name: str) -> None:
    text = Transcript(sha256="a" * 64, media_type=media_type, language="en")
    episode = make_episode(transcript=text)

    assert transcript_path(episode) == f"/personalisation/first/{name}"


def test_everything_of_an_episode_lies_below_its_page_in_its_first_show() -> None:
    episode = make_episode(shows=("one", "two"))

    assert page_path(episode) == "/one/first"
    assert chapters_path(episode) == "/one/first/chapters.json"
    assert transcript_path(episode) is None
    assert feed_path("one") == "/one/feed.xml"
