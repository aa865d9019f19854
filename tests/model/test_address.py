"""Addresses and keys have one form each, and nothing unwanted gets into them."""

import pytest

from peru_media.model import address
from peru_media.model.address import (
    CONTENT_TYPES,
    RESERVED,
    asset_key,
    asset_path,
    episode_id,
    episode_path,
    extension,
    is_slug,
    is_text,
    media_key,
    media_path,
    podcast_guid,
    show_path,
    text_key,
)

SHA = "0123456789abcdef" * 4
ID = "f" * 20


@pytest.mark.parametrize("slug", ["a", "7", "finding-my-feet", "a" * 80, "a-", "feeds"])
def test_a_slug_can_stand_in_an_address(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "-a",
        "A",
        "a b",
        "a_b",
        "a/b",
        "a.b",
        "é",
        "a" * 81,
        "a\n",
        "\u0661",
        *sorted(RESERVED),
    ],
)
def test_anything_else_cannot(slug: str) -> None:
    assert not is_slug(slug)


def test_reserved_words_would_otherwise_be_slugs() -> None:
    assert all(word.isalpha() and word.islower() for word in RESERVED)


@pytest.mark.parametrize(
    ("media_type", "ending"),
    [
        ("audio/mpeg", "mp3"),
        ("audio/x-m4a", "m4a"),
        ("video/mp4", "mp4"),
        ("video/x-m4v", "m4v"),
        ("video/quicktime", "mov"),
        ("application/pdf", "pdf"),
        ("image/jpeg", "jpg"),
        ("text/javascript", "js"),
    ],
)
def test_apps_find_the_extension_that_they_look_for(
    media_type: str, ending: str
) -> None:
    assert extension(media_type) == ending


def test_an_unknown_type_has_no_extension() -> None:
    with pytest.raises(KeyError):
        extension("audio/mp3")


@pytest.mark.parametrize("media_type", [*CONTENT_TYPES.values(), "text/css"])
def test_text_is_stored_compressed(media_type: str) -> None:
    assert is_text(media_type)


@pytest.mark.parametrize("media_type", ["audio/mpeg", "application/pdf", "image/png"])
def test_media_are_not(media_type: str) -> None:
    assert not is_text(media_type)


def test_an_episode_keeps_its_id_while_its_guids_stay() -> None:
    assert episode_id("show", "guid") == "ddaed1d3bb62e325dc93"
    assert episode_id("show", "guid") != episode_id("sho", "wguid")


def test_keys_and_paths_have_the_form_of_the_store() -> None:
    short = SHA[:20]
    assert media_key(ID, SHA, "a.mp3", public=True) == f"public/{ID}/{short}/a.mp3"
    assert media_key(ID, SHA, "a.mp3", public=False) == f"held/{ID}/{short}/a.mp3"
    assert media_path(ID, SHA, "a.mp3") == f"/media/{ID}/{short}/a.mp3"
    assert text_key(ID, SHA) == f"state/episodes/{ID}/{short}"
    assert asset_key(SHA, "text/css; charset=utf-8") == f"assets/{short}.css"
    assert asset_path(SHA, "image/png") == f"/assets/{short}.png"
    assert show_path("s") == "/s"
    assert episode_path("s", "e") == "/s/e"


def test_the_names_of_the_module_are_sorted() -> None:
    assert address.__all__ == sorted(address.__all__)


@pytest.mark.parametrize(
    "url",
    [
        "https://podnews.net/rss",
        "http://podnews.net/rss/",
        "feed://podnews.net/rss//",
        " podnews.net/rss ",
    ],
)
def test_a_feeds_guid_is_the_one_that_directories_work_out(url: str) -> None:
    assert podcast_guid(url) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
