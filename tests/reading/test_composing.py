"""A file that is written reads back as it was meant, and reads well."""

from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.site import Written
from peru_media.reading.composing import composed, scalar
from peru_media.reading.documents import read
from peru_media.reading.folders import Found

ODD = [
    "x", "a: b", "a #b", "- x", "'q'", '"q"', "yes", "~", "null", "1:30", "[x]",
    "{a: b}", "a, b", "x:", "é", "&a", "*b", "!t", "%x", "@x", "`x", "| x", "> x",
    "a\n b\n\nc", "x\u202ey", "\x85x", "\ufeffx", "a\u2028b", "a\\b", "magnet:?x=y",
    "-- x", "? x", "0", "--- x", "x --- y", "🎙", "a\tb", "#", "://", "a:b", "עברית",
]  # fmt: skip
V = TypeVar("V", ShowFile, EpisodeFile)
BODIES = ["", "Words.\n", "---\nx\n", "# Head\n\n---\n", "no end", "\n\n  lead\n"]


def _read_back(folder: Path, value: V, body: str = "") -> Written[V]:
    (folder / "file.md").write_bytes(composed(value, body))
    written = read(folder, Found("file.md", ()), model=type(value), slug="x")
    assert isinstance(written, Written), [str(problem) for problem in written]
    return written


def _composed(text: str) -> Any:
    """The value of the one field of some YAML."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    return node.value[0][1]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("inside", [False, True])
def test_a_scalar_means_its_text_to_any_yaml(text: str, *, inside: bool) -> None:
    one = scalar(text, inside=inside)
    whole = f"{{a: [{one}, b]}}" if inside else f"a: {one}"

    value = _composed(whole)
    assert (value.value[0] if inside else value).value == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_without_control_codes_comes_back(text: str) -> None:
    assert _composed(f"a: {scalar(text)}").value == text


@pytest.mark.parametrize("body", BODIES)
def test_notes_come_back_byte_for_byte(body: str, tmp_path: Path) -> None:
    written = _read_back(tmp_path, ShowFile(title="x", language="en"), body)

    assert written.body == body


@pytest.mark.parametrize("text", ODD)
def test_a_show_with_any_words_comes_back(text: str, tmp_path: Path) -> None:
    show = ShowFile(
        title=text,
        language="en",
        author=text,
        owner={"name": text, "email": "a@e.org"},
        categories=(text, "Arts"),
        funding=({"url": "https://e.org/?a=b", "text": text},),
        funder=({"name": text},),
        links={"apple": "https://e.org/"},
        people=({"name": text, "image": "people/a.png"},),
        collections=({"name": "c", "title": text, "description": f"{text}\n\nb\n"},),
        podcast={"txt": {"text": text, "purpose": "p"}, "medium": "podcast"},
        namespaces={"media": "http://search.yahoo.com/mrss/"},
        extra="<media:rating>a &amp; b</media:rating>\n<media:hash/>",
    )
    written = _read_back(tmp_path, show)

    assert written.value == show


@pytest.mark.parametrize("text", ODD)
def test_an_episode_with_any_words_comes_back(text: str, tmp_path: Path) -> None:
    episode = EpisodeFile(
        show=("stories",),
        guid=text,
        title=text,
        publish="2026-03-03 09:00",
        media={"file": "audio.mp3", "sha256": "ab" * 32},
        transcript="transcript.vtt",
        chapters=(
            {"start": 3723.5, "title": text, "url": "https://e.org/?a=b,c"},
            {"start": 0, "title": f"{text} {'long ' * 20}"},
        ),
        soundbites=({"start": 0.125, "duration": 20, "title": text},),
        location=({"name": text, "geo": "geo:53.4,-2.2"},),
        related=("one", "two"),
        cite=text,
        podcast={"alternate_enclosure": {
            "type": "audio/opus",
            "codecs": text,
            "source": ({"uri": "magnet:?xt=urn:btih:abc"}, {"uri": "https://e.org/"}),
        }},
    )  # fmt: skip
    written = _read_back(tmp_path, episode)

    assert written.value == episode


def test_what_was_said_is_written_and_what_was_not_is_left_out() -> None:
    said = ShowFile(title="Trains", language="en", explicit=False)

    assert composed(said, "Words.\n").decode() == (
        "---\ntitle: Trains\nlanguage: en\nexplicit: false\n---\nWords.\n"
    )


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"show": ("trains",)}, "show: trains"),
        ({"show": ("a", "b")}, "show:\n  - a\n  - b"),
        ({"licence": "CC-BY-4.0"}, "licence: CC-BY-4.0"),
        ({"licence": {"name": "Own", "url": "https://e.org/"}},
         "licence: {name: Own, url: https://e.org/}"),
        ({"media": "audio.mp3"}, "media: audio.mp3"),
        ({"transcript": "words.vtt"}, "transcript: words.vtt"),
        ({"chapters": ({"start": 90, "title": "On, and on"},)},
         'chapters:\n  - {start: "1:30", title: "On, and on"}'),
        ({"chapters": ({"start": 36000.25, "title": "x" * 90},)},
         f'chapters:\n  - start: "10:00:00.25"\n    title: {"x" * 90}'),
        ({"publish": "2026-03-03 09:00:05"}, "publish: 2026-03-03 09:00:05"),
        ({"title": "Why: because"}, 'title: "Why: because"'),
        ({"title": "Think Local, Act Personal"}, "title: Think Local, Act Personal"),
        ({"title": "a\nb"}, "title: |-\n  a\n  b"),
        ({"title": "a\n\tb"}, 'title: "a\\U0000000a\\U00000009b"'),
    ],
)  # fmt: skip
def test_each_field_reads_as_a_person_would_write_it(
    fields: dict[str, object], line: str
) -> None:
    value = EpisodeFile(**{"show": ("x",), "title": "y"} | fields)

    assert f"\n{line}\n" in composed(value).decode()
