import pytest

from peru_media.model.contents import cover_of, media_of, medium_of, transcript_of
from peru_media.model.facts import FileFacts, FileKind
from tests.factories import make_episode, make_facts

_FOLDER = "episodes/finding-my-feet/"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([], []),
        (["audio.mp3"], ["audio.mp3"]),
        (["film.mp4", "review.pdf"], ["film.mp4", "review.pdf"]),
        (["docs/review.pdf", "cover.png", "transcript.vtt", "notes.txt"], []),
    ],
)
def test_recordings_films_and_pdfs_of_the_folder_are_media(
    files: list[str], found: list[str]
) -> None:
    episode = make_episode(files=files)
    facts = {path: make_facts(path) for path in episode.files}

    assert media_of(episode, facts) == tuple(_FOLDER + name for name in found)
    assert medium_of(episode, facts) == (
        _FOLDER + found[0] if len(found) == 1 else None
    )


def test_content_tells_what_a_medium_is_before_its_name_does() -> None:
    episode = make_episode(files=["film.txt", "text.mp3"])
    facts = {
        f"{_FOLDER}film.txt": make_facts("film.mp4"),
        f"{_FOLDER}text.mp3": make_facts("text.txt"),
    }

    assert media_of(episode, facts) == (f"{_FOLDER}film.txt",)


def test_what_has_but_the_name_of_a_medium_is_found_where_nothing_else_is() -> None:
    episode = make_episode(files=["audio.mp3", "notes.txt"])
    facts = {f"{_FOLDER}audio.mp3": make_facts("a.html")}

    assert media_of(episode, facts) == (f"{_FOLDER}audio.mp3",)


@pytest.mark.parametrize(
    "facts", [None, make_facts("a.mp3", kind=FileKind.OTHER, fault="It is broken.")]
)
def test_a_medium_that_nobody_could_read_is_known_by_its_name(
    facts: FileFacts | None,
) -> None:
    episode = make_episode(files=["audio.MP3"])
    path = f"{_FOLDER}audio.MP3"

    assert media_of(episode, {path: facts} if facts else {}) == (path,)


def test_a_document_is_no_medium() -> None:
    episode = make_episode(
        files=["audio.mp3", "review.pdf"],
        documents=[{"file": "review.pdf", "title": "A review"}],
    )

    assert media_of(episode, {}) == (f"{_FOLDER}audio.mp3",)


def test_a_named_medium_is_chosen_even_where_it_is_missing() -> None:
    episode = make_episode(files=["a.mp3", "b.mp3"], media="c.mp3")

    assert medium_of(episode, {}) == f"{_FOLDER}c.mp3"


@pytest.mark.parametrize(
    ("files", "named", "chosen"),
    [
        ([], None, None),
        (["words.vtt"], None, None),
        (
            ["transcript.txt", "transcript.srt", "transcript.vtt"],
            None,
            "transcript.vtt",
        ),
        (["transcript.txt", "transcript.srt"], None, "transcript.srt"),
        (["transcript.vtt", "words.vtt"], "words.vtt", "words.vtt"),
    ],
)
def test_the_transcript_is_the_named_one_or_the_best_there(
    files: list[str], named: str | None, chosen: str | None
) -> None:
    episode = make_episode(files=files, transcript=named)

    assert transcript_of(episode) == (chosen and _FOLDER + chosen)


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (["picture.jpg"], None),
        (["cover.png"], "cover.png"),
        (["cover.png", "cover.jpg"], "cover.jpg"),
        (["docs/cover.jpg"], None),
    ],
)
def test_the_cover_is_known_by_its_name(files: list[str], chosen: str | None) -> None:
    assert cover_of(make_episode(files=files)) == (chosen and _FOLDER + chosen)
