"""Recordings as recorders, phones and editors hand them over, with all they tell."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tests.media.chaptered import cued, without_box
from tests.media.samples import box, sound

__all__ = ["CHAPTERS", "MASTERS", "PLACE", "SECONDS"]

SECONDS = 6.0
PLACE = "+51.4545-002.5879"
CHAPTERS: Sequence[tuple[int, str]] = (
    (0, "Welcome"),
    (1234, "Überblick 漢字 🎙"),
    (4007, "What we found"),
)
"""Milliseconds and titles; as every form can hold them."""

# Pink noise in syllables and phrases, as uneven as speech.
_VOICE = (
    f"anoisesrc=c=pink:a=0.9:seed=5:r=48000:d={SECONDS},"
    "tremolo=f=4:d=0.9,tremolo=f=0.3:d=0.5,volume={gain}dB"
)


def _ffmpeg(path: Path, *options: str, gain: float = -12) -> Path:
    source = ("-f", "lavfi", "-i", _VOICE.format(gain=gain))
    command = ("ffmpeg", "-nostdin", "-v", "error", *source, *options, str(path))
    subprocess.run(command, check=True)
    return path


def _told(**texts: str) -> tuple[str, ...]:
    """What a master says of itself, as options."""
    return tuple(
        word for name, text in texts.items() for word in ("-metadata", f"{name}={text}")
    )


def _chaptered(folder: Path) -> tuple[str, ...]:
    """Chapters for whatever form is written, as options."""
    path = folder / "chapters.ffmeta"
    ends = [*(start for start, _ in CHAPTERS[1:]), round(SECONDS * 1000)]
    marks = "".join(
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={end}\ntitle={title}\n"
        for (start, title), end in zip(CHAPTERS, ends, strict=True)
    )
    path.write_text(f";FFMETADATA1\n{marks}", "utf-8")
    return "-i", str(path), "-map", "0:a", "-map_chapters", "1"


def _recorder(folder: Path) -> Path:
    """A stereo WAV at 48 kHz with ``bext`` of who recorded when, and cues."""
    who = _told(originator=PLACE, description=PLACE, origination_date="2026-02-28")
    options = ("-ac", "2", "-c:a", "pcm_s24le", "-write_bext", "1", *who)
    path = _ffmpeg(folder / "ZOOM0001.WAV", *options, gain=-10)
    return cued(path, CHAPTERS, rate=48_000)


def _phone(folder: Path) -> Path:
    """A voice memo: AAC, a QuickTime track of chapters, and where it was made."""
    options = (*_chaptered(folder), "-ac", "1", "-c:a", "aac", "-b:a", "64k")
    named = _told(title="New Recording 12")
    whole = _ffmpeg(folder / "memo.m4a", *options, *named, gain=0)
    return _placed(without_box(whole, b"chpl"))


def _placed(path: Path) -> Path:
    """The same file with the place in both boxes where phones put it."""
    data = path.read_bytes()
    handler = box(b"hdlr", bytes(8) + b"mdta" + bytes(13))
    key = box(b"mdta", b"com.apple.quicktime.location.ISO6709")
    keys = box(b"keys", bytes(7) + b"\1" + key)
    value = box(b"data", b"\0\0\0\1" + bytes(4) + PLACE.encode())
    meta = box(b"meta", handler + keys + box(b"ilst", box(b"\0\0\0\1", value)))
    text = len(PLACE).to_bytes(2) + b"\x15\xc7" + PLACE.encode()
    more = box(b"udta", box(b"\xa9xyz", text)) + meta
    at = data.rindex(b"moov") - 4
    size = int.from_bytes(data[at : at + 4])
    assert at + size == len(data), "what holds the boxes has to be the last"
    path.write_bytes(data[:at] + (size + len(more)).to_bytes(4) + data[at + 4 :] + more)
    return path


def _opus(folder: Path) -> Path:
    marks = {}
    for number, (start, title) in enumerate(CHAPTERS):
        marks[f"CHAPTER{number:03}"] = f"00:00:{start / 1000:06.3f}"
        marks[f"CHAPTER{number:03}NAME"] = title
    told = _told(title="An interview", location=PLACE, **marks)
    return _ffmpeg(folder / "interview.opus", "-ac", "1", "-b:a", "32k", *told)


def _old_phone(folder: Path) -> Path:
    """AMR at 8 kHz in 3GP; Debian's ffmpeg reads that only, so PyAV writes it."""
    amr = {"rate": 8000, "bit_rate": 12_200, "form": "3gp"}
    tags = {"title": "Voice 003", "location": f"{PLACE}/"}
    path = folder / "voice003.3gp"
    return sound(path, "libopencore_amrnb", seconds=SECONDS, tags=tags, **amr)  # type: ignore[arg-type]  # each by its name


def _finished(folder: Path) -> Path:
    """An MP3 out of an editor, with chapters in its ID3 tag, too loud."""
    options = (*_chaptered(folder), "-ac", "2", "-b:a", "128k", "-id3v2_version", "3")
    told = _told(title="Export", artist=PLACE, encoded_by=PLACE, comment=PLACE)
    return _ffmpeg(folder / "export.mp3", *options, *told, gain=0)


def _film(folder: Path) -> Path:
    film = ("-f", "lavfi", "-i", f"testsrc2=s=160x120:r=12:d={SECONDS}")
    codecs = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-ac", "2", "-b:a", "96k")
    told = _told(title="Clip", location=f"{PLACE}/")
    return _ffmpeg(folder / "film.mp4", *film, *codecs, "-shortest", *told)


MASTERS: Mapping[str, Callable[[Path], Path]] = MappingProxyType(
    {
        "WAV of a recorder": _recorder,
        "M4A of a phone": _phone,
        "Opus": _opus,
        "3GP of a phone": _old_phone,
        "MP3 of an editor": _finished,
        "MP4 film": _film,
    }
)
