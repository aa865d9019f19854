"""Measure a picture, and make the picture that is published of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from peru_media.errors import MediaError
from peru_media.media.common import NO_PICTURE, Facts, Found, Source

__all__ = [
    "clean_picture",
    "cover_for_tags",
    "measure_cover",
    "read",
    "square_cover",
]

MAX_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG")
_QUALITY = 90
_TAG_LIMIT = 1 << 20
_TAG_SIDE = 600
_CLEAN_PARTS = {"APP0", "APP14"}
_CLEAN_INFO = {
    "adobe", "adobe_transform", "aspect", "dpi", "gamma", "interlace", "jfif",
    "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive", "srgb",
    "transparency",
}  # fmt: skip
_JPEG_END = b"\xff\xd9"
_PNG_END = b"IEND\xae\x42\x60\x82"
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def read(source: Source) -> tuple[Facts, Found]:
    """Measure a JPEG or PNG, and see that all of it is there.

    Raises:
        MediaError: it is damaged, or over 50 megapixels.
    """
    source.file.seek(0)
    with _opened(source.file) as image:
        image.load()
        return {"picture": _measured(image)}, Found()


def measure_cover(data: bytes) -> Facts | None:
    """Measure an embedded cover by its head alone; None where it is no picture."""
    try:
        with _opened(BytesIO(data)) as image:
            return _measured(image)
    except MediaError:
        return None


def clean_picture(file: BinaryIO, *, width: int | None = None) -> bytes:
    """Make the published form of a picture: its pixels, upright, and nothing else.

    No EXIF, place, name, thumbnail or comment is kept. A JPEG stays one, at
    quality 90, a PNG stays one, and colours are turned into sRGB.

    Args:
        file: the original, open for reading.
        width: pixels across, where it is to have fewer. Then a PNG without
            transparency becomes a JPEG where that has fewer bytes.

    Raises:
        MediaError: it is damaged, or over 50 megapixels.
    """
    with _opened(file) as image:
        form = image.format or ""
        if width is None:
            return _written(_plain(image), form)
        small = _shrunk(_plain(image), width)
        made = _written(small, form)
        if form == "PNG" and not small.has_transparency_data:
            return min(made, _written(small, "JPEG"), key=len)
        return made


def cover_for_tags(data: bytes, *, side: int | None = None) -> tuple[str, bytes]:
    """Give the cover as it is embedded in a sound file, with its media type.

    It stays as it is where it is clean and no larger than 1 MB, unless ``side``
    tells how large it may be; else it becomes a JPEG of at most 600 pixels a side.

    Raises:
        MediaError: it is damaged, or over 50 megapixels.
    """
    with _opened(BytesIO(data)) as image:
        small_enough = side is None or max(image.size) <= side
        if small_enough and len(data) <= _TAG_LIMIT and _is_clean(image, data):
            return Image.MIME[image.format or ""], data
        small = _plain(image)
        small.thumbnail((side or _TAG_SIDE,) * 2, Image.Resampling.LANCZOS)
        return "image/jpeg", _written(small, "JPEG")


def square_cover(file: BinaryIO, side: int) -> Image.Image:
    """Give the middle of a picture as a square of so many pixels a side.

    Raises:
        MediaError: it is damaged, or over 50 megapixels.
    """
    with _opened(file) as image:
        image.draft("RGB", (side, side))
        plain = _plain(image)
        clear = plain.has_transparency_data
        shown = plain.convert("RGBA" if clear else "RGB")
        fitted = ImageOps.fit(shown, (side, side), Image.Resampling.BICUBIC)
        if not clear:
            return fitted
        ground = Image.new("RGBA", fitted.size, "white")
        return Image.alpha_composite(ground, fitted).convert("RGB")


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image.Image]:
    try:
        with Image.open(file, formats=_FORMATS) as image:
            _refuse_bomb(*image.size)
            yield image
    except _BOMBS:
        _refuse_bomb(MAX_PIXELS, 2)
    except UnidentifiedImageError:
        raise MediaError(NO_PICTURE) from None
    except (OSError, SyntaxError, ValueError):
        msg = "The picture is damaged or cut short: save it again."
        raise MediaError(msg) from None


def _refuse_bomb(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        msg = (
            f"The picture has over {MAX_PIXELS // 1_000_000} million pixels: "
            "make it smaller (3000 by 3000 is enough)."
        )
        raise MediaError(msg)


def _measured(image: Image.Image) -> Facts:
    return {
        "media_type": Image.MIME[image.format or ""],
        "width": image.width,
        "height": image.height,
        "mode": image.mode,
        "alpha": image.has_transparency_data,
    }


def _is_clean(image: Image.Image, data: bytes) -> bool:
    """Whether a picture carries nothing but what is needed to show it."""
    parts = {name for name, _ in getattr(image, "applist", ())}
    image.load()
    whole = data.endswith((_JPEG_END, _PNG_END))
    return whole and parts <= _CLEAN_PARTS and image.info.keys() <= _CLEAN_INFO


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, turned as the camera meant them, in sRGB."""
    upright = _in_srgb(ImageOps.exif_transpose(image))
    if upright.mode == "CMYK":
        upright = upright.convert("RGB")
    if upright.mode in {"LA", "RGBA"}:
        upright = _without_unseen(upright)
    clear = upright.info.get("transparency")
    upright.info = {} if clear is None else {"transparency": clear}
    upright.getexif().clear()
    return upright


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    """So many pixels across; a palette has to become colours first."""
    if image.mode == "P":
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    height = max(round(image.height * width / image.width), 1)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _without_unseen(image: Image.Image) -> Image.Image:
    """Pixels that are wholly transparent keep no colours, which nobody sees."""
    nothing = Image.new(image.mode, image.size)
    return Image.composite(image, nothing, image.getchannel("A").point(_is_there))


def _is_there(alpha: int) -> int:
    return 255 if alpha else 0


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        wanted = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=wanted
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return turned or image


def _written(image: Image.Image, form: str) -> bytes:
    out = BytesIO()
    if form == "PNG":
        image.save(out, "PNG")
    else:
        flat = image if image.mode in {"L", "RGB"} else image.convert("RGB")
        flat.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
