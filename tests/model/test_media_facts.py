import pytest

from peru_media import Chapter, FieldError, Media, MediaFacts
from peru_media.model.facts import ChapterMark, FileFacts
from tests.factories import make_facts

MARKS = (
    ChapterMark(start=90.5, title="  Second\n", url="https://example.org/2"),
    ChapterMark(start=0, title="First", url="javascript:alert(1)"),
    ChapterMark(start=95, title=""),
    ChapterMark(start=96, title="\u200b\u200e"),
    ChapterMark(start=9999, title="Too late"),
)


def told(name: str, **change: object) -> MediaFacts:
    return MediaFacts.of(make_facts(name, **change))


def test_each_fact_is_the_one_that_was_measured() -> None:
    measured = make_facts("a.mp3", tags={"title": ("One", "Two"), "artist": ("Ann",)})

    facts = MediaFacts.of(measured)

    assert facts.seconds == measured.duration
    assert (facts.title, facts.tags) == ("One", measured.tags)
    for name in MediaFacts.model_fields.keys() & FileFacts.model_fields.keys():
        if name not in {"title", "chapters"}:
            assert getattr(facts, name) == getattr(measured, name)


def test_chapters_are_those_that_a_feed_can_carry() -> None:
    """In their order, with a title to be seen, and with addresses of the web alone."""
    assert told("a.mp3", chapters=MARKS).chapters == (
        Chapter(start=0, title="First"),
        Chapter(start=90.5, title="Second", url="https://example.org/2"),
    )


def test_a_pdf_has_the_title_of_its_document() -> None:
    facts = told("a.pdf", title="A review", tags={"title": ("draft 3",)})

    assert (facts.title, facts.seconds) == ("A review", None)


def test_an_address_makes_an_enclosure_of_it() -> None:
    facts = told("a.mp3")

    assert facts.media("https://example.org/a.mp3") == Media(
        url="https://example.org/a.mp3",
        size=facts.size,
        type="audio/mpeg",
        seconds=facts.seconds,
    )
    with pytest.raises(FieldError, match=r"Media\.url"):
        facts.media("a.mp3")


def test_facts_are_kept_as_json_and_come_back() -> None:
    facts = told("a.mp3", chapters=MARKS, tags={"artist": ("Ann",)})

    assert MediaFacts.model_validate_json(facts.model_dump_json()) == facts
