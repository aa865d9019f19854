"""Every code that reading uses has its one meaning."""

import re
from pathlib import Path

import pytest

import peru_media.reading
from peru_media.reading import MEANINGS, REASONS


def test_the_codes_in_the_source_are_those_of_the_table() -> None:
    folder = Path(peru_media.reading.__file__).parent
    texts = [p.read_text(encoding="utf-8") for p in folder.glob("*.py")]

    used = {code for text in texts for code in re.findall(r'"([EW]1\d\d)"', text)}
    assert used == set(MEANINGS)


def test_each_meaning_is_a_sentence_of_its_own() -> None:
    assert len(set(MEANINGS.values())) == len(MEANINGS)
    assert all(meaning.endswith(".") for meaning in MEANINGS.values())


def test_each_code_has_a_reason_a_way_out_and_a_source() -> None:
    assert list(REASONS) == list(MEANINGS)
    for reason in REASONS.values():
        assert reason.why.endswith(".")
        assert reason.fix.endswith(".")
        assert reason.source


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        MEANINGS["E100"] = "anything"  # type: ignore[index]  # that it cannot is the point
