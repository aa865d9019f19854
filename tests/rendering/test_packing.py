import gzip
import hashlib
import zlib

from hypothesis import given
from hypothesis import strategies as st

from peru_media.rendering.packing import Packed, Part, packed, part, spliced


@given(st.binary())
def test_packing_keeps_the_content_and_names_it(content: bytes) -> None:
    made = packed(content)

    assert gzip.decompress(made.body) == content
    assert made.size == len(content)
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made == packed(content)
    assert made.body[4:8] == b"\0\0\0\0", "a time in the header"
    assert Packed.from_bytes(made.to_bytes()) == made


@given(st.lists(st.binary()))
def test_spliced_parts_are_one_gzip_text(pieces: list[bytes]) -> None:
    made = spliced(map(part, pieces))

    reader = zlib.decompressobj(31)
    assert reader.decompress(made) == b"".join(pieces)
    assert reader.eof
    assert reader.unused_data == b""


@given(st.binary())
def test_a_part_survives_its_cache(content: bytes) -> None:
    made = part(content)

    assert Part.from_bytes(made.to_bytes()) == made
