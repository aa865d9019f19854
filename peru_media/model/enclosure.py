"""The one medium of an episode, as its published copy is."""

from peru_media.model.value import Value

__all__ = ["Enclosure"]


class Enclosure(Value):
    """The published copy of a recording, film or PDF.

    Attributes:
        address: public path, with the extension that apps look for.
        key: the object behind it. size: exact bytes. duration: seconds, measured;
        None for a PDF. bit_rate: bits a second. pages: of a PDF.
        waveform: SHA-256 of the small file that its picture is drawn from.
    """

    address: str
    key: str
    media_type: str
    size: int
    sha256: str
    duration: float | None = None
    bit_rate: int | None = None
    pages: int | None = None
    waveform: str | None = None
