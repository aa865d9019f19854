"""MP3, AAC and AMR masters that tell too much of those who made them."""

from pathlib import Path
from typing import Any

from mutagen import apev2, id3

from tests.leaks.canaries import Hidden
from tests.media import samples
from tests.media.samples import ID3, frame_starts, id3_block, sound, v23_frame

__all__ = ["aac", "amr", "id3_tag", "mp3_v22", "mp3_v23", "mp3_v24"]

APE: Any = apev2
_TEXTS_V22 = [
    "TAL", "TBP", "TCM", "TCO", "TCR", "TEN", "TFT", "TLA", "TMT", "TOA", "TOF",
    "TOL", "TOT", "TP1", "TP2", "TP3", "TP4", "TPB", "TRC", "TRD", "TSS", "TT1",
    "TT2", "TT3", "TXT",
]  # fmt: skip
_LINKS_V22 = ["WAF", "WAR", "WAS", "WCM", "WCP", "WPB"]
_LINKS = ["WCOM", "WCOP", "WFED", "WOAF", "WOAR", "WOAS", "WORS", "WPAY", "WPUB"]


def photo(hide: Hidden, place: str) -> bytes:
    """A small JPEG whose EXIF names an artist."""
    return samples.picture(exif=samples.exif(hide.word(f"EXIF in {place}")))


def mp3_v22(path: Path) -> Hidden:
    """An MP3 with the three-letter frames of old iTunes and the tags at its end."""
    hide = Hidden("MP3, ID3v2.2", "A2", path)
    body = b"".join(
        _v22(name, b"\0" + hide.bytes(name)) for name in [*_TEXTS_V22, "IPL"]
    )
    body += b"".join(_v22(name, hide.bytes(name)) for name in _LINKS_V22)
    body += _v22("TXX", b"\0" + hide.bytes("TXX name") + b"\0" + hide.bytes("TXX"))
    body += _v22("WXX", b"\0" + hide.bytes("WXX name") + b"\0" + hide.bytes("WXX"))
    body += _v22("COM", b"\0eng" + hide.bytes("COM name") + b"\0" + hide.bytes("COM"))
    body += _v22("ULT", b"\0eng\0" + hide.bytes("ULT"))
    body += _v22("SLT", b"\0eng\2\1\0" + hide.bytes("SLT") + b"\0" + bytes(4))
    body += _v22("UFI", hide.bytes("UFI owner") + b"\0" + hide.bytes("UFI"))
    body += _v22("GEO", b"\0a/b\0x\0" + hide.bytes("GEO name") + b"\0" + b"x")
    body += _v22("POP", hide.bytes("POP") + b"\0\xff\0\0\0\1")
    body += _v22("CRM", hide.bytes("CRM") + b"\0\0x")
    body += _v22("CRA", hide.bytes("CRA") + bytes(5))
    body += _v22("LNK", b"TT2" + hide.bytes("LNK") + b"\0")
    body += _v22("MCI", hide.bytes("MCI")) + _v22("ZZZ", hide.bytes("unknown frame"))
    picture = b"\0JPG\3" + hide.bytes("PIC name") + b"\0" + photo(hide, "PIC")
    body += _v22("PIC", picture) + bytes(64) + hide.bytes("padding of the tag")
    sound(path, container={"id3v2_version": "0"}, seconds=1.0)
    path.write_bytes(id3_block(body, version=2) + path.read_bytes())
    _append_tags(hide)
    return hide


def mp3_v23(path: Path) -> Hidden:
    """An MP3 with every frame that may hold words, and words around its frames."""
    hide = Hidden("MP3, ID3v2.3", "A3", path)
    sound(path, container={"id3v2_version": "0"}, seconds=1.0)
    _fill_header(hide)
    _between_frames(hide)
    id3_tag(hide, version=3)
    _append_tags(hide)
    return hide


def mp3_v24(path: Path) -> Hidden:
    """The same as ID3v2.4, with packed frames, a second tag, and none at the end."""
    hide = Hidden("MP3, ID3v2.4", "A4", path)
    sound(path, container={"id3v2_version": "0"}, seconds=1.0)
    path.write_bytes(path.read_bytes() + hide.bytes("after the sound"))
    id3_tag(hide, version=4)
    before = id3_block(v23_frame(b"PRIV", hide.bytes("PRIV of a tag before it")))
    path.write_bytes(before + path.read_bytes())
    return hide


def aac(path: Path) -> Hidden:
    """Raw AAC, which has no tags but those that others put around it."""
    hide = Hidden("AAC (ADTS)", "AA", path)
    sound(path, "aac", form="adts", seconds=1.0)
    id3_tag(hide, version=3)
    _append_tags(hide)
    return hide


def amr(path: Path) -> Hidden:
    """AMR, which has a head of six bytes and frames: words fit only behind them."""
    hide = Hidden("AMR", "AM", path)
    sound(path, "libopencore_amrnb", seconds=1.0, rate=8000, bit_rate=12_200)
    path.write_bytes(path.read_bytes() + hide.bytes("after the sound"))
    return hide


def id3_tag(hide: Hidden, *, version: int) -> None:
    """Put a tag before what is there, with a word in each text of each frame."""
    samples.tagged(hide.path, *_frames(hide, version), version=version)


def _frames(hide: Hidden, version: int) -> list[Any]:
    numeric = (id3.NumericTextFrame, id3.NumericPartTextFrame)
    texts = [
        frame(encoding=version - 3, text=[hide.word(name)])
        for name, frame in sorted(id3.Frames.items())
        if issubclass(frame, id3.TextFrame)
        and not issubclass(frame, (*numeric, id3.TimeStampTextFrame))
        and name not in {"COMM", "TXXX", "TCON", "GRP1"}
        and not (version == 3 and name in {"TIPL", "TMCL", "TMOO", "TPRO", "TSST"})
    ]
    links = [getattr(ID3, name)(url=hide.word(name)) for name in _LINKS]
    people = [["engineer", hide.word("IPLS" if version == 3 else "TIPL people")]]
    named = ID3.IPLS if version == 3 else ID3.TMCL
    return [*texts, *links, named(encoding=0, people=people), *_objects(hide)]


def _objects(hide: Hidden) -> list[Any]:
    def word(place: str) -> str:
        return hide.word(place)

    return [
        ID3.PRIV(owner=word("PRIV owner"), data=hide.bytes("PRIV")),
        ID3.COMM(encoding=1, lang="eng", desc=word("COMM name"), text=[word("COMM")]),
        ID3.GEOB(
            encoding=1,
            mime="x/y",
            filename=word("GEOB file"),
            desc=word("GEOB name"),
            data=hide.bytes("GEOB"),
        ),
        ID3.TXXX(encoding=1, desc=word("TXXX name"), text=[word("TXXX")]),
        ID3.WXXX(encoding=1, desc=word("WXXX name"), url=word("WXXX")),
        ID3.UFID(owner=word("UFID owner"), data=hide.bytes("UFID")),
        ID3.USLT(encoding=1, lang="eng", desc=word("USLT name"), text=word("USLT")),
        ID3.SYLT(
            encoding=0, lang="eng", format=2, type=1, desc="", text=[(word("SYLT"), 0)]
        ),
        ID3.APIC(
            encoding=0,
            mime="image/jpeg",
            type=3,
            desc=word("APIC name"),
            data=photo(hide, "APIC"),
        ),
        ID3.OWNE(encoding=0, price="", date="20200101", seller=word("OWNE")),
        ID3.POPM(email=word("POPM"), rating=9, count=1),
        ID3.AENC(owner=word("AENC"), preview_start=0, preview_length=0),
        ID3.ENCR(owner=word("ENCR"), method=128, data=b""),
        ID3.GRID(owner=word("GRID"), group=128, data=b""),
        ID3.LINK(frameid="TIT2", url=word("LINK"), data=b""),
        ID3.MCDI(data=hide.bytes("MCDI")),
        ID3.USER(encoding=0, lang="eng", text=word("USER")),
        ID3.CHAP(
            element_id=word("CHAP id"),
            start_time=0,
            end_time=500,
            sub_frames=[
                ID3.TIT2(encoding=0, text=[hide.word("CHAP title", public=True)]),
                ID3.APIC(
                    encoding=0,
                    mime="image/jpeg",
                    type=0,
                    desc=word("CHAP picture name"),
                    data=photo(hide, "CHAP picture"),
                ),
            ],
        ),
        ID3.CHAP(
            element_id="two",
            start_time=500,
            end_time=1000,
            sub_frames=[ID3.TIT2(encoding=0, text=["The second chapter"])],
        ),
        ID3.CTOC(
            element_id=word("CTOC id"),
            flags=3,
            child_element_ids=[],
            sub_frames=[ID3.TIT2(encoding=0, text=[word("CTOC title")])],
        ),
    ]


def _v22(name: str, body: bytes) -> bytes:
    return name.encode() + len(body).to_bytes(3) + body


def _fill_header(hide: Hidden) -> None:
    """Write into the first frame, which holds no sound but what LAME says of it."""
    data = bytearray(hide.path.read_bytes())
    first, second = frame_starts(bytes(data))[:2]
    tag = data.index(b"Info") if b"Info" in data[:200] else data.index(b"Xing")
    toc = tag + 16
    word = hide.bytes("table of the Xing header")
    data[toc : toc + len(word)] = word
    word = hide.bytes("rest of the Xing frame")
    data[second - len(word) : second] = word
    assert second > toc + 100 + 36 + len(word) > first
    hide.path.write_bytes(data)


def _between_frames(hide: Hidden) -> None:
    data = hide.path.read_bytes()
    at = frame_starts(data)[9]
    middle = id3_block(v23_frame(b"PRIV", hide.bytes("a tag between two frames")))
    junk = hide.bytes("between two frames")
    end = frame_starts(data)[20]
    data = data[:at] + middle + data[at:end] + junk + data[end:]
    hide.path.write_bytes(data + hide.bytes("after the sound"))


def _append_tags(hide: Hidden) -> None:
    """Lyrics3, APEv2 and ID3v1, as old players wrote them at the end."""
    lyrics = b"LYRICSBEGININD00002" + b"10" + b"INF%05d" % 11 + hide.bytes("Lyrics3")
    lyrics += f"{len(lyrics):06}".encode() + b"LYRICS200"
    hide.path.write_bytes(hide.path.read_bytes() + lyrics)
    ape = APE.APEv2()
    for name in ("Artist", "Comment", "File", "Record Location", "Title"):
        ape[name] = hide.word(f"APEv2 {name}")
    ape["Cover Art (Front)"] = APE.APEValue(
        hide.bytes("APEv2 cover's name") + b"\0x", APE.BINARY
    )
    ape[hide.word("APEv2 name of an item")] = "x"
    ape.save(hide.path)
    fields = ("title", "artist", "album")
    texts = b"".join(hide.bytes(f"ID3v1 {name}").ljust(30, b"\0") for name in fields)
    comment = hide.bytes("ID3v1 comment").ljust(30, b"\0")
    v1 = b"TAG" + texts + b"2020" + comment + b"\xff"
    hide.path.write_bytes(hide.path.read_bytes() + v1)
