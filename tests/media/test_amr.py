from pathlib import Path

import pytest

from peru_media.media.probe import facts_of
from tests.media.samples import sound

WIDE_FRAME = b"\x04" + bytes(17)  # 6.6 kbit/s, 20 ms


def test_a_voice_note_is_as_long_as_its_packets(tmp_path: Path) -> None:
    path = sound(
        tmp_path / "a.amr", "libopencore_amrnb", rate=8000, bit_rate=12_200, form="amr"
    )

    facts = facts_of(path)

    assert (facts["media_type"], facts["sample_rate"]) == ("audio/amr", 8000)
    assert facts["duration"] == pytest.approx(2, abs=0.05)


def test_a_wide_one_has_twice_the_samples(tmp_path: Path) -> None:
    path = tmp_path / "a.amr"
    path.write_bytes(b"#!AMR-WB\n" + WIDE_FRAME * 50)

    facts = facts_of(path)

    assert (facts["media_type"], facts["sample_rate"]) == ("audio/amr", 16000)
    assert facts["duration"] == pytest.approx(1, abs=0.05)


def test_nothing_but_a_beginning_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.amr"
    path.write_bytes(b"#!AMR\n")

    assert facts_of(path)["fault"]
