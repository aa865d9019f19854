"""Write the one tag that a published MP3 carries: ID3v2.3, from the allow-list.

Version 2.3 (id3.org, id3v2.3.0) because more players read it than 2.4. Equal
values give equal bytes.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from mutagen import id3
from mutagen.id3 import BitPaddedInt

from peru_media.media.common import Facts
from peru_media.media.languages import three_letters

__all__ = ["id3_tag"]

_ID3: Any = id3  # mutagen's own types are half done
_LATIN1, _UTF16 = 0, 1
_FRONT_COVER = 3
_HEADER = 10
_PADDING = 1024
_MOST_LISTED = 255
_TOP_LEVEL_AND_ORDERED = 3
_NO_OFFSET = 0xFFFFFFFF


def id3_tag(tags: Facts, *, cover: tuple[str, bytes] | None = None) -> bytes:
    """Make the tag of a published copy.

    Args:
        tags: fields of ``CopyTags``; each chapter with its end, and ``picture``,
            media type and bytes, where it has one.
        cover: media type and bytes of the picture to show.
    """
    frames = [*_texts(tags), *_links(tags)]
    body = _written(*frames, *([_picture(*cover)] if cover else []))
    # One by one, for mutagen sorts frames by size, and players list them as found.
    body += b"".join(map(_written, _chapters(tags.get("chapters", ()))))
    body += bytes(_PADDING)
    return b"ID3\3\0\0" + BitPaddedInt.to_str(len(body), width=4) + body


def _written(*frames: Any) -> bytes:  # noqa: ANN401 - mutagen ships no types
    """Frames as ID3v2.3 has them, without the header of their tag."""
    tag = _ID3.ID3()
    for frame in frames:
        tag.add(frame)
    tag.update_to_v23()
    out = BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _: 0)
    return out.getvalue()[_HEADER:]


def _texts(tags: Facts) -> Iterator[Any]:
    date, language = tags.get("date"), tags.get("language")
    values = {
        "TIT2": tags["title"],
        "TPE1": ", ".join(tags.get("artists", ())),
        "TALB": tags["album"],
        "TCON": tags.get("genre"),
        "TDRC": date,
        "TRCK": tags.get("number"),
        "TPOS": tags.get("season"),
        "TLAN": three_letters(language) if language else None,
        "TCOP": _copyright(tags.get("licence"), date),
    }
    for name, value in values.items():
        if value is not None and value != "":
            yield getattr(_ID3, name)(**_text(str(value)))
    if tags.get("guid"):
        yield _ID3.TXXX(desc="guid", **_text(tags["guid"]))


def _links(tags: Facts) -> Iterator[Any]:
    if tags.get("licence_url"):
        yield _ID3.WCOP(url=tags["licence_url"])
    if tags.get("link"):
        yield _ID3.WOAF(url=tags["link"])
        language = three_letters(tags.get("language") or "") or "eng"
        yield _ID3.COMM(lang=language, desc="", **_text(tags["link"]))


def _chapters(marks: list[Facts]) -> Iterator[Any]:
    """Chapters as the ID3v2 chapter frame addendum has them."""
    names = [f"chp{number}" for number in range(len(marks))]
    for name, mark in zip(names, marks, strict=True):
        inside = [_ID3.TIT2(**_text(mark.get("title", "")))]
        if mark.get("url"):
            inside.append(_ID3.WXXX(encoding=_LATIN1, desc="", url=mark["url"]))
        if mark.get("picture"):
            inside.append(_picture(*mark["picture"]))
        yield _ID3.CHAP(
            element_id=name,
            start_time=round(mark["start"] * 1000),
            end_time=round(mark["end"] * 1000),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=inside,
        )
    if names:
        yield _ID3.CTOC(
            element_id="toc",
            flags=_TOP_LEVEL_AND_ORDERED,
            child_element_ids=names[:_MOST_LISTED],
            sub_frames=[],
        )


def _picture(media_type: str, data: bytes) -> Any:  # noqa: ANN401 - mutagen ships no types
    return _ID3.APIC(encoding=_LATIN1, mime=media_type, type=_FRONT_COVER, data=data)


def _copyright(licence: str | None, date: str | None) -> str | None:
    """ID3v2.3 wants the year first."""
    return f"{date[:4]} {licence}" if licence and date else licence


def _text(value: str) -> Facts:
    latin = all(ord(letter) < 0x100 for letter in value)  # noqa: PLR2004 - Latin-1
    return {"encoding": _LATIN1 if latin else _UTF16, "text": [value]}
