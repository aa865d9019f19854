"""Look at a text file: whether it is UTF-8, and which kind of text."""

import codecs
import re
from typing import BinaryIO

from peru_media.errors import MediaError
from peru_media.media.common import Facts, Found, Source

__all__ = ["read"]

_BLOCK = 1 << 20
_SRT = re.compile(rb"\s*\d+\s*\r?\n\d+:\d\d:\d\d[,.]\d+\s*-->")
_HTML = re.compile(rb"\s*<(!doctype\s+html|html|head|body|script)", re.IGNORECASE)
_BOM = codecs.BOM_UTF8


def read(source: Source) -> tuple[Facts, Found]:
    """Tell which kind of text a file holds, having read all of it as UTF-8.

    Raises:
        MediaError: it is not UTF-8; the sentence tells the line.
    """
    source.file.seek(0)
    head = source.file.read(_BLOCK)
    _refuse_foreign(source.file, head)
    return {"media_type": _type(head.removeprefix(_BOM))}, Found()


def _type(head: bytes) -> str:
    if head.startswith(b"WEBVTT"):
        return "text/vtt"
    if _SRT.match(head):
        return "application/x-subrip"
    if head.lstrip()[:1] in {b"{", b"["}:
        return "application/json"
    return "text/html" if _HTML.match(head) else "text/plain"


def _refuse_foreign(file: BinaryIO, block: bytes) -> None:
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    while True:
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line += bytes(error.object[: error.start]).count(b"\n")
            msg = f"It is not UTF-8 text (see line {line}): save it as UTF-8."
            raise MediaError(msg) from None
        if not block:
            return
        line += text.count("\n")
        block = file.read(_BLOCK)
