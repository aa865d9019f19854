"""Small media files, made on the spot and named for what is odd about them."""

import array
import random
import zlib
from collections.abc import Iterable, Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pikepdf
from mutagen import id3
from PIL import Image, ImageCms

from peru_media.media.frames import frame_at

ID3: Any = id3
BLOCK = 9216
VARIABLE = {"flags": "+qscale", "global_quality": str(4 * 118)}
NO_HEADER = {"write_xing": "0"}


def sound(  # noqa: PLR0913 - each names one oddity of a file
    path: Path,
    codec: str = "libmp3lame",
    *,
    seconds: float = 2.0,
    rate: int = 44100,
    bit_rate: int | None = 64_000,
    form: str | None = None,
    container: dict[str, str] | None = None,
    encoder: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
    chapters: Sequence[tuple[float, float, str]] = (),
    film: bool = False,
    stereo: bool = False,
) -> Path:
    """Write a file of tones and noise, by turns, so that its bit rate varies."""
    with av.open(str(path), "w", format=form, container_options=container or {}) as out:
        out.metadata.update(tags or {})
        out.set_chapters(
            [
                {
                    "id": number,
                    "start": round(start * 1000),
                    "end": round(end * 1000),
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": title},
                }
                for number, (start, end, title) in enumerate(chapters)
            ]
        )
        stream: Any = out.add_stream(codec, rate=rate, options=encoder or {})
        stream.layout = layout = "stereo" if stereo else "mono"
        if bit_rate:
            stream.bit_rate = bit_rate
        pictures: Any = _film_stream(out) if film else None
        sampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate, frame_size=stream.frame_size
        )
        for frame in _noise(seconds, rate):
            for part in sampler.resample(frame):
                out.mux(stream.encode(part))
        for part in sampler.resample(None):
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
        if film:
            _film(out, pictures, seconds)
    return path


def _noise(seconds: float, rate: int) -> Iterable[av.AudioFrame]:
    chance = random.Random(7)  # noqa: S311 - the same noise each time
    loud = array.array("h", [chance.randrange(-9000, 9000) for _ in range(BLOCK)])
    soft = array.array("h", [(at % 100) * 60 - 3000 for at in range(BLOCK)])
    total = int(seconds * rate)
    for number, at in enumerate(range(0, total, BLOCK)):
        samples = min(BLOCK, total - at)
        frame = av.AudioFrame(format="s16", layout="mono", samples=samples)
        frame.planes[0].update((soft, loud)[number // 4 % 2].tobytes()[: samples * 2])
        frame.sample_rate, frame.pts = rate, at
        frame.time_base = Fraction(1, rate)
        yield frame


def _film_stream(out: Any) -> Any:
    stream = out.add_stream("mpeg4", rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    return stream


def _film(out: Any, stream: Any, seconds: float) -> None:
    for _ in range(int(seconds * 10)):
        frame = av.VideoFrame(64, 48, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def decoded_seconds(path: Path) -> float:
    """How long the sound lasts once it is decoded: the truth about a file."""
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        samples = sum(frame.samples for frame in source.decode(stream))
        return samples / stream.rate


def packets(path: Path) -> list[bytes]:
    """The packets of sound, as players get them."""
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        return [bytes(packet) for packet in source.demux(stream) if packet.size]


def picture(
    form: str = "JPEG",
    *,
    size: tuple[int, int] = (40, 30),
    mode: str = "RGB",
    **more: Any,
) -> bytes:
    """The bytes of a small picture."""
    out = BytesIO()
    image = Image.new(mode, size)
    image.paste(Image.linear_gradient("L").resize(size).convert(mode))
    image.save(out, form, **more)
    return out.getvalue()


def tagged(path: Path, *frames: Any, version: int = 3) -> Path:
    """Put an ID3v2 tag of these frames before a file's content."""
    tag = ID3.ID3()
    for frame in frames:
        tag.add(frame)
    tag.save(path, v2_version=version)
    return path


def id3_block(body: bytes, *, version: int = 3) -> bytes:
    """An ID3v2 tag of any content, whether that makes sense or not."""
    size = len(body)
    return b"ID3" + bytes([version, 0, 0, *synchsafe(size)]) + body


def synchsafe(size: int) -> bytes:
    """Seven bits a byte."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def v23_frame(name: bytes, body: bytes, *, flags: bytes = b"\0\0") -> bytes:
    """One ID3v2.3 frame."""
    return name + len(body).to_bytes(4) + flags + body


def crowded(frames: int) -> bytes:
    """A tag of so many small texts."""
    return id3_block(
        b"".join(v23_frame(b"TXXX", b"\0%d\0x" % number) for number in range(frames))
    )


def zipped_bomb(size: int) -> bytes:
    """A tag with one text of so many bytes, compressed to almost nothing."""
    packed = zlib.compress(bytes(size), 9)
    body = size.to_bytes(4) + packed
    return id3_block(v23_frame(b"TIT2", body, flags=b"\0\x80"))


def hidden_bomb(size: int) -> bytes:
    """The same within a chapter, where nobody looks before it is parsed."""
    packed = zipped_bomb(size)[10:]
    return id3_block(v23_frame(b"CHAP", b"c\0" + bytes(16) + packed))


def nested_chapters(depth: int) -> bytes:
    """A tag of chapters within chapters within chapters."""
    body = b""
    for _ in range(depth):
        body = v23_frame(b"CHAP", b"c\0" + bytes(16) + body)
    return id3_block(body)


def nested_boxes(depth: int) -> bytes:
    """An MP4 whose boxes lie in each other like dolls."""
    body = b""
    for _ in range(depth):
        body = (len(body) + 8).to_bytes(4) + b"moov" + body
    return box(b"ftyp", b"M4A \0\0\0\0") + body + box(b"mdat", b"x")


def box(name: bytes, body: bytes = b"") -> bytes:
    """One MP4 box."""
    return (len(body) + 8).to_bytes(4) + name + body


def png_bomb(side: int) -> bytes:
    """A tiny PNG that says it is huge, and is."""
    head = side.to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    row = bytes(1 + side * 3)
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    parts = (b"IHDR", head), (b"IDAT", data), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def pdf(path: Path, *, canary: str = "") -> Path:
    """A PDF of two pages; with a canary in each place where one could hide."""
    with pikepdf.new() as made:
        for _ in range(2):
            made.add_blank_page()
        made.Root.Lang = pikepdf.String("en-GB")
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        made.Root.StructTreeRoot = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        )
        with made.open_metadata(set_pikepdf_as_editor=False) as notes:
            notes["dc:title"] = "A rapid review"
            notes["pdfuaid:part"] = "1"
            if canary:
                notes["dc:creator"] = [canary]
        if canary:
            _hide(made, canary)
        made.save(path, compress_streams=False)
    return path


def _hide(made: pikepdf.Pdf, canary: str) -> None:
    name, text = pikepdf.Name, pikepdf.String(canary)
    made.docinfo[name.Author] = made.docinfo[name.Creator] = text
    made.docinfo[name.Producer] = text
    made.attachments["secret.txt"] = canary.encode()
    script = pikepdf.Dictionary(S=name.JavaScript, JS=text)
    made.Root.OpenAction = script
    made.Root.Names.JavaScript = pikepdf.Dictionary(Names=[text, script])
    page = made.pages[0].obj
    page.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=text))
    page.AA = pikepdf.Dictionary(O=script)
    area = [0, 0, 9, 9]
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=name.Annot, Subtype=name.Text, Rect=area, T=text, Contents="note"
            ),
            pikepdf.Dictionary(
                Type=name.Annot,
                Subtype=name.FileAttachment,
                Rect=area,
                FS=pikepdf.Dictionary(
                    Type=name.Filespec,
                    F=text,
                    EF=pikepdf.Dictionary(F=made.make_stream(canary.encode())),
                ),
            ),
            pikepdf.Dictionary(
                Type=name.Annot, Subtype=name.Link, Rect=area, A=script, AA=script
            ),
        ]
    )
    picture_stream = made.make_stream(bytes(3))
    picture_stream.Subtype, picture_stream.Type = name.Image, name.XObject
    picture_stream.Width = picture_stream.Height = 1
    picture_stream.ColorSpace, picture_stream.BitsPerComponent = name.DeviceRGB, 8
    picture_stream.Metadata = made.make_stream(canary.encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(AA=picture_stream))


def plain_pdf(path: Path) -> Path:
    """A PDF that says nothing of itself."""
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    return path


def pdf_text(path: Path) -> str:
    """Everything in a PDF, with its streams unpacked."""
    out = BytesIO()
    with pikepdf.open(path) as made:
        made.save(
            out,
            qdf=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue().decode("latin-1")


def exif(text: str, *, orientation: int = 1) -> Image.Exif:
    """EXIF with an artist."""
    made = Image.Exif()
    made[0x013B], made[0x0112] = text, orientation
    return made


def profile() -> bytes:
    """A colour profile that is not sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def noisy_png(side: int) -> bytes:
    """A PNG that hardly compresses."""
    chance = random.Random(3)  # noqa: S311 - the same noise each time
    out = BytesIO()
    Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3)).save(
        out, "PNG"
    )
    return out.getvalue()


def frame_starts(data: bytes) -> list[int]:
    """Where the frames of an MP3 without tags begin."""
    starts, at = [], 0
    while found := frame_at(data, at):
        starts.append(at)
        at += found.size
    return starts
