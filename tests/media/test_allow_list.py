"""A published copy says what the episode says, and exactly that."""

import json
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen import mp4

from peru_media.media.atoms import write_atoms
from peru_media.media.maker import Maker
from peru_media.media.tags import id3_tag
from peru_media.model.facts import CopyRecipe, CopyTags
from tests.media import samples
from tests.media.samples import ID3, sound
from tests.media.test_copies import TAGS, recipe, sha256

MP4: Any = mp4
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LINK = "https://example.org/show/night-train"
LINE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=40,
).filter(str.strip)
ADDRESS = st.from_regex(r"https://[a-z]{1,9}\.org/[a-z0-9/]{0,20}", fullmatch=True)
COUNT = st.integers(1, 9999)
COPY_TAGS = st.builds(
    CopyTags,
    title=LINE,
    album=LINE,
    artists=st.lists(LINE, max_size=3).map(tuple),
    number=st.none() | COUNT,
    season=st.none() | COUNT,
    date=st.none() | st.dates().map(str),
    language=st.sampled_from([None, "en-GB", "fr", "pt-BR"]),
    licence=st.none() | LINE,
    licence_url=st.none() | ADDRESS,
    guid=st.none() | LINE,
    link=st.none() | ADDRESS,
)
LETTERS = {"en-GB": "eng", "fr": "fra", "pt-BR": "por"}
PROBED_MP3 = {
    "title": "The night train",
    "artist": "Ann, Ben",
    "album": "Personalisation — a show",
    "genre": "Podcast",
    "date": "2024-05-06",
    "track": "3",
    "disc": "2",
    "language": "eng",
    "copyright": "2024 CC BY 4.0",
    "guid": "guid-1",
    "comment": LINK,
}
PROBED_M4A = {
    "title": "The night train",
    "artist": "Ann, Ben",
    "album": "Personalisation — a show",
    "genre": "Podcast",
    "date": "2024-05-06",
    "track": "3",
    "disc": "2",
    "copyright": "CC BY 4.0",
    "guid": "guid-1",
    "comment": LINK,
    "LICENSE": LICENCE,
}
CONTAINER = {"major_brand", "minor_version", "compatible_brands"}


def _probed(path: Path) -> dict[str, Any]:
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format"]
    command += ["-show_streams", "-show_chapters", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _covered(path: Path, master: Path, media_type: str) -> CopyRecipe:
    path.write_bytes(samples.picture())
    asked: CopyRecipe = recipe(
        master, media_type, cover=str(path), cover_sha256=sha256(path)
    )
    return asked


@pytest.mark.parametrize(
    ("name", "media_type", "form", "told"),
    [
        ("a.mp3", "audio/mpeg", None, PROBED_MP3),
        ("a.m4a", "audio/x-m4a", "ipod", PROBED_M4A),
    ],
)
def test_ffprobe_reads_the_allow_list_and_nothing_else(
    name: str,
    media_type: str,
    form: str | None,
    told: dict[str, str],
    maker: Maker,
    tmp_path: Path,
) -> None:
    codec = "aac" if form else "libmp3lame"
    said = {"comment": "private", "composer": "private", "encoded_by": "private"}
    master = sound(tmp_path / name, codec, form=form, tags=said)

    probed = _probed(maker.copy(_covered(tmp_path / "c.jpg", master, media_type)))

    tags = probed["format"]["tags"]
    assert {k: v for k, v in tags.items() if k not in CONTAINER} == told
    kinds = [
        (one["codec_type"], one["disposition"]["attached_pic"])
        for one in probed["streams"]
        if one["codec_type"] != "data"
    ]
    assert kinds == [("audio", 0), ("video", 1)]
    titles = [one["tags"]["title"] for one in probed["chapters"]]
    assert titles == ["Welcome", "Ças — “two”"]


def test_mutagen_reads_the_frames_of_the_list_and_no_other() -> None:
    fields = TAGS.model_dump(mode="json")
    fields["chapters"][0]["end"] = 1.0
    tag = ID3.ID3(
        BytesIO(id3_tag(fields, cover=("image/png", samples.picture("PNG")))),
        translate=False,
    )

    assert {name.partition(":")[0] for name in tag} == {
        "APIC", "CHAP", "COMM", "CTOC", "TALB", "TCON", "TCOP", "TDAT", "TIT2", "TLAN",
        "TPE1", "TPOS", "TRCK", "TXXX", "TYER", "WCOP", "WOAF",
    }  # fmt: skip
    assert [name for name in tag if name.startswith("TXXX")] == ["TXXX:guid"]


def test_the_sound_of_an_m4a_tells_its_language(maker: Maker, tmp_path: Path) -> None:
    master = sound(tmp_path / "a.m4a", "aac", form="ipod")

    streams = _probed(maker.copy(recipe(master, "audio/x-m4a")))["streams"]

    assert streams[0]["tags"]["language"] == "eng"


@settings(max_examples=200, deadline=None)
@given(tags=COPY_TAGS)
def test_an_mp3_says_what_the_episode_says_and_only_that(tags: CopyTags) -> None:
    read = ID3.ID3(BytesIO(id3_tag(tags.model_dump(mode="json"))), translate=False)

    assert {name: _said(frame) for name, frame in read.items()} == _frames(tags)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tags=COPY_TAGS)
def test_an_m4a_says_what_the_episode_says_and_only_that(
    tags: CopyTags, bare: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "copy.m4a"
    path.write_bytes(bare)

    write_atoms(path, tags.model_dump(mode="json"))

    assert dict(MP4.MP4(path).tags) == _items(tags)


def test_a_number_that_no_item_has_room_for_is_left_out(
    bare: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "copy.m4a"
    path.write_bytes(bare)

    write_atoms(path, {"title": "T", "album": "A", "number": 70_000})

    assert set(MP4.MP4(path).tags) == {"\xa9nam", "\xa9alb"}


@pytest.fixture
def bare(tmp_path: Path) -> bytes:
    """An M4A that says nothing."""
    options = {"fflags": "+bitexact", "movflags": "+faststart"}
    path = sound(
        tmp_path / "bare.m4a", "aac", form="ipod", seconds=0.1, container=options
    )
    return path.read_bytes()


def _said(frame: Any) -> str:
    return str(getattr(frame, "url", None) or frame.text[0])


def _frames(tags: CopyTags) -> dict[str, str]:
    """The frames that an episode's copy has to have, written down a second time."""
    date, licence = tags.date, tags.licence
    language = LETTERS.get(tags.language or "")
    wanted = {
        "TIT2": tags.title,
        "TALB": tags.album,
        "TCON": "Podcast",
        "TPE1": ", ".join(tags.artists),
        "TRCK": tags.number,
        "TPOS": tags.season,
        "TYER": date and date[:4],
        "TDAT": date and date[8:10] + date[5:7],
        "TLAN": language,
        "TCOP": f"{date[:4]} {licence}" if date and licence else licence,
        "TXXX:guid": tags.guid,
        "WCOP": tags.licence_url,
        "WOAF": tags.link,
        f"COMM::{language or 'eng'}": tags.link,
    }
    return {name: str(said) for name, said in wanted.items() if said}


def _items(tags: CopyTags) -> dict[str, Any]:
    """The items of the same."""
    url = tags.licence_url
    wanted = {
        "\xa9nam": [tags.title],
        "\xa9alb": [tags.album],
        "\xa9gen": ["Podcast"],
        "\xa9ART": [", ".join(tags.artists)] if tags.artists else None,
        "\xa9day": [tags.date] if tags.date else None,
        "trkn": [(tags.number, 0)] if tags.number else None,
        "disk": [(tags.season, 0)] if tags.season else None,
        "cprt": [tags.licence] if tags.licence else None,
        "\xa9cmt": [tags.link] if tags.link else None,
        "----:com.apple.iTunes:guid": [tags.guid.encode()] if tags.guid else None,
        "----:com.apple.iTunes:LICENSE": [url.encode()] if url else None,
    }
    return {name: said for name, said in wanted.items() if said}
