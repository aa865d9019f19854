import pytest

from peru_media.errors import FetchError
from peru_media.fetching.target import parse_target


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("http://example.org", "http://example.org:80", "/"),
        ("https://EXAMPLE.org/A?b=C#d", "https://example.org:443", "/A?b=C"),
        ("http://example.org:8000/x", "http://example.org:8000", "/x"),
        ("http://example.org./", "http://example.org.:80", "/"),
        ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81", "/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example:80", "/"),
        ("http://example.org//twice", "http://example.org:80", "//twice"),
        ("http://example.org?q=1", "http://example.org:80", "/?q=1"),
        ("http://１２７.０.０.１/", "http://127.0.0.1:80", "/"),  # noqa: RUF001  # wide digits are the point
        ("http://example.org:0/", "http://example.org:0", "/"),
    ],
)
def test_an_address_is_read_one_way(url: str, origin: str, path: str) -> None:
    target = parse_target(url)

    assert (target.origin, target.path) == (origin, path)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd",
        "gopher://example.org/", "javascript:alert(1)", "http://", "http:///path",
        "http://user@example.org/", "http://user:word@example.org/",
        "http://example.org:word@127.0.0.1/", "http://example.org:99999/",
        "http://example.org:-1/", "http://example.org:x/", "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/", "http://example.org/\r\nHost: x",
        "http://example.org/\tx", "http://exam\x00ple.org/", "http://[::1/",
        "http://[::1%25lo]/", "http://[fe80::1%eth0]/", "http://[::1]x/",
        "http://[word]/", "http://a..b/", "http://.example.org/", f"http://{'a' * 64}/",
        "http://exam!ple.org/", "http://127.0.0.1%2f@example.org/",
        "http://example%2eorg/",
    ],
)  # fmt: skip
def test_anything_two_readers_could_disagree_on_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        parse_target(url)


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("http://example.org:80/", "example.org"),
        ("https://example.org:443/", "example.org"),
        ("https://example.org:80/", "example.org:80"),
        ("http://[::1]:8000/", "[::1]:8000"),
    ],
)
def test_the_host_header_leaves_out_the_usual_port(url: str, authority: str) -> None:
    assert parse_target(url).authority == authority


def test_the_label_hides_what_may_be_a_signature() -> None:
    target = parse_target("https://bucket.example/a.mp3?X-Amz-Signature=secret")

    assert target.label == "https://bucket.example/a.mp3"
    assert target.url.endswith("?X-Amz-Signature=secret")
