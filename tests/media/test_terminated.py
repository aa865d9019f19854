from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mutagen import _util  # its reader, which ours stands in for

from peru_media.media.terminated import decode_terminated

THEIRS: Any = _util.decode_terminated
ENCODINGS = ["latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le"]
TEXTS = st.text(st.sampled_from("aé漢🍵\0Ā\u0100\ufeff"), max_size=8)


def answer(decode: Any, data: bytes, encoding: str, *, strict: bool) -> object:
    """What comes back, or what kind of error."""
    try:
        return decode(data, encoding, strict=strict)
    except ValueError as error:
        return type(error)


@given(
    text=TEXTS,
    more=st.binary(max_size=9),
    encoding=st.sampled_from(ENCODINGS),
    strict=st.booleans(),
)
@example(text="aĀ", more=bytes(3), encoding="utf-16-le", strict=True)
@example(text="", more=b"\xff\xfe\0", encoding="utf-16", strict=False)
def test_it_says_what_mutagen_says(
    *, text: str, more: bytes, encoding: str, strict: bool
) -> None:
    data = text.encode(encoding, "replace") + more

    assert answer(decode_terminated, data, encoding, strict=strict) == answer(
        THEIRS, data, encoding, strict=strict
    )


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    with pytest.raises(LookupError):
        decode_terminated(b"a\0", "no-such-encoding")
