from pathlib import Path

import pytest

from peru_media.media.probe import facts_of
from peru_media.model.facts import FileFacts
from tests.media import samples
from tests.media.samples import decoded_seconds, sound

RATE_44100 = b"\x40\x0e\xac\x44" + bytes(6)


def chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4) + body + bytes(len(body) % 2)


def common(frames: int, *, rate: bytes = RATE_44100) -> bytes:
    fields = b"\0\1" + frames.to_bytes(4) + b"\0\x10" + rate
    return chunk(b"COMM", fields)


def aiff(path: Path, *chunks: bytes, frames: int = 4410) -> Path:
    silence = chunk(b"SSND", bytes(8 + frames * 2))
    body = b"AIFF" + b"".join(chunks) + silence
    path.write_bytes(b"FORM" + len(body).to_bytes(4) + body)
    return path


def probed(path: Path) -> FileFacts:
    return FileFacts.model_validate(facts_of(path))


def test_texts_are_read_under_their_common_names(tmp_path: Path) -> None:
    texts = [
        chunk(b"NAME", "Náme".encode()),
        chunk(b"AUTH", b"Ann"),
        chunk(b"(c) ", b"PERU"),
        chunk(b"ANNO", b"a note"),
    ]

    facts = probed(aiff(tmp_path / "a.aiff", *texts, common(4410)))

    assert (facts.fault, facts.duration, facts.sample_rate) == (None, 0.1, 44100)
    assert facts.tags == {
        "title": ("Náme",),
        "artist": ("Ann",),
        "copyright": ("PERU",),
        "comment": ("a note",),
    }


def test_an_id3_tag_counts_more_than_texts(tmp_path: Path) -> None:
    tag = samples.id3_block(samples.v23_frame(b"TIT2", b"\0New"))
    old = chunk(b"NAME", b"Old")

    facts = probed(aiff(tmp_path / "a.aif", old, chunk(b"ID3 ", tag), common(4410)))

    assert facts.tags == {"title": ("New",)}


def test_a_recording_that_breaks_off_says_so(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.aiff", "pcm_s16be", seconds=8)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    facts = probed(path)

    assert facts.duration == pytest.approx(decoded_seconds(path), abs=0.05)
    assert facts.promised == pytest.approx(8, abs=0.01)


@pytest.mark.parametrize(
    ("chunks", "sentence"),
    [
        ((), "It holds no sound that can be played"),
        ((chunk(b"COMM", bytes(7)),), "It holds no sound that can be played"),
        ((common(9, rate=bytes(10)),), "It is damaged, so its sound cannot be"),
        ((common(9, rate=b"\x7f\xff" * 5),), "It looks like an AIFF file, but it"),
        ((chunk(b"NAME", bytes(17 << 20)), common(9)), "Its texts are over 16 MB"),
    ],
)
def test_what_makes_no_sense_gets_one_sentence(
    chunks: tuple[bytes, ...], sentence: str, tmp_path: Path
) -> None:
    assert sentence in (probed(aiff(tmp_path / "a.aiff", *chunks)).fault or "")


def test_no_sound_at_all_gets_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.aiff"
    path.write_bytes(b"FORM\0\0\0\x1eAIFC" + common(4410))

    assert "It holds no sound that can be played" in (probed(path).fault or "")


def test_more_chunks_than_anybody_writes_are_not_followed(tmp_path: Path) -> None:
    empty = [chunk(b"JUNK", b"") for _ in range(1001)]

    facts = probed(aiff(tmp_path / "a.aiff", *empty, common(4410)))

    assert "It holds no sound that can be played" in (facts.fault or "")
