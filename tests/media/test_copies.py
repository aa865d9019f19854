import hashlib
import os
import resource
import struct
from pathlib import Path
from typing import Any

import pytest
from mutagen import apev2, mp4
from PIL import Image

from peru_media.errors import MediaError, SettingsError
from peru_media.media.copies import make_copy, make_picture
from peru_media.media.maker import Maker
from peru_media.media.pictures import clean_picture
from peru_media.model.facts import ChapterMark, CopyRecipe, CopyTags, made_from
from tests.media import samples
from tests.media.samples import ID3, packets, sound

APE: Any = apev2
MP4: Any = mp4
ADTS_HEADER = 7
CANARY = "CANARY-Jane-Doe"
BARE = {"id3v2_version": "0"}
TAGS = CopyTags(
    title="The night train",
    album="Personalisation — a show",
    artists=("Ann", "Ben"),
    number=3,
    season=2,
    date="2024-05-06",
    language="en-GB",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    guid="guid-1",
    link="https://example.org/show/night-train",
    chapters=(
        ChapterMark(start=0, title="Welcome"),
        ChapterMark(start=1, end=1.5, title="Ças — “two”", url="https://example.org/2"),
    ),
)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def recipe(path: Path, media_type: str = "audio/mpeg", **more: Any) -> CopyRecipe:
    fields = {"tags": TAGS, "master_sha256": sha256(path)} | more
    return CopyRecipe(master=str(path), media_type=media_type, **fields)


def made_here(asked: CopyRecipe, folder: Path) -> bytes:
    """The same copy, made without a child: it must be the same bytes."""
    out = folder / "here.part"
    fields = asked.model_dump(mode="json", exclude_none=True)
    told = make_copy(
        {"recipe": fields, "out": str(out), "media_type": asked.media_type}
    )
    assert told == {"size": out.stat().st_size}
    return out.read_bytes()


def leaky(path: Path) -> Path:
    """An MP3 with a secret in every place that a tag can have."""
    sound(path, container=BARE)
    text = CANARY.encode()
    second = samples.id3_block(samples.v23_frame(b"TIT2", b"\0" + text))
    body = path.read_bytes()
    ape = APE.APEv2()
    ape["Artist"] = CANARY
    lyrics = b"LYRICSBEGIN" + text
    lyrics2 = lyrics + f"{len(lyrics):06}".encode() + b"LYRICS200"
    id3v1 = b"TAG" + text.ljust(125, b"\0")
    middle = samples.id3_block(samples.v23_frame(b"PRIV", text))
    half = samples.frame_starts(body)[20]
    path.write_bytes(body[:half] + middle + body[half:] + lyrics + b"LYRICSEND")
    ape.save(path)
    appended = samples.id3_block(samples.v23_frame(b"TIT2", b"\0" + text), version=4)
    footer = b"3DI" + appended[3:10]
    path.write_bytes(second + path.read_bytes() + lyrics2 + appended + footer + id3v1)
    return samples.tagged(
        path,
        ID3.TXXX(desc="who", text=CANARY),
        ID3.PRIV(owner=CANARY, data=text),
        ID3.GEOB(mime="x", filename=CANARY, desc="", data=text),
        ID3.COMM(lang="eng", desc="", text=CANARY),
        ID3.APIC(mime="image/jpeg", desc=CANARY, data=text),
    )


def test_a_copy_of_an_mp3_carries_nothing_but_the_allow_list(
    maker: Maker, tmp_path: Path
) -> None:
    master = leaky(tmp_path / "leaky.mp3")
    before = master.read_bytes()
    assert before.count(CANARY.encode()) >= 9

    copy = maker.copy(recipe(master))

    assert copy.read_bytes().count(CANARY.encode()) == 0
    assert copy.read_bytes().count(CANARY.encode("utf-16-le")) == 0
    assert master.read_bytes() == before
    assert {frame.FrameID for frame in ID3.ID3(copy).values()} == {
        "CHAP", "COMM", "CTOC", "TALB", "TCON", "TCOP", "TDRC", "TIT2", "TLAN", "TPE1",
        "TPOS", "TRCK", "TXXX", "WCOP", "WOAF",
    }  # fmt: skip


@pytest.mark.parametrize("container", [{}, samples.NO_HEADER])
def test_the_sound_of_a_copy_is_that_of_the_master(
    container: dict[str, str], maker: Maker, tmp_path: Path
) -> None:
    master = samples.tagged(
        sound(tmp_path / "a.mp3", container=container), ID3.TIT2(text="old")
    )

    copy = maker.copy(recipe(master))

    assert packets(copy) == packets(master)
    assert samples.decoded_seconds(copy) == samples.decoded_seconds(master)


def test_a_copy_from_a_file_with_tags_inside_plays_every_frame(
    maker: Maker, tmp_path: Path
) -> None:
    clean = sound(tmp_path / "clean.mp3", container=BARE)
    master = leaky(tmp_path / "leaky.mp3")

    assert packets(maker.copy(recipe(master))) == packets(clean)


def test_a_copy_says_what_the_recipe_says(maker: Maker, tmp_path: Path) -> None:
    asked = recipe(sound(tmp_path / "a.mp3"))
    copy = maker.copy(asked)

    assert made_here(asked, tmp_path) == copy.read_bytes()
    tag = ID3.ID3(copy)
    assert tag.version == (2, 3, 0)
    told = {key: str(tag[key]) for key in tag if key[0] in "TW"}
    assert told == {
        "TALB": "Personalisation — a show",
        "TCON": "Podcast",
        "TCOP": "2024 CC BY 4.0",
        "TDRC": "2024-05-06",
        "TIT2": "The night train",
        "TLAN": "eng",
        "TPE1": "Ann, Ben",
        "TPOS": "2",
        "TRCK": "3",
        "TXXX:guid": "guid-1",
        "WCOP": "https://creativecommons.org/licenses/by/4.0/",
        "WOAF": "https://example.org/show/night-train",
    }
    assert tag["CTOC:toc"].child_element_ids == ["chp0", "chp1"]
    facts = maker.facts([copy])[copy]
    assert [(mark.start, mark.end, mark.title) for mark in facts.chapters] == [
        (0, 1, "Welcome"),
        (1, 1.5, "Ças — “two”"),
    ]
    assert facts.chapters[1].url == "https://example.org/2"


def test_the_same_recipe_is_made_once_and_gives_the_same_bytes(
    maker: Maker, tmp_path: Path
) -> None:
    asked = recipe(sound(tmp_path / "a.mp3"))
    first = maker.copy(asked)
    written = first.stat().st_mtime_ns

    again = maker.copy(asked)
    with Maker(cache={}, copies=tmp_path / "other", workers=1) as other:
        elsewhere = other.copy(asked)

    assert again == first
    assert again.stat().st_mtime_ns == written
    assert elsewhere.read_bytes() == first.read_bytes()
    assert first.name == elsewhere.name == f"{made_from(asked)}.mp3"
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_what_a_killed_program_left_goes_after_a_day(
    maker: Maker, tmp_path: Path
) -> None:
    first = maker.copy(recipe(sound(tmp_path / "a.mp3")))
    old, young = first.with_name("old.part"), first.with_name("young.part")
    young.touch()
    old.touch()
    before = old.stat().st_mtime - 2 * 86_400
    os.utime(old, (before, before))

    second = maker.copy(recipe(sound(tmp_path / "b.mp3", seconds=3)))

    assert set(first.parent.iterdir()) == {first, second, young}


def test_where_a_master_lies_does_not_count(tmp_path: Path) -> None:
    asked = recipe(sound(tmp_path / "a.mp3"))
    moved = asked.model_copy(update={"master": "elsewhere.mp3", "cover": "c.png"})

    assert made_from(moved) == made_from(asked)
    assert made_from(asked.model_copy(update={"master_sha256": "0"})) != made_from(
        asked
    )


def embedded(maker: Maker, folder: Path, data: bytes) -> Any:
    cover = folder / "cover.bin"
    cover.write_bytes(data)
    asked = recipe(
        sound(folder / "a.mp3"), cover=str(cover), cover_sha256=sha256(cover)
    )
    copy = maker.copy(asked)
    assert made_here(asked, folder) == copy.read_bytes()
    [picture] = ID3.ID3(copy).getall("APIC")
    return picture


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_small_clean_cover_is_embedded_as_it_is(
    form: str, maker: Maker, tmp_path: Path
) -> None:
    data = samples.picture(form)

    picture = embedded(maker, tmp_path, data)

    assert (picture.mime, picture.data) == (f"image/{form.lower()}", data)
    assert picture.type == 3


@pytest.mark.parametrize(
    "data",
    [
        samples.picture(size=(900, 900), comment=CANARY.encode()),
        samples.picture(exif=samples.exif(CANARY)),
        samples.picture("PNG", exif=samples.exif(CANARY)),
        samples.picture() + CANARY.encode(),
    ],
    ids=["comment", "exif", "png-exif", "behind-the-end"],
)
def test_a_cover_that_tells_more_is_made_anew(
    data: bytes, maker: Maker, tmp_path: Path
) -> None:
    picture = embedded(maker, tmp_path, data)

    assert CANARY.encode() in data
    assert CANARY.encode() not in picture.data
    assert picture.mime == "image/jpeg"


def test_a_large_cover_becomes_small(maker: Maker, tmp_path: Path) -> None:
    picture = embedded(maker, tmp_path, samples.noisy_png(1000))

    (tmp_path / "out.jpg").write_bytes(picture.data)
    facts = maker.facts([tmp_path / "out.jpg"])[tmp_path / "out.jpg"]
    assert facts.picture
    assert (facts.picture.width, facts.picture.height) == (600, 600)
    assert len(picture.data) < 1 << 20


def test_a_cover_that_changed_is_refused(maker: Maker, tmp_path: Path) -> None:
    cover = tmp_path / "c.jpg"
    cover.write_bytes(samples.picture())

    with pytest.raises(MediaError, match="It changed while it was being published"):
        maker.copy(
            recipe(sound(tmp_path / "a.mp3"), cover=str(cover), cover_sha256="0")
        )


@pytest.mark.parametrize(
    ("codec", "name", "media_type", "options"),
    [
        ("aac", "a.m4a", "audio/x-m4a", {"form": "ipod"}),
        ("aac", "a.mp4", "video/mp4", {"film": True}),
        ("aac", "a.m4v", "video/x-m4v", {"film": True, "form": "ipod"}),
        ("aac", "a.mov", "video/quicktime", {"film": True}),
        ("libopus", "a.opus", "audio/opus", {"rate": 48000}),
        ("flac", "a.ogg", "audio/ogg", {}),
        ("flac", "a.flac", "audio/flac", {}),
        ("pcm_s16le", "a.wav", "audio/wav", {"container": {"write_bext": "1"}}),
    ],
)
def test_other_sound_and_film_keeps_its_packets_and_loses_its_tags(
    codec: str,
    name: str,
    media_type: str,
    options: dict[str, Any],
    maker: Maker,
    tmp_path: Path,
) -> None:
    tags = {"artist": CANARY, "comment": CANARY, "originator": CANARY}
    master = sound(tmp_path / name, codec, tags=tags, **options)
    asked = recipe(master, media_type)

    copy = maker.copy(asked)

    assert CANARY.encode() not in copy.read_bytes()
    assert copy.suffix == master.suffix
    assert b"".join(packets(copy)) == b"".join(packets(master))
    facts = maker.facts([copy])[copy]
    assert (facts.fault, facts.media_type) == (None, media_type)
    assert facts.duration == pytest.approx(samples.decoded_seconds(master), abs=0.05)
    if media_type != "audio/aac":
        assert facts.tags["title"] == ("The night train",)
    assert made_here(asked, tmp_path) == copy.read_bytes()


def test_raw_aac_is_put_into_an_m4a_with_its_packets_unchanged(
    maker: Maker, tmp_path: Path
) -> None:
    master = sound(tmp_path / "a.aac", "aac", form="adts")

    copy = maker.copy(recipe(master, "audio/aac"))

    assert (copy.suffix, maker.facts([copy])[copy].media_type) == (
        ".m4a",
        "audio/x-m4a",
    )
    assert packets(copy) == [packet[ADTS_HEADER:] for packet in packets(master)]


def test_chapters_go_into_an_m4a(maker: Maker, tmp_path: Path) -> None:
    master = sound(tmp_path / "a.m4a", "aac", form="ipod")
    tags = TAGS.model_copy(
        update={"chapters": (TAGS.chapters[0], ChapterMark(start=1, title="Two"))}
    )

    asked = recipe(master, "audio/x-m4a", tags=tags)
    copy = maker.copy(asked)

    assert made_here(asked, tmp_path) == copy.read_bytes()
    marks = maker.facts([copy])[copy].chapters
    assert [(mark.start, mark.title) for mark in marks] == [(0, "Welcome"), (1, "Two")]
    assert marks[1].end == pytest.approx(2, abs=0.05)


def test_a_film_that_was_held_upright_stays_upright(
    maker: Maker, tmp_path: Path
) -> None:
    as_it_is, turned = (
        struct.pack(">9i", *(one << 16 for one in matrix[:8]), 1 << 30)
        for matrix in ((1, 0, 0, 0, 1, 0, 0, 0), (0, 1, 0, -1, 0, 0, 0, 0))
    )
    path = sound(tmp_path / "a.mov", "aac", film=True)
    data = path.read_bytes()
    at = data.index(as_it_is, data.rindex(b"tkhd", 0, data.index(b"vmhd")))
    path.write_bytes(data[:at] + turned + data[at + len(turned) :])

    copy = maker.copy(recipe(path, "video/quicktime"))

    assert copy.read_bytes().count(turned) == 1


def test_a_phone_recorders_atoms_do_not_survive(maker: Maker, tmp_path: Path) -> None:
    master = sound(tmp_path / "phone.m4a", "aac", form="ipod")
    made = MP4.MP4(master)
    made["\xa9xyz"] = [CANARY]
    made.save()
    copy = maker.copy(recipe(master, "audio/x-m4a"))

    assert CANARY.encode() in master.read_bytes()
    assert CANARY.encode() not in copy.read_bytes()


def test_a_pdf_loses_its_author_scripts_and_attachments(
    maker: Maker, tmp_path: Path
) -> None:
    master = samples.pdf(tmp_path / "a.pdf", canary=CANARY)
    before = samples.pdf_text(master)
    asked = recipe(master, "application/pdf")

    copy = maker.copy(asked)

    after = samples.pdf_text(copy)
    assert before.count(CANARY) >= 10
    assert after.count(CANARY) == 0
    assert "JavaScript" not in after
    facts = maker.facts([copy])[copy]
    assert (facts.pages, facts.title) == (2, "The night train")
    assert (facts.language, facts.tagged, facts.tags) == ("en-GB", True, {})
    assert "(note)" in before
    assert "(note)" not in after
    assert made_here(asked, tmp_path) == copy.read_bytes()


@pytest.mark.parametrize(
    ("content", "media_type", "sentence"),
    [
        (b"just text", "audio/mpeg", "No copy can be made of this kind of file"),
        (samples.id3_block(bytes(9)), "audio/mpeg", "It holds no sound"),
        (b"%PDF-1.4 x", "application/pdf", "The PDF is damaged"),
        (b"fLaC" + bytes(99), "audio/flac", "It is damaged, so its sound"),
        (b"x", "audio/x-strange", "A file of type audio/x-strange cannot be"),
    ],
)
def test_what_cannot_be_copied_says_why_and_leaves_nothing(
    content: bytes, media_type: str, sentence: str, maker: Maker, tmp_path: Path
) -> None:
    master = tmp_path / "master.bin"
    master.write_bytes(content)

    asked = recipe(master, media_type)
    with pytest.raises(MediaError, match=sentence) as caught:
        maker.copy(asked)
    if media_type != "audio/x-strange":
        with pytest.raises(MediaError, match=sentence):
            made_here(asked, tmp_path)

    assert str(caught.value).startswith(str(master))
    assert list((tmp_path / "copies").glob("*")) == []


def test_a_master_that_changed_is_not_copied(maker: Maker, tmp_path: Path) -> None:
    master = sound(tmp_path / "a.mp3")

    asked = recipe(master, master_sha256="0" * 64)
    for make in (maker.copy, lambda changed: made_here(changed, tmp_path)):
        with pytest.raises(MediaError, match="It changed while it was being published"):
            make(asked)


def test_a_missing_master_says_so(maker: Maker, tmp_path: Path) -> None:
    asked = CopyRecipe(
        master=str(tmp_path / "none.mp3"),
        master_sha256="0",
        media_type="audio/mpeg",
        tags=TAGS,
    )

    with pytest.raises(MediaError, match="No such file"):
        maker.copy(asked)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_published_picture_has_no_exif_and_the_same_size(
    form: str, maker: Maker, tmp_path: Path
) -> None:
    path = tmp_path / "cover.bin"
    path.write_bytes(samples.picture(form, exif=samples.exif(CANARY)))

    made = maker.picture(path)

    assert CANARY.encode() not in made.read_bytes()
    picture = maker.facts([made])[made].picture
    assert picture
    assert picture.media_type == f"image/{form.lower()}"
    assert (picture.width, picture.height) == (40, 30)
    assert made.suffix == {"JPEG": ".jpg", "PNG": ".png"}[form]
    assert maker.picture(path) == made
    here = tmp_path / "here.part"
    make_picture({"path": path, "sha256": sha256(path), "out": here})
    assert here.read_bytes() == made.read_bytes()


def test_a_picture_is_turned_as_its_camera_meant_it(
    maker: Maker, tmp_path: Path
) -> None:
    path = tmp_path / "turned.jpg"
    path.write_bytes(samples.picture(exif=samples.exif("x", orientation=6)))

    made = maker.picture(path)

    picture = maker.facts([made])[made].picture
    assert picture
    assert (picture.width, picture.height) == (30, 40)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "L", "P"])
def test_colours_end_in_srgb_whatever_they_came_in(
    mode: str, maker: Maker, tmp_path: Path
) -> None:
    form = "PNG" if mode in {"RGBA", "P"} else "JPEG"
    path = tmp_path / "coloured.bin"
    path.write_bytes(samples.picture(form, mode=mode, icc_profile=samples.profile()))

    made = maker.picture(path)

    picture = maker.facts([made])[made].picture
    assert picture
    assert picture.mode == ("RGB" if mode == "CMYK" else mode)
    with path.open("rb") as file:
        assert clean_picture(file) == made.read_bytes()
    assert b"ICC_PROFILE" not in made.read_bytes()
    assert b"iCCP" not in made.read_bytes()


@pytest.mark.parametrize(
    ("form", "mode", "published"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("PNG", "RGB", "image/jpeg"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/jpeg"),
    ],
)
def test_a_smaller_picture_keeps_its_shape_and_takes_the_form_with_fewer_bytes(
    form: str, mode: str, published: str, maker: Maker, tmp_path: Path
) -> None:
    path = tmp_path / "cover.bin"
    noise = Image.effect_noise((800, 600), 60).convert("RGB").convert(mode)
    noise.save(path, form)

    [made, whole] = maker.pictures([(path, 320), (path, None)])

    facts = maker.facts([made, whole])
    small, large = facts[made].picture, facts[whole].picture
    assert small
    assert large
    assert (small.width, small.height, small.media_type) == (320, 240, published)
    assert (large.width, large.height) == (800, 600)
    assert facts[made].size < facts[whole].size
    with path.open("rb") as file:
        assert clean_picture(file, width=320) == made.read_bytes()


def test_what_is_no_picture_is_not_published_as_one(
    maker: Maker, tmp_path: Path
) -> None:
    path = tmp_path / "cover.jpg"
    path.write_text("no picture")

    with pytest.raises(MediaError, match="It is not a picture: use JPEG or PNG"):
        maker.picture(path)


def test_without_a_place_for_copies_the_reason_is_told(tmp_path: Path) -> None:
    master = sound(tmp_path / "a.mp3")
    (tmp_path / "file").write_text("in the way")

    with (
        Maker(cache={}, copies=tmp_path / "file" / "copies", workers=1) as maker,
        pytest.raises(SettingsError, match="nothing can be written there"),
    ):
        maker.copy(recipe(master))


def test_without_room_for_a_copy_it_is_the_disk_that_is_named(tmp_path: Path) -> None:
    master = sound(tmp_path / "a.mp3")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with (
            Maker(cache={}, copies=tmp_path / "copies", workers=1) as maker,
            pytest.raises(SettingsError, match=r"copies: There is no room left \("),
        ):
            maker.copy(recipe(master))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [*(tmp_path / "copies").iterdir()] == []
