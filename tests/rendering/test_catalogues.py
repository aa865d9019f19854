import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from peru_media.rendering.theme import catalogues
from peru_media.rendering.voice import voice_of
from scripts.catalogue import messages, updated

LANGUAGES = sorted(catalogues())


def _catalogue(language: str) -> Catalog:
    return read_po(BytesIO(catalogues()[language]), locale=language, abort_invalid=True)


def _said(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every message as it stands in the code, and each form of its translation."""
    return [
        (_forms(message.id), _forms(message.string))
        for message in _catalogue(language)
        if message.id
    ]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_there_is_welsh() -> None:
    assert LANGUAGES == ["cy"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_message_of_the_code_and_no_other(
    language: str,
) -> None:
    here = {message.id for message in _catalogue(language)}

    assert here == {message.id for message in messages()}, "run make golden"
    assert not _catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    lacking = [ours for ours, theirs in _said(language) if not all(theirs)]

    assert not lacking


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_values_and_tags(language: str) -> None:
    for ours, theirs in _said(language):
        for form in theirs:
            assert _named(form) == _named(ours[-1]), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_message_does(language: str) -> None:
    for ours, theirs in _said(language):
        for form in theirs:
            assert form.strip() == form
            assert (form[-1] in ".:;?") == (ours[-1][-1] in ".:;?"), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_each_form_that_the_language_has(language: str) -> None:
    catalogue = _catalogue(language)

    assert catalogue.num_plurals == 6
    for ours, theirs in _said(language):
        assert len(theirs) == (6 if len(ours) == 2 else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettexts_own_checks_find_nothing(language: str) -> None:
    assert not list(_catalogue(language).check())


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing_a_catalogue_anew_changes_nothing(language: str) -> None:
    written = catalogues()[language]

    assert updated(language, written) == written


def test_a_new_message_waits_for_its_translation_and_a_lost_one_leaves() -> None:
    before = catalogues()["cy"].replace(b'msgid "Transcript"', b'msgid "Lost"')

    after = updated("cy", before)

    assert b'msgid "Transcript"\nmsgstr ""' in after
    assert b"Lost" not in after


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 pennod"),
        (1, "1 bennod"),
        (2, "2 bennod"),
        (3, "3 pennod"),
        (5, "5 pennod"),
        (6, "6 phennod"),
        (1200, "1,200 pennod"),
    ],
)
def test_welsh_words_change_with_their_number(number: int, said: str) -> None:
    welsh = voice_of("cy")

    assert welsh.counted("%(num)s episode", "%(num)s episodes", number) == said


def test_welsh_says_days_and_lengths() -> None:
    welsh, morning = voice_of("cy"), datetime(2026, 12, 1, 9, tzinfo=UTC)

    assert welsh.day(morning, "Europe/London") == "1 Rhagfyr 2026"
    assert welsh.time(morning, "Europe/London").startswith("Dydd Mawrth 1 Rhagfyr")
    assert welsh.spoken(3725) == "1 awr 2 mun"
    assert welsh.megabytes(17_345_678) == "17.3 MB"


def _named(text: str) -> Counter[str]:
    """Values, tags, and the words in capitals that the script puts its own in for."""
    values = re.findall(r"%\(\w+\)[sd]|</?\w[^>]*>", text)
    return Counter(values + re.findall(r"\b(?:ADDRESS|COUNT|PLACE|TIME)\b", text))
