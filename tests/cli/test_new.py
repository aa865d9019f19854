from pathlib import Path

import pytest

from peru_media.model.address import slug_from
from peru_media.model.site import Site
from peru_media.reading import read_site
from peru_media.reading.composing import scalar
from tests.cli.calls import at_terminal, edit
from tests.cli.conftest import Call
from tests.media.recordings import recording as sounding
from tests.projects import SHOW, tone, write

NASTY = "a $(touch X) \"; id \\ 'é' — 🎧 # no: yes"
CONSENT = """\
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-03-31
expires: 2030-03-31
"""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "Recording FINAL.wav"
    path.write_bytes(tone(300))
    return path


def _read(project: Path) -> Site:
    site, problems = read_site(project)
    assert problems == ()
    assert site is not None
    return site


def test_a_recording_becomes_an_episode(
    call: Call, project: Path, recording: Path
) -> None:
    called = call("new", "--title", "Finding my feet", "--audio", str(recording))

    assert called.code == 0, called.err
    assert called.out.splitlines() == [
        "Created episodes/finding-my-feet/episode.md",
        "Next: add transcript.vtt (needed before publishing), then  make check",
    ]
    folder = project / "episodes/finding-my-feet"
    assert (folder / "audio.mp3").read_bytes() == recording.read_bytes()
    episode = next(e for e in _read(project).episodes if e.slug == "finding-my-feet")
    assert episode.value.show == ("stories",)
    assert episode.value.number == 3
    assert episode.value.publish == "draft"
    assert episode.value.guid is not None
    assert len(episode.value.guid) == 36
    assert list((project / ".peru-media").glob("new-*")) == []


def test_a_recording_that_is_encoded_will_be_levelled(
    call: Call, project: Path, tmp_path: Path
) -> None:
    show = project / "feeds/stories/show.md"
    edit(show, "title: Stories\n", "title: Stories\ndefaults: {loudness: -19}\n")
    master = sounding(tmp_path / "a.wav", gain=-10)

    called = call("new", "--title", "Quiet", "--audio", str(master))

    assert " LUFS (target -19; I will level the published copy)" in called.err
    assert (project / "episodes/quiet/audio.wav").is_file()


def test_a_finished_recording_is_only_measured(
    call: Call, project: Path, tmp_path: Path
) -> None:
    finished = sounding(tmp_path / "a.mp3", gain=-10)
    silent = sounding(tmp_path / "b.mp3", then=",volume=0")

    told = call("new", "--title", "Done", "--audio", str(finished)).err
    nothing = call("new", "--title", "Mute", "--audio", str(silent)).err

    assert " LUFS (target -16)\n" in told
    assert "LUFS" not in nothing
    assert (project / "episodes/mute/audio.mp3").is_file()


def test_any_title_is_kept_sign_for_sign(call: Call, project: Path) -> None:
    called = call("new", "--title", NASTY, "--slug", "nasty", "--json")

    assert called.json["episode"] == "episodes/nasty/episode.md"
    titles = {e.slug: e.value.title for e in _read(project).episodes}
    assert titles["nasty"] == NASTY


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "no",
        "1:30",
        "# no",
        "a: b",
        'say "hi"',
        "back\\slash",
        "\x07",
        "é—",
        "-",
    ],
)
def test_a_scalar_reads_back_as_it_was(call: Call, project: Path, text: str) -> None:
    call("new", "--title", "x", "--slug", "odd")
    page = project / "episodes/odd/episode.md"
    fresh = page.read_text().replace(
        "title: x", f"content_note: {scalar(text)}\ntitle: x"
    )
    page.write_text(fresh)

    notes = {e.slug: e.value.content_note for e in read_site(project)[0].episodes}  # type: ignore[union-attr]  # it was read before
    assert notes.get("odd", text) == text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Finding my feet", "finding-my-feet"),
        ("Café, à la carte!", "cafe-a-la-carte"),
        ("Don't", "dont"),
        ("x" * 100, "x" * 80),
        ("日本", ""),
    ],
)
def test_a_title_gives_a_name(title: str, slug: str) -> None:
    assert slug_from(title) == slug


def test_two_episodes_never_share_a_guid(call: Call) -> None:
    first = call("new", "--title", "One", "--json").json
    second = call("new", "--title", "Two", "--json").json

    assert first["guid"] != second["guid"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--title", "Story 1"], 'There is an episode "story-1" already'),
        (["--title", "日本"], '"日本" cannot be the name of a folder'),
        (["--title", "日本"], "(make new SLUG=a-short-name)"),
        (["--title", "media"], "cannot be the name of a folder"),
        (["--title", "x", "--show", "other"], "There are: stories."),
        (["--title", "x", "--contributor", "c-9"], "There are: none yet."),
        (["--title", "x", "--number", "0"], "is no number from 1 up"),
        (["--title", "x", "--publish", "soon"], "is not a date"),
        (["--title", "x", "--publish", "2027-03-28 01:30"], "clocks go forward"),
        ([], "say --title"),
    ],
)
def test_what_cannot_be_is_said_at_once(
    call: Call, project: Path, words: list[str], sentence: str
) -> None:
    before = sorted(project.rglob("*.md"))

    called = call("new", *words)

    assert called.code == 2
    assert sentence in called.err
    assert sorted(project.rglob("*.md")) == before


def test_an_existing_folder_is_left_alone(call: Call, project: Path) -> None:
    write(project, {"episodes/old/notes.txt": "precious"})

    called = call("new", "--title", "Old")

    assert called.code == 2
    assert [p.name for p in (project / "episodes/old").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"nothing to hear", "It is no recording, film or PDF"),
        (tone(300)[:0], "empty"),
        (b"ID3\x04\0\0\0\0\0\x0a" + bytes(500), "broken.mp3: No sound was found"),
    ],
)
def test_a_file_that_is_no_recording_is_3_with_a_sentence(
    call: Call, project: Path, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "broken.mp3").write_bytes(content)

    called = call("new", "--title", "x", "--audio", str(tmp_path / "broken.mp3"))

    assert called.code == 3
    assert sentence in called.err
    assert not (project / "episodes/x").exists()


def test_without_a_site_there_is_nothing_to_begin(call: Call, project: Path) -> None:
    (project / "feeds/site.yaml").unlink()

    called = call("new", "--title", "x")

    assert called.code == 3
    assert "E100" in called.err


def test_options_say_everything(call: Call, project: Path) -> None:
    write(project, {"feeds/contributors/c-017.yaml": CONSENT})
    words = ["--title", "x", "--show", "stories", "--number", "none"]
    words += ["--publish", "2026-12-01 09:00", "--contributor", "c-017"]

    called = call("new", *words)

    assert "Dan (pseudonym) - podcast, website, transcript" in called.err
    assert "valid to 2030-03-31" in called.err
    assert "Tue 01 Dec 2026 09:00 Europe/London" in called.err
    episode = next(e for e in _read(project).episodes if e.slug == "x")
    assert episode.value.number is None
    assert episode.value.publish == "2026-12-01 09:00"
    assert episode.value.people[0].contributor == "c-017"


def test_tags_can_give_the_title(call: Call, project: Path) -> None:
    own = Path(__file__).parents[2] / "episodes/homelessness/audio.mp3"

    called = call("new", "--audio", str(own), "--from-tags", "--number", "40")

    assert called.code == 0, called.err
    episode = next(e for e in _read(project).episodes if e.value.number == 40)
    assert episode.value.title == "Stand-in: homelessness"


def test_a_document_needs_no_transcript(call: Call, project: Path) -> None:
    own = Path(__file__).parents[2] / "episodes/rapid-evidence-assessment/review.pdf"

    called = call("new", "--title", "A review", "--audio", str(own))

    assert called.out.endswith("Next: make check\n")
    assert (project / "episodes/a-review/document.pdf").exists()


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("expires: 2030-03-31", "withdrawn: 2026-05-01", "(c-017) is withdrawn."),
        ("2030-03-31", "2026-04-30", "(c-017) ended on 2026-04-30."),
        ("2030-03-31", "2026-04-30\non_expiry: stop-new", "ended on 2026-04-30."),
    ],
)
def test_nothing_new_begins_with_a_consent_that_is_over(
    call: Call, project: Path, written: str, instead: str, said: str
) -> None:
    record = CONSENT.replace(written, instead)
    write(project, {"feeds/contributors/c-017.yaml": record})

    called = call("new", "--title", "My words", "--contributor", "c-017")

    assert called.code == 7
    assert said in called.err
    assert not (project / "episodes/my-words").exists()


def test_who_agreed_for_ever_can_be_in_something_new(call: Call, project: Path) -> None:
    record = CONSENT.replace("2030-03-31", "2026-04-30\non_expiry: keep")
    write(project, {"feeds/contributors/c-017.yaml": record})

    assert call("new", "--title", "My words", "--contributor", "c-017").code == 0


def test_at_a_terminal_it_asks_for_what_was_not_said(
    project: Path, recording: Path
) -> None:
    other = SHOW.format(guid="917393e3-1b1e-5cef-ace4-edaa54e1f810")
    write(project, {"feeds/other/show.md": other})
    write(project, {"feeds/contributors/c-017.yaml": CONSENT})
    typed = f"other\n{recording}\nMy words\nc-017\n\n2026-12-01\n"

    code, screen = at_terminal(["new"], typed=typed, cwd=project)

    assert code == 0, screen
    assert "Created episodes/my-words/episode.md" in screen
    episode = next(e for e in _read(project).episodes if e.slug == "my-words")
    assert episode.value.show == ("other",)
    assert episode.value.publish == "2026-12-01"


def test_at_a_terminal_enter_is_an_answer_too(project: Path) -> None:
    code, screen = at_terminal(["new"], typed="\nMy words\n\n\n", cwd=project)

    assert code == 0, screen
    assert "put the recording and transcript.vtt into the folder" in screen


def test_at_a_terminal_a_wrong_answer_can_be_given_again(
    project: Path, recording: Path
) -> None:
    write(project, {"feeds/contributors/c-017.yaml": CONSENT})
    over = CONSENT.replace("c-017", "c-018").replace("2030", "2026")
    write(project, {"feeds/contributors/c-018.yaml": over})
    people = "c-9\nc-018\nc-017\n"
    typed = f"nowhere.mp3\n{recording}\nMy words\n{people}\nsoon\nnow\n"

    code, screen = at_terminal(["new"], typed=typed, cwd=project)

    assert code == 0, screen
    assert "There is no file nowhere.mp3: try again." in screen
    assert 'there is no "c-9". There are: c-017, c-018. Try again.' in screen
    assert "(c-018) ended on 2026-03-31. Try again." in screen
    assert "is not a date" in screen
    episode = next(e for e in _read(project).episodes if e.slug == "my-words")
    assert episode.value.publish == "now"
    assert episode.value.people[0].contributor == "c-017"
