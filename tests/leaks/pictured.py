"""JPEG and PNG pictures as cameras and editors leave them."""

import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, PngImagePlugin

from tests.leaks.canaries import Hidden

__all__ = ["jpeg", "png"]

_EXIF = {
    0x010E: "ImageDescription", 0x010F: "Make", 0x0110: "Model", 0x0131: "Software",
    0x013B: "Artist", 0x013C: "HostComputer", 0x8298: "Copyright",
}  # fmt: skip
_INSIDE = {
    0x927C: "MakerNote", 0x9286: "UserComment", 0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber", 0xA434: "LensModel", 0xA420: "ImageUniqueID",
}  # fmt: skip
_GPS = {27: "GPSProcessingMethod", 28: "GPSAreaInformation", 18: "GPSMapDatum"}
_WIDE = {0x9C9B: "XPTitle", 0x9C9D: "XPAuthor", 0x9C9C: "XPComment"}


def jpeg(path: Path) -> Hidden:
    """A photograph with what camera, editor and library know of it."""
    hide = Hidden("JPEG", "JP", path)
    out = BytesIO()
    _picture().save(out, "JPEG", exif=_exif(hide), icc_profile=_profile(hide, "ICC"))
    data = out.getvalue()
    thumb = BytesIO()
    Image.new("RGB", (8, 8)).save(thumb, "JPEG", comment=hide.bytes("JFXX thumbnail"))
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + hide.bytes("XMP")
    more = b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + hide.bytes("more XMP")
    segments = [
        (0xE0, b"JFXX\0\x10" + thumb.getvalue()),
        (0xE1, xmp),
        (0xE1, more),
        (0xE2, b"MPF\0" + hide.bytes("MPF")),
        (0xE3, b"META\0\0" + hide.bytes("APP3")),
        (0xEB, b"JP\0\1" + hide.bytes("JUMBF")),
        (0xEC, b"Ducky\0\1" + hide.bytes("Ducky")),
        (0xED, b"Photoshop 3.0\0" + _irb(hide)),
        (0xEF, hide.bytes("APP15")),
        (0xFE, hide.bytes("COM")),
    ]
    made = b"".join(
        bytes([0xFF, mark]) + (len(body) + 2).to_bytes(2) + body
        for mark, body in segments
    )
    second = BytesIO()
    Image.new("RGB", (8, 8)).save(second, "JPEG", comment=hide.bytes("second picture"))
    data = data[:2] + made + data[2:] + second.getvalue()
    path.write_bytes(data + hide.bytes("after the picture"))
    return hide


def png(path: Path) -> Hidden:
    """A drawing with every chunk that may hold words."""
    hide = Hidden("PNG", "PN", path)
    notes = PngImagePlugin.PngInfo()
    for name in ("Author", "Comment", "Description", "Software", "Source"):
        notes.add_text(name, hide.word(f"tEXt {name}"))
    notes.add_text(hide.word("tEXt name"), "x")
    notes.add_text("Packed", hide.word("zTXt"), zip=True)
    notes.add_itxt("XML:com.adobe.xmp", hide.word("iTXt XMP"))
    notes.add_itxt("Title", hide.word("iTXt packed"), zip=True)
    notes.add(b"prVt", hide.bytes("private chunk"))
    notes.add(b"caBX", hide.bytes("caBX"))
    notes.add(b"sPLT", hide.bytes("sPLT name") + b"\0\x08")
    image = _picture().convert("RGBA")
    image.paste((1, 2, 3, 0), (0, 0, 400, 4))
    _write_unseen(image, hide)
    profile, out = _profile(hide, "iCCP"), BytesIO()
    image.save(out, "PNG", pnginfo=notes, exif=_exif(hide), icc_profile=profile)
    data = out.getvalue()
    named = hide.bytes("iCCP name")
    chunk = _chunk(b"iCCP", named + b"\0\0" + zlib.compress(profile))
    start = data.index(b"iCCP") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4])
    data = data[:start] + chunk + data[end:]
    data += _chunk(b"tEXt", b"x\0" + hide.bytes("chunk after IEND"))
    path.write_bytes(data + hide.bytes("after the picture"))
    return hide


def _picture() -> Image.Image:
    side = Image.linear_gradient("L").resize((1400, 1400))
    return Image.merge("RGB", (side, side.rotate(90), side))


def _write_unseen(image: Image.Image, hide: Hidden) -> None:
    """Colours of pixels that are wholly transparent."""
    word = hide.bytes("colours that are not seen") + b"\0"
    for at in range(0, len(word), 3):
        image.putpixel((at // 3, 0), (*word[at : at + 3], 0))


def _exif(hide: Hidden) -> bytes:
    made = Image.Exif()
    for tag, name in _EXIF.items():
        made[tag] = hide.word(f"EXIF {name}")
    for tag, name in _WIDE.items():
        made[tag] = hide.word(f"EXIF {name}").encode("utf-16-le") + b"\0\0"
    inside = made.get_ifd(0x8769)
    for tag, name in _INSIDE.items():
        word = hide.word(f"EXIF {name}")
        inside[tag] = word.encode() if tag in {0x927C, 0x9286} else word
    place = made.get_ifd(0x8825)
    for tag, name in _GPS.items():
        word = hide.word(f"EXIF {name}")
        place[tag] = word if tag == 18 else b"ASCII\0\0\0" + word.encode()
    small = BytesIO()
    Image.new("RGB", (8, 8)).save(small, "JPEG", comment=hide.bytes("EXIF thumbnail"))
    written = bytearray(made.tobytes())
    return bytes(written) + small.getvalue()


def _profile(hide: Hidden, place: str) -> bytes:
    """sRGB under another name: a colour profile has room for words."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made + hide.bytes(f"{place} profile")


def _irb(hide: Hidden) -> bytes:
    """What Photoshop keeps: the fields of the press (IPTC), and its own."""
    fields = {80: "By-line", 90: "City", 116: "Copyright", 120: "Caption"}
    press = b"".join(
        b"\x1c\2" + bytes([number]) + b"\0\x0b" + hide.bytes(f"IPTC {name}")
        for number, name in fields.items()
    )
    own = hide.bytes("Photoshop")
    parts = [(0x0404, press), (0x0BB7, own)]
    return b"".join(
        b"8BIM" + number.to_bytes(2) + b"\0\0" + len(body).to_bytes(4) + body
        + bytes(len(body) % 2)
        for number, body in parts
    )  # fmt: skip


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
