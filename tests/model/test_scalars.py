"""A single field means one thing, or is refused with an advice."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from peru_media.model import scalars
from peru_media.model.advice import AdviceError, quoted

SHA = "0123456789abcdef" * 4


def read(kind: str, value: object) -> Any:
    return TypeAdapter(getattr(scalars, kind)).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("Flag", "yes", True),
        ("Flag", "TRUE", True),
        ("Flag", "No", False),
        ("Flag", "false", False),
        ("Flag", True, True),
        ("Seconds", "0", 0.0),
        ("Seconds", "90", 90.0),
        ("Seconds", "90.25", 90.25),
        ("Seconds", "1:30", 90.0),
        ("Seconds", "90:00", 5400.0),
        ("Seconds", "1:02:03.5", 3723.5),
        ("Seconds", 1.5, 1.5),
        ("Day", "2026-02-28", date(2026, 2, 28)),
        ("Day", date(2026, 2, 28), date(2026, 2, 28)),
        ("FeedItems", "all", "all"),
        ("FeedItems", "300", 300),
        ("FeedItems", 1, 1),
        ("Counting", "7", 7),
        ("Slug", "a-b", "a-b"),
        ("ZoneName", "Europe/London", "Europe/London"),
        ("WebAddress", "https://example.ac.uk/a?b#c", "https://example.ac.uk/a?b#c"),
        ("WebAddress", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        (
            "WebAddress",
            "https://Müller.example/Führung?q=ü%20#ü",
            "https://xn--mller-kva.example/F%C3%BChrung?q=%C3%BC%20#%C3%BC",
        ),
        ("WebAddress", "https://a.straße:80", "https://a.xn--strae-oqa:80"),
        ("WebAddress", "http://[::1]:8000/", "http://[::1]:8000/"),
        ("BaseUrl", "https://media.example.ac.uk", "https://media.example.ac.uk"),
        ("BaseUrl", "https://example.org/a/b/", "https://example.org/a/b/"),
        ("BaseUrl", "http://127.0.0.1:65535", "http://127.0.0.1:65535"),
        ("BaseUrl", "http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("StoreAddress", ".peru-media/store", ".peru-media/store"),
        ("StoreAddress", "../my store:1", "../my store:1"),
        ("StoreAddress", "s3://bucket", "s3://bucket"),
        ("StoreAddress", "s3://a.bucket-1/media/x/", "s3://a.bucket-1/media/x/"),
        ("Language", "en-GB", "en-GB"),
        ("Language", "no", "no"),
        ("Line", "  a b  ", "a b"),
        ("Sha256", SHA, SHA),
        ("Orcid", "0000-0002-1825-009X", "0000-0002-1825-009X"),
        ("Doi", "10.5281/zenodo.1", "10.5281/zenodo.1"),
        ("Country", "GB", "GB"),
        ("ContributorId", "c-017", "c-017"),
        ("FileName", "docs/a b.pdf", "docs/a b.pdf"),
        ("FileName", "..a.pdf", "..a.pdf"),
        ("Email", "podcasts@example.ac.uk", "podcasts@example.ac.uk"),
        ("Guid", " a ", "a"),
        (
            "Uuid",
            "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            "917393e3-1b1e-5cef-ace4-edaa54e1f810",
        ),
    ],
)
def test_a_text_gets_its_meaning(kind: str, text: object, value: object) -> None:
    assert read(kind, text) == value
    assert type(read(kind, text)) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *[("Flag", text) for text in ("on", "1", "y", "")],
        *[("Seconds", t) for t in ("", "-1", "1:60", "1:60:00", "1:2:3:4", "1.2345")],
        *[("Seconds", t) for t in ("\u0661", "1e3", "9" * 400, "1:", "half past")],
        *[
            ("Day", t)
            for t in (
                "2026-2-1",
                "2026-02-30",
                "20260201",
                "0",
                "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661",
            )
        ],
        *[("FeedItems", t) for t in ("0", "ALL", "-1", "99999999", "", ["1"], 0.5)],
        *[("Slug", t) for t in ("A", "media", "", "a b")],
        *[
            ("ZoneName", t)
            for t in ("London", "../etc", "", "Europe", "\x00", "x" * 999)
        ],
        *[
            ("WebAddress", t)
            for t in ("example.org", "ftp://a", "https://", "http://a b")
        ],
        *[("WebAddress", t) for t in ("javascript:x", 'https://a"b', "https://a\n")],
        *[("WebAddress", t) for t in ("http://[::1", "https://a]b/", "https://a:b/")],
        ("WebAddress", "https://ann:secret@example.org/"),
        *[
            ("BaseUrl", f"https://{rest}")
            for rest in (
                "",
                "a:0",
                "a:65536",
                "a:x",
                "a:",
                "u@a",
                "u:p@a",
                "a?b",
                "a#b",
                "a/?b",
                "a ",
                "a b",
                "a\n",
                "[::1",
                ":80",
                "/a",
            )
        ],
        *[("BaseUrl", t) for t in ("ftp://a", "a.org", "", " https://a")],
        *[
            ("StoreAddress", t)
            for t in (
                "ftp://x",
                "s3:/x",
                "s3://",
                "s3:///x",
                "S3://bucket",
                "s3://Bucket",
                "s3://a",
                "s3://bucket//x",
                "s3://bucket/a?b",
                "s3://u:p@bucket",
                "https://bucket.s3.amazonaws.com",
                "file:///x",
            )
        ],
        *[("Language", t) for t in ("english", "e", "en_GB", "", "en-")],
        *[("Sha256", t) for t in (SHA.upper(), SHA[1:], SHA + "\n")],
        *[
            ("Orcid", t)
            for t in ("0000000218250097", "\u0660\u0660\u0660\u0660-0002-1825-0097")
        ],
        *[("Doi", t) for t in ("doi:10.5281/x", "10.5281/", "10.5281/a b")],
        *[("Country", t) for t in ("gb", "GBR", "")],
        *[("ContributorId", t) for t in ("", "Dan Smith", "a" * 41, "-a")],
        *[("FileName", t) for t in ("../a", "a/../b", "/a", "a\\b", "C:a", "//host/a")],
        *[("FileName", t) for t in ("./a", "a//b", "a/", ".", "..", "/")],
        *[("Email", t) for t in ("a", "a@b", "a b@c.d", "@c.d")],
        *[("Uuid", t) for t in ("x", "917393E3-1B1E-5CEF-ACE4-EDAA54E1F810")],
    ],
)
def test_anything_else_is_refused_with_an_advice(kind: str, text: object) -> None:
    with pytest.raises(ValidationError) as caught:
        read(kind, text)

    (details,) = caught.value.errors()
    advice = details["ctx"]["error"]
    assert isinstance(advice, AdviceError)
    assert advice.what
    assert advice.fix.endswith(".")


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(ValidationError) as caught:
        read("BaseUrl", "https://amy:secret@example.org")

    assert caught.value.errors()[0]["ctx"]["error"].subject == '"https://…@example.org"'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Counting", "0"),
        ("Counting", "1000001"),
        ("Counting", "one"),
        ("Guid", "  "),
        ("Guid", "x" * 256),
        ("Line", "   "),
        ("Short", "x" * 129),
        ("FileName", ""),
        ("FileName", "x" * 256),
    ],
)
def test_limits_of_length_and_number_hold(kind: str, text: str) -> None:
    with pytest.raises(ValidationError):
        read(kind, text)


@pytest.mark.parametrize("kind", ["Flag", "Seconds", "Day", "Line"])
def test_a_list_is_no_single_value(kind: str) -> None:
    with pytest.raises(ValidationError):
        read(kind, ["x"])


@given(st.text())
def test_no_file_name_leads_out_of_its_folder(text: str) -> None:
    try:
        name = read("FileName", text)
    except ValidationError:
        return
    parts = name.split("/")
    assert "\\" not in name
    assert not {"", ".", ".."} & set(parts)


def test_the_names_of_the_module_are_sorted() -> None:
    assert scalars.__all__ == sorted(scalars.__all__)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", '"a b"'),
        ("a\n  b\t", '"a b"'),
        ("a\x1b[31m\u202e", '"a\ufffd[31m\ufffd"'),
        ("x" * 60, '"' + "x" * 60 + '"'),
        ("x" * 61, '"' + "x" * 59 + '…"'),
    ],
)
def test_a_quoted_text_is_printable_and_short(text: str, shown: str) -> None:
    assert quoted(text) == shown


def test_an_advice_is_one_sentence_and_what_to_do() -> None:
    advice = AdviceError('"x"', "is not a date", "Write it like y.", kind="date")

    assert str(advice) == '"x" is not a date. Write it like y.'
    assert (advice.subject, advice.what) == ('"x"', "is not a date")
    assert isinstance(advice, ValueError)
