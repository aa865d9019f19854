import unicodedata

import pytest

from peru_media.model.letters import visible
from tests.checks.reports.findings import HOSTILE


@pytest.mark.parametrize(
    "text", ["", "plain", "é 漢字 👩\u200d🔬", "a\u00a0b", "ن\u200cم"]
)
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("a\r\nb\tc", r"a\r\nb\tc"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202egpj.exe", r"\u202egpj.exe"),
        ("\u2066x\ufeff", r"\u2066x\ufeff"),
        ("\udc80\uffff\x00", r"\udc80\uffff\x00"),
    ],
)
def test_what_moves_or_hides_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_nothing_hostile_is_left() -> None:
    kinds = {unicodedata.category(letter) for letter in visible(HOSTILE)}

    assert kinds & {"Cc", "Cs", "Cn", "Zl", "Zp"} == set()
    assert visible(HOSTILE).encode()
