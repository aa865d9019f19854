"""What only its owner knows of an address is told to nobody."""

import pytest

from peru_media.model.disclosure import Mask, shown_address, without_secrets


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/feed.xml", "https://example.org/feed.xml"),
        ("https://ann:pa55@example.org/f", "https://example.org/f"),
        ("https://ann@example.org/f", "https://example.org/f"),
        ("https://ann:pa/55@example.org/f", "https://example.org/f"),
        ("https://example.org:8080/@ann/f", "https://example.org:8080/@ann/f"),
        ("https://example.org/f?token=abc#x", "https://example.org/f?…"),
        ("https://example.org/f#token", "https://example.org/f#…"),
        ("https://example.org/private/abc/f.xml?a", "https://example.org/private/…/f.xml?…"),
        ("feed.xml", "feed.xml"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert shown_address(url) == shown


@pytest.mark.parametrize(
    ("told", "masked"),
    [
        ("It came from https://a:hush1234@e.org/f.", "It came from https://e.org/f."),
        ("It leads to https://e.org/f?key=%41bracadabra", "It leads to https://e.org/f?…"),
        ("It is at https://other.example/?x=Abracadabra", "It is at https://other.example/?x=…"),
        ('The address "https://e.org/f?key=%41bra…".', 'The address "https://e.org/f?……".'),
        ("/private/tell-nobody/first.mp3", "/private/…/first.mp3"),
        ('not as "hush1234"', 'not as "…"'),
        ("Nothing secret…", "Nothing secret…"),
    ],
)  # fmt: skip
def test_a_sentence_is_told_without_them(told: str, masked: str) -> None:
    urls = [
        "https://a:hush1234@e.org/f?key=%41bracadabra",
        "https://e.org/private/tell-nobody/feed.xml",
    ]

    assert Mask.of(urls).over(told) == masked


def test_an_address_without_secrets_changes_no_sentence() -> None:
    assert Mask.of(["https://e.org/f", "https://e.org/f?"]).traces == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("key AKIA0123456 and more", "key … and more"),
        ("AKIA0123456789 is longer", "… is longer"),
        ("https://jo:pass@e.org/private/tell-nobody/a", "https://e.org/private/…/a"),
        ("?X-Amz-Credential=a/b&X-Amz-Date=1", "?X-Amz-Credential=…&X-Amz-Date=1"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_a_traceback_is_told_without_what_is_secret(text: str, shown: str) -> None:
    secrets = ("AKIA0123456", "AKIA0123456789", "a", "")

    assert without_secrets(text, secrets) == shown
