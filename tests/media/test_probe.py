import base64
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from mutagen import apev2, flac, mp4, wave

from peru_media.media.probe import facts_of, identify
from peru_media.model.facts import FileFacts
from tests.media import samples
from tests.media.samples import ID3, NO_HEADER, VARIABLE, decoded_seconds, sound

Make = Callable[[Path], Path]
APE: Any = apev2
FLAC: Any = flac
MP4: Any = mp4
WAVE: Any = wave

SOUNDS: dict[str, tuple[Make, str, str]] = {
    "constant.mp3": (sound, "audio/mpeg", "mp3"),
    "vbr-with-xing.mp3": (
        lambda p: sound(p, seconds=12, bit_rate=None, encoder=VARIABLE),
        "audio/mpeg",
        "mp3",
    ),
    "vbr-without-xing.mp3": (
        lambda p: sound(
            p, seconds=12, bit_rate=None, encoder=VARIABLE, container=NO_HEADER
        ),
        "audio/mpeg",
        "mp3",
    ),
    "low-rate.mp3": (lambda p: sound(p, rate=22050), "audio/mpeg", "mp3"),
    "layer-two.mp3": (lambda p: sound(p, "mp2", form="mp2"), "audio/mpeg", "mp2"),
    "plain.m4a": (lambda p: sound(p, "aac", form="ipod"), "audio/x-m4a", "aac"),
    "fragmented.mp4": (
        lambda p: sound(p, "aac", container={"movflags": "empty_moov+frag_keyframe"}),
        "audio/x-m4a",
        "aac",
    ),
    "film.mp4": (lambda p: sound(p, "aac", film=True), "video/mp4", "aac"),
    "film.m4v": (
        lambda p: sound(p, "aac", film=True, form="ipod"),
        "video/x-m4v",
        "aac",
    ),
    "film.mov": (lambda p: sound(p, "aac", film=True), "video/quicktime", "aac"),
    "raw.aac": (lambda p: sound(p, "aac", form="adts"), "audio/aac", "aac"),
    "speech.opus": (lambda p: sound(p, "libopus", rate=48000), "audio/opus", "opus"),
    "music.ogg": (
        lambda p: sound(p, "vorbis", encoder={"strict": "-2"}, stereo=True),
        "audio/ogg",
        "vorbis",
    ),
    "lossless.ogg": (lambda p: sound(p, "flac", form="ogg"), "audio/ogg", "flac"),
    "lossless.flac": (lambda p: sound(p, "flac"), "audio/flac", "flac"),
    "plain.wav": (lambda p: sound(p, "pcm_s16le"), "audio/wav", "pcm"),
    "long.wav": (
        lambda p: sound(p, "pcm_s24le", container={"rf64": "always"}),
        "audio/wav",
        "pcm",
    ),
    "recorder.aiff": (lambda p: sound(p, "pcm_s16be"), "audio/aiff", "pcm"),
    "phone.amr": (lambda p: phone(p, "amr"), "audio/amr", "amr"),
    "phone.3gp": (lambda p: phone(p, "3gp"), "audio/3gpp", "samr"),
    "small.wav": (lambda p: sound(p, "adpcm_ima_wav"), "audio/wav", "wav-0011"),
}


def phone(path: Path, form: str) -> Path:
    """A voice note as older phones record it."""
    return sound(path, "libopencore_amrnb", rate=8000, bit_rate=12_200, form=form)


def probed(path: Path) -> FileFacts:
    return FileFacts.model_validate(facts_of(path))


@pytest.mark.parametrize("name", SOUNDS)
def test_every_kind_of_sound_is_known_and_as_long_as_when_decoded(
    name: str, tmp_path: Path
) -> None:
    make, media_type, codec = SOUNDS[name]
    path = make(tmp_path / name)

    facts = probed(path)

    assert (facts.fault, facts.questions, facts.promised) == (None, (), None)
    assert (facts.media_type, facts.codec) == (media_type, codec)
    assert facts.kind == media_type.partition("/")[0]
    assert facts.duration == pytest.approx(decoded_seconds(path), abs=0.05)
    assert facts.size == path.stat().st_size
    assert facts.bit_rate
    assert facts.sample_rate in {8000, 22050, 44100, 48000}
    assert facts.channels


def test_the_name_of_a_file_means_nothing(tmp_path: Path) -> None:
    path = sound(tmp_path / "made.mp3").rename(tmp_path / "picture.png")

    assert probed(path).media_type == "audio/mpeg"


def test_identity_is_size_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")

    found = identify(path)

    assert found["size"] == 3
    assert found["sha256"].startswith("ba7816bf8f01cfea414140de5dae2223")


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


@pytest.mark.parametrize(
    ("codec", "name"), [("libmp3lame", "a.mp3"), ("pcm_s16le", "a.wav")]
)
def test_a_file_cut_short_is_as_long_as_what_is_left(
    codec: str, name: str, tmp_path: Path
) -> None:
    path = cut(sound(tmp_path / name, codec, seconds=8), 0.5)

    assert probed(path).duration == pytest.approx(decoded_seconds(path), abs=0.05)


@pytest.mark.parametrize(
    ("codec", "name", "container"),
    [
        ("flac", "cut.flac", {}),
        ("aac", "cut.m4a", {"movflags": "faststart"}),
        ("libmp3lame", "cut.mp3", {}),
        ("pcm_s16le", "cut.wav", {}),
    ],
)
def test_a_header_that_promises_more_than_there_is_tells_so(
    codec: str, name: str, container: dict[str, str], tmp_path: Path
) -> None:
    path = cut(sound(tmp_path / name, codec, seconds=8, container=container), 0.5)

    facts = probed(path)

    assert facts.duration == pytest.approx(4, abs=1)
    assert facts.promised == pytest.approx(8, abs=0.1)
    assert facts.questions == ()


@pytest.mark.parametrize("name", ["constant.mp3", "plain.m4a", "plain.wav"])
def test_a_file_that_lacks_less_than_a_second_is_whole(
    name: str, tmp_path: Path
) -> None:
    path = cut(SOUNDS[name][0](tmp_path / name), 0.9)

    assert probed(path).promised is None


def test_a_wav_that_was_recorded_into_a_pipe_promises_nothing(tmp_path: Path) -> None:
    path = sound(tmp_path / "pipe.wav", "pcm_s16le")
    data = path.read_bytes()
    at = data.index(b"data") + 4
    path.write_bytes(data[:at] + (0x7FFFFFF0).to_bytes(4, "little") + data[at + 4 :])

    facts = probed(path)

    assert (facts.promised, facts.fault) == (None, None)
    assert facts.duration == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize(
    ("rest", "seconds"),
    [
        (bytes(88_200), 1.0),
        (b"\xff\xfe" * 44_100, 1.0),
        (b"LIST\0\0\0\0", None),
        (b"", None),
    ],
    ids=["silence", "noise", "texts", "nothing"],
)
def test_a_recorder_that_lost_power_left_all_that_follows_its_header(
    rest: bytes, seconds: float | None, tmp_path: Path
) -> None:
    path = sound(tmp_path / "a.wav", "pcm_s16le")
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"data")] + b"data" + bytes(4) + rest)

    assert probed(path).duration == seconds


def test_an_edit_list_is_what_plays(tmp_path: Path) -> None:
    path = sound(tmp_path / "edited.m4a", "aac", seconds=4, form="ipod")
    data = path.read_bytes()
    at = data.index(b"elst") + 12
    path.write_bytes(data[:at] + (1000).to_bytes(4) + data[at + 4 :])

    assert probed(path).duration == pytest.approx(1.0, abs=0.001)


def test_an_ogg_cut_out_of_a_stream_is_as_long_as_it_sounds(tmp_path: Path) -> None:
    path = sound(tmp_path / "live.opus", "libopus", rate=48000, seconds=4)
    data = bytearray(path.read_bytes())
    at = data.find(b"OggS")
    while at >= 0:
        position = int.from_bytes(data[at + 6 : at + 14], "little", signed=True)
        if position > 0:
            data[at + 6 : at + 14] = (position + 48000 * 1000).to_bytes(8, "little")
            data[at + 22 : at + 26] = bytes(4)
            page = 27 + data[at + 26] + sum(data[at + 27 : at + 27 + data[at + 26]])
            data[at + 22 : at + 26] = ogg_checksum(bytes(data[at : at + page]))
        at = data.find(b"OggS", at + 1)
    path.write_bytes(data)

    assert probed(path).duration == pytest.approx(4, abs=1.1)


def ogg_checksum(page: bytes) -> bytes:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc.to_bytes(4, "little")


TAGGED = {"title": "Náme — one", "artist": "Ann", "album": "Show", "date": "2024"}


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("libmp3lame", "t.mp3"),
        ("aac", "t.m4a"),
        ("libopus", "t.opus"),
        ("flac", "t.flac"),
        ("pcm_s16le", "t.wav"),
    ],
)
def test_tags_are_read_under_their_common_names(
    codec: str, name: str, tmp_path: Path
) -> None:
    rate = 48000 if codec == "libopus" else 44100
    path = sound(tmp_path / name, codec, rate=rate, tags=TAGGED)

    tags = probed(path).tags

    assert {key: tags[key] for key in TAGGED} == {k: (v,) for k, v in TAGGED.items()}


@pytest.mark.parametrize(
    ("codec", "name"),
    [("aac", "c.m4a"), ("libopus", "c.opus"), ("libmp3lame", "c.mp3")],
)
def test_chapters_are_read_with_start_end_and_title(
    codec: str, name: str, tmp_path: Path
) -> None:
    rate = 48000 if codec == "libopus" else 44100
    path = sound(
        tmp_path / name,
        codec,
        rate=rate,
        chapters=[(0, 1.0, "Welcome"), (1.0, 2.0, "Ças")],
    )

    found = [(mark.start, mark.end, mark.title) for mark in probed(path).chapters]

    assert found == [(0, 1.0, "Welcome"), (1.0, pytest.approx(2, abs=0.03), "Ças")]


def test_id3_gives_comments_addresses_lyrics_and_a_cover(tmp_path: Path) -> None:
    path = samples.tagged(
        sound(tmp_path / "rich.mp3"),
        ID3.COMM(lang="eng", desc="", text="notes"),
        ID3.USLT(lang="eng", desc="", text="la la"),
        ID3.WOAF(url="https://example.org/e"),
        ID3.WXXX(desc="more", url="https://example.org/m"),
        ID3.TXXX(desc="guid", text="g-1"),
        ID3.APIC(mime="image/png", type=4, data=b"no picture"),
        ID3.APIC(mime="image/jpeg", type=3, data=samples.picture(size=(30, 20))),
        ID3.PRIV(owner="x", data=b"secret"),
        ID3.CHAP(
            element_id="c",
            start_time=0,
            end_time=900,
            sub_frames=[ID3.TIT2(text="One"), ID3.WXXX(url="https://example.org/1")],
        ),
    )

    facts = probed(path)

    assert facts.tags == {
        "comment": ("notes",),
        "lyrics": ("la la",),
        "link": ("https://example.org/e",),
        "WXXX:more": ("https://example.org/m",),
        "TXXX:guid": ("g-1",),
    }
    assert facts.cover
    assert (facts.cover.width, facts.cover.height) == (30, 20)
    assert facts.chapters[0].url == "https://example.org/1"


@pytest.mark.parametrize(("version", "flags"), [(3, b"\0\x80"), (4, b"\0\x09")])
@pytest.mark.parametrize("whole", [True, False])
def test_a_compressed_text_is_read_if_it_is_whole(
    version: int, flags: bytes, *, whole: bool, tmp_path: Path
) -> None:
    path = sound(tmp_path / "a.mp3", container={"id3v2_version": "0"})
    packed = zlib.compress(b"\0Title") if whole else b"no zlib"
    frame = samples.v23_frame(b"TIT2", (6).to_bytes(4) + packed, flags=flags)
    tag = samples.id3_block(frame + bytes(20), version=version)
    path.write_bytes(tag + path.read_bytes())

    facts = probed(path)

    assert facts.fault is None
    assert facts.tags.get("title") == (("Title",) if whole else None)


def test_of_a_thousand_tags_at_the_end_the_rest_is_left_alone(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.mp3")
    path.write_bytes(path.read_bytes() + (b"TAG" + bytes(125)) * 1_001)

    facts = probed(path)

    assert facts.fault is None
    assert facts.duration == pytest.approx(2, abs=0.05)


def test_an_embedded_cover_that_is_no_picture_is_no_cover(tmp_path: Path) -> None:
    path = samples.tagged(
        sound(tmp_path / "a.mp3"), ID3.APIC(mime="image/png", data=b"no picture")
    )

    assert probed(path).cover is None


@pytest.mark.parametrize("version", [3, 4])
def test_damaged_tags_are_questioned_but_stop_nothing(
    version: int, tmp_path: Path
) -> None:
    path = sound(tmp_path / "a.mp3", container=NO_HEADER | {"id3v2_version": "0"})
    tag = b"ID3" + bytes([version, 0, 0x0F]) + samples.synchsafe(20) + bytes(20)
    path.write_bytes(tag + path.read_bytes())

    facts = probed(path)

    assert facts.duration
    assert facts.questions == ("Its tags are damaged, so they were not read.",)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nhi", "text/vtt"),
        ("\ufeffWEBVTT\n", "text/vtt"),
        ("1\n00:00:00,000 --> 00:00:01,000\nhi", "application/x-subrip"),
        (' {"version": 1}', "application/json"),
        ("<!DOCTYPE html><p>x", "text/html"),
        ("Just wörds", "text/plain"),
        ("ID3 is the name of a tag", "text/plain"),
    ],
)
def test_texts_are_told_apart(content: str, media_type: str, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_text(content, encoding="utf-8")

    facts = probed(path)

    assert (facts.kind, facts.media_type, facts.fault) == ("text", media_type, None)


def test_a_long_text_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes("é\n".encode() * 700_000 + b"\xff")

    fault = probed(path).fault

    assert fault == "It is not UTF-8 text (see line 700001): save it as UTF-8."


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_pictures_are_measured(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(samples.picture(form))

    facts = probed(path)

    assert facts.kind == "picture"
    assert facts.picture
    assert facts.picture.media_type == facts.media_type == f"image/{form.lower()}"
    assert (facts.picture.width, facts.picture.height) == (40, 30)
    assert (facts.picture.mode, facts.picture.alpha) == ("RGB", False)


def test_transparency_and_colours_for_print_are_told(tmp_path: Path) -> None:
    clear, printed = tmp_path / "clear.png", tmp_path / "print.jpg"
    clear.write_bytes(samples.picture("PNG", mode="RGBA"))
    printed.write_bytes(samples.picture(mode="CMYK"))

    first, second = probed(clear).picture, probed(printed).picture

    assert first
    assert second
    assert (first.mode, first.alpha) == ("RGBA", True)
    assert second.mode == "CMYK"


def test_a_pdf_tells_pages_title_language_and_tagging(tmp_path: Path) -> None:
    facts = probed(samples.pdf(tmp_path / "a.pdf"))

    assert (facts.kind, facts.media_type) == ("pdf", "application/pdf")
    assert (facts.pages, facts.title) == (2, "A rapid review")
    assert (facts.language, facts.tagged) == ("en-GB", True)


FAULTS: dict[str, tuple[bytes, str]] = {
    "empty.mp3": (b"", "The file is empty: export it again."),
    "unknown.bin": (bytes(99), "It is no kind of file that can be published"),
    "sound.aif": (b"FORM" + bytes(99), "It is an old Amiga file, which cannot"),
    "memo.caf": (b"caff\0\1" + bytes(99), "It is a Core Audio file, which cannot"),
    "field.w64": (
        bytes.fromhex("726966662e91cf11a5d628db04c10000") + bytes(99),
        "It is a Wave64 file, which cannot",
    ),
    "office.docx": (b"PK\x03\x04" + bytes(99), "It is a ZIP file"),
    "speex.ogg": (b"OggS" + bytes(99), "It is an Ogg file of a rare kind"),
    "web.webp": (b"RIFF\0\0\0\0WEBPxx", "It is a WebP picture: save it as JPEG"),
    "phone.heic": (samples.box(b"ftyp", b"heic\0\0\0\0"), "It is a HEIC picture"),
    "moving.gif": (b"GIF89a" + bytes(9), "It is a GIF picture: save it as JPEG"),
    "latin1.txt": (b"one\ntw\xe9\n", "It is not UTF-8 text (see line 2)"),
    "wide.txt": ("ab\n".encode("utf-16"), "It is no kind of file"),
    "cut.jpg": (samples.picture()[:-300], "The picture is damaged or cut short"),
    "head-only.png": (b"\x89PNG\r\n\x1a\n" + bytes(9), "It is neither a JPEG"),
    "broken.pdf": (b"%PDF-1.7 nonsense", "The PDF is damaged: export it again."),
    "web-page.pdf": (b"%PDF-html", "The PDF is damaged: export it again."),
    "tag-alone.mp3": (samples.id3_block(bytes(40)), "No sound was found in it"),
    "lone-header.mp3": (b"ID3\x03\0\0\0\0\0\x01x\xff\xfb\x90\x64" * 2, "sound"),
    "no-index.mp4": (samples.box(b"ftyp", b"M4A \0\0"), "Its index is missing"),
    "no-tracks.m4a": (
        samples.box(b"ftyp", b"M4A \0\0") + samples.box(b"moov", samples.box(b"mvhd")),
        "damaged inside: export it again.",
    ),
    "wave.wav": (b"RIFF\x04\0\0\0WAVE", "It holds no sound that can be played"),
    "huge-tag.mp3": (
        b"ID3\x03\0\0" + samples.synchsafe(20_000_000) + bytes(99),
        "Its tag block is 20 MB, and over 16 MB is refused",
    ),
    "huge-texts.wav": (
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0"
        b"\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0"
        b"data\x02\0\0\0xxLIST" + (17 << 20).to_bytes(4, "little") + bytes(17 << 20),
        "Its texts are over 16 MB",
    ),
    "huge-blocks.flac": (
        b"fLaC\x01\xff\xff\xff" + bytes(0xFFFFFF) + b"\x01\xff\xff\xff" + bytes(99),
        "Its tag block is over 16 MB",
    ),
    "huge-udta.m4a": (
        samples.box(b"ftyp", b"M4A \0\0")
        + samples.box(b"moov", samples.box(b"udta", bytes(17 << 20))),
        "Its tag block is over 16 MB",
    ),
    "huge-index.m4a": (
        samples.box(b"ftyp", b"M4A \0\0") + samples.box(b"moov", bytes(65 << 20)),
        "Its index is over 64 MB",
    ),
    "huge-comment.ogg": (
        (b"OggS\0\0" + bytes(20) + b"\xff" + b"\xff" * 255 + bytes(255 * 255)) * 260,
        "It is an Ogg file of a rare kind",
    ),
    "crowded.mp3": (samples.crowded(5_002), "Its tags have over 5,000 entries"),
    "bomb.png": (samples.png_bomb(8000), "The picture has over 50 million pixels"),
    "nested-chapters.mp3": (
        samples.nested_chapters(1500),
        "damaged inside: export it again",
    ),
    "nested-boxes.mp4": (samples.nested_boxes(3000), "damaged inside"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_published_gets_one_sentence(name: str, tmp_path: Path) -> None:
    content, sentence = FAULTS[name]
    path = tmp_path / name
    path.write_bytes(content + sounding(name, tmp_path))

    facts = probed(path)

    assert facts.fault
    assert sentence in facts.fault
    assert "\n" not in facts.fault
    assert facts.size == path.stat().st_size
    assert len(facts.sha256) == 64


def sounding(name: str, folder: Path) -> bytes:
    """Hostile tags stand before real sound, so that nothing else is wrong."""
    if name not in {"crowded.mp3", "nested-chapters.mp3"}:
        return b""
    return sound(folder / "sound.mp3", container={"id3v2_version": "0"}).read_bytes()


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))

    assert probed(path).fault == (
        "The PDF is locked with a password: save it without one."
    )


def test_vorbis_comments_hold_chapters_and_a_cover(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.flac", "flac")
    cover = FLAC.Picture()
    cover.data, cover.type = samples.picture("PNG"), 3
    made = FLAC.FLAC(path)
    made["CHAPTER001"] = "00:00:00.500"
    made["CHAPTER001NAME"] = "One"
    made["CHAPTER001URL"] = "https://example.org/1"
    made["CHAPTER002"] = "no time"
    made["metadata_block_picture"] = [
        "%%%",
        base64.b64encode(cover.write()).decode(),
    ]
    made["tracknumber"] = "3"
    made.save()

    facts = probed(path)

    assert [(mark.start, mark.end, mark.title) for mark in facts.chapters] == [
        (0.5, 2.0, "One")
    ]
    assert facts.chapters[0].url == "https://example.org/1"
    assert facts.cover
    assert facts.tags["track"] == ("3",)


def test_mp4_tags_of_every_shape_are_read(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.m4a", "aac", form="ipod")
    made = MP4.MP4(path)
    made["trkn"] = [(3, 9)]
    made["disk"] = [(1, 0)]
    made["cpil"] = True
    made["----:com.apple.iTunes:guid"] = [b"g-1"]
    made["covr"] = [MP4.MP4Cover(samples.picture("PNG"))]
    made.save()

    facts = probed(path)

    assert facts.tags["track"] == ("3/9",)
    assert facts.tags["disc"] == ("1",)
    assert facts.tags["----:com.apple.iTunes:guid"] == ("g-1",)
    assert facts.cover
    assert facts.cover.media_type == "image/png"


def test_mp4_tags_whose_names_are_kept_apart_are_read_by_name(tmp_path: Path) -> None:
    tags = {"title": "A memo", "com.apple.quicktime.location.ISO6709": "+52-001/"}
    path = sound(
        tmp_path / "a.m4a",
        "aac",
        form="ipod",
        container={"movflags": "use_metadata_tags"},
        tags=tags,
    )

    facts = probed(path)

    assert {name: facts.tags[name] for name in tags} == {
        name: (words,) for name, words in tags.items()
    }
    assert all(name.isprintable() and name for name in facts.tags)


def test_mp3_in_an_mp4_is_told(tmp_path: Path) -> None:
    assert probed(sound(tmp_path / "a.mp4")).codec == "mp3"


def test_ape_tags_of_an_mp3_are_read_where_id3_is_silent(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.mp3", container={"id3v2_version": "0"})
    tag = APE.APEv2()
    tag["Artist"] = ["Ann", "Ben"]
    tag["Cover"] = APE.APEValue(b"\0", APE.BINARY)
    tag.save(path)

    assert probed(path).tags == {"artist": ("Ann", "Ben")}


def test_wav_texts_of_every_kind_are_read(tmp_path: Path) -> None:
    path = sound(
        tmp_path / "a.wav",
        "pcm_s16le",
        tags={"title": "T", "description": "field", "originator": "Jane"},
        container={"write_bext": "1"},
    )
    made = WAVE.WAVE(path)
    made.add_tags()
    made["TPE1"] = ID3.TPE1(text="Ann")
    made.save()

    tags = probed(path).tags

    assert tags["title"] == ("T",)
    assert tags["bext:description"] == ("field",)
    assert tags["bext:originator"] == ("Jane",)
    assert tags["artist"] == ("Ann",)


def test_texts_without_end_are_cut(tmp_path: Path) -> None:
    frames = [ID3.TXXX(desc=f"n{at}", text="x" * 30_000) for at in range(60)]
    path = samples.tagged(sound(tmp_path / "a.mp3"), *frames)

    tags = probed(path).tags

    assert 20 <= len(tags) <= 30
    assert max(len(value) for values in tags.values() for value in values) == 20_000


def test_a_huge_ogg_comment_is_refused_unread(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.opus", "libopus", rate=48000)
    data = path.read_bytes()
    page = b"OggS\0\0" + bytes(20) + b"\xff" + b"\xff" * 255 + bytes(255 * 255)
    path.write_bytes(data[: data.index(b"OggS", 4)] + page * 260)

    assert "Its tag block is over 16 MB" in (probed(path).fault or "")


def test_raw_aac_without_a_whole_frame_has_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.aac"
    path.write_bytes(b"\xff\xf1\x50\x80\x40\x00\x1c" + bytes(505) + b"\xff")

    assert probed(path).fault
