"""A machine drafts a transcript, and everybody is told so until a person signs it."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND, at_terminal, edit
from tests.cli.conftest import Call
from tests.projects import tone, write
from tests.spoken import SPEECH
from tests.whisper_model import SAID, write_model

STORY = "episodes/story-1"
SIGNED = (
    "transcript: {file: transcript.vtt, made_by: machine-edited, checked: 2026-11-23}"
)
DRAFTED = "transcript: {file: transcript.vtt, made_by: machine}"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_model(tmp_path_factory.mktemp("models") / "model"))


@pytest.fixture
def folder(project: Path) -> Path:
    """An episode in which somebody speaks, without a transcript."""
    folder = project / STORY
    (folder / "audio.mp3").write_bytes(SPEECH.read_bytes())
    (folder / "transcript.vtt").unlink()
    return folder


def told(call: Call) -> set[str]:
    problems = call("check", "story-1", "--json").json["problems"]
    return {problem["code"] for problem in problems}


def page_of(project: Path, call: Call) -> str:
    out = project / "built"
    assert call("build", "--out", str(out), "--clean").code == 0
    return (out / "stories/story-1/index.html").read_text()


def test_a_draft_is_a_machines_until_a_person_signs_it(
    project: Path, folder: Path, call: Call, model: str
) -> None:
    before = (folder / "episode.md").read_text()
    assert "E201" in told(call)

    drafted = call("transcribe", "story-1", "--model", model)

    assert drafted.code == 0, drafted.err
    assert f"Drafted {STORY}/transcript.vtt: " in drafted.out
    assert "checked: DAY" in drafted.out
    words = (folder / "transcript.vtt").read_text()
    assert words.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n" + SAID[0][1])
    assert "<v" not in words
    after = (folder / "episode.md").read_text()
    assert after == before.replace("role: host\n", f"role: host\n{DRAFTED}\n")
    assert {"W204"} == told(call) & {"E201", "W204"}

    published = call("publish", "--target", "local", "--yes", "--json")
    assert published.json["release"] == 1, published.err
    assert "W204" in told(call)
    page = page_of(project, call)
    assert "A machine wrote this transcript, and nobody has checked it yet." in page
    assert SAID[0][1] in page

    edit(folder / "episode.md", DRAFTED, SIGNED)
    assert "W204" not in told(call)
    page = page_of(project, call)
    assert "A machine wrote this transcript, and a person checked it." in page
    assert "nobody has checked" not in page


def test_the_environment_may_name_the_model(
    folder: Path, call: Call, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(Path(model).parent))
    monkeypatch.setenv("PERU_MEDIA_MODEL", "~/model")

    answer = call("transcribe", "story-1", "--json").json

    words = (folder / "transcript.vtt").read_text().split("\n\n")
    assert answer == {
        "schema": "peru-media/transcribe/1",
        "transcript": f"{STORY}/transcript.vtt",
        "episode": f"{STORY}/episode.md",
        "made_by": "machine",
        "language": "en-GB",
        "words": sum(len(block.split()) - 3 for block in words[1:]),
        "cues": len(words) - 1,
    }


def test_without_a_model_it_says_where_to_name_one(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PERU_MEDIA_MODEL", raising=False)

    called = call("transcribe", "story-1")

    assert called.code == 4
    assert "--model PATH (make transcribe MODEL=PATH)" in called.err
    assert not (folder / "transcript.vtt").exists()


def test_another_language_can_be_said(folder: Path, call: Call, model: str) -> None:
    edit(folder / "episode.md", "publish:", "language: cy\npublish:")

    called = call("transcribe", "story-1", "--model", model)
    english = call("transcribe", "story-1", "--model", model, "--language", "en")

    assert called.code == 4
    assert 'does not know the language "cy"' in called.err
    assert english.code == 0


def test_a_draft_is_replaced_only_where_that_is_said(
    project: Path, folder: Path, call: Call, model: str
) -> None:
    call("transcribe", "story-1", "--model", model)
    edit(folder / "transcript.vtt", SAID[0][1], "Something else.")
    mended = (folder / "transcript.vtt").read_text()

    again = call("transcribe", "story-1", "--model", model)
    left = (folder / "transcript.vtt").read_text()
    replaced = call("transcribe", "story-1", "--model", model, "--replace")

    assert again.code == 2
    assert "is there already, and is left alone: say --replace" in again.err
    assert left == mended
    assert replaced.code == 0
    kept = project / ".peru-media/replaced/story-1-1.vtt"
    assert f"The old one is kept as {kept}" in replaced.err
    assert kept.read_text() == mended
    assert "Something else" not in (folder / "transcript.vtt").read_text()


@pytest.mark.parametrize(
    "said",
    ["", "transcript: transcript.vtt\n", f"{SIGNED}\n"],
)
def test_what_a_person_made_or_checked_is_asked_about_twice(
    project: Path, folder: Path, call: Call, model: str, said: str
) -> None:
    edit(folder / "episode.md", "people:", f"{said}people:")
    words = "WEBVTT\n\n00:00.000 --> 00:01.000\nA person typed this.\n"
    (folder / "transcript.vtt").write_text(words)
    begin = ("transcribe", "story-1", "--model", model)

    refused = call(*begin, "--replace")
    left = (folder / "transcript.vtt").read_text()
    agreed = call(*begin, "--replace", "--yes")

    assert refused.code == 2
    assert "made or checked by a person: say --replace --yes" in refused.err
    assert left == words
    assert agreed.code == 0
    assert "W204" in told(call)
    assert (project / ".peru-media/replaced/story-1-1.vtt").read_text() == words


def test_a_person_at_the_terminal_may_say_no(
    project: Path, folder: Path, model: str
) -> None:
    (folder / "transcript.vtt").write_text("WEBVTT\n")

    code, screen = at_terminal(
        ["transcribe", "story-1", "--model", model, "--replace"],
        typed="n\n",
        cwd=project,
    )

    assert code == 130
    assert "Replace it by a draft? [y/N]" in screen
    assert (folder / "transcript.vtt").read_text() == "WEBVTT\n"


def test_a_terminal_shows_how_far_it_is(
    project: Path, folder: Path, model: str
) -> None:
    code, screen = at_terminal(
        ["transcribe", "story-1", "--model", model], typed="", cwd=project
    )

    assert code == 0
    assert "decoding" in screen
    assert "words" in screen
    assert (folder / "transcript.vtt").exists()


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({}, f"{STORY}/ has no recording, or several: say which under media:"),
        ({"a.mp3": tone(300), "b.mp3": tone(400)}, "no recording, or several"),
        ({"audio.mp3": tone(300)}, "audio.mp3: no words were heard in it, so nothing"),
        ({"audio.mp3": b"ID3 nothing"}, f"{STORY}/audio.mp3: "),
    ],
)
def test_without_anything_to_hear_nothing_is_written(
    folder: Path, call: Call, model: str, files: dict[str, bytes], fault: str
) -> None:
    before = (folder / "episode.md").read_bytes()
    (folder / "audio.mp3").unlink()
    write(folder, files)

    called = call("transcribe", "story-1", "--model", model)

    assert called.code == 3
    assert fault in called.err
    assert not (folder / "transcript.vtt").exists()
    assert (folder / "episode.md").read_bytes() == before


def test_a_document_has_nothing_to_be_heard(
    folder: Path, call: Call, model: str
) -> None:
    from tests.media.samples import pdf  # noqa: PLC0415  # for this case alone

    (folder / "audio.mp3").unlink()
    pdf(folder / "review.pdf")

    called = call("transcribe", "story-1", "--model", model)

    assert called.code == 3
    assert "review.pdf: There is no sound in it to be written down." in called.err


def test_a_recording_that_is_kept_elsewhere_is_named(
    folder: Path, call: Call, model: str
) -> None:
    edit(folder / "episode.md", "people:", "media: {file: master.wav}\npeople:")

    called = call("transcribe", "story-1", "--model", model)

    assert called.code == 3
    assert f"{STORY}/master.wav: It cannot be read (No such file" in called.err


def test_episodes_that_are_not_there_or_not_whole_are_told_apart(
    folder: Path, call: Call, model: str
) -> None:
    nobody = call("transcribe", "story-9")
    edit(folder / "episode.md", "title: Story 1", "titel: Story 1")
    broken = call("transcribe", "story-1", "--model", model)

    assert nobody.code == 2
    assert 'There is no episode "story-9". There are: story-1, story-2.' in nobody.err
    assert broken.code == 3
    assert 'Did you mean "title"?' in broken.err


def test_without_a_site_its_problems_are_told(
    project: Path, call: Call, model: str
) -> None:
    (project / "feeds/site.yaml").write_text("timezone: Nowhere/At-all\n")

    called = call("transcribe", "story-1", "--model", model)

    assert called.code == 3
    assert "feeds/site.yaml" in called.err


def test_interrupted_it_leaves_nothing_half_written(
    project: Path, folder: Path, model: str
) -> None:
    before = (folder / "episode.md").read_bytes()
    (folder / "audio.mp3").write_bytes(10 * SPEECH.read_bytes())
    work = project / ".peru-media"
    with subprocess.Popen(
        [*COMMAND, "transcribe", "story-1", "--model", model],
        cwd=project,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until = time.monotonic() + 60
        while not list(work.glob("words-*/samples")) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert "Stopped. Nothing was changed." in err
    assert not (folder / "transcript.vtt").exists()
    assert (folder / "episode.md").read_bytes() == before
    assert not list(work.glob("words-*"))
    assert _listeners(model) == []


def _listeners(model: str) -> list[str]:
    """Processes that still hold a model."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().decode(errors="replace")
        except OSError:  # it has ended by now
            continue
        if "recogniser" in words and model in words:
            found.append(words)
    return found


def test_words_that_come_meanwhile_are_left_alone(
    project: Path, folder: Path, model: str
) -> None:
    (folder / "audio.mp3").write_bytes(4 * SPEECH.read_bytes())
    with subprocess.Popen(
        [*COMMAND, "transcribe", "story-1", "--model", model],
        cwd=project,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until = time.monotonic() + 60
        work = project / ".peru-media"
        while not list(work.glob("words-*")) and time.monotonic() < until:
            time.sleep(0.01)
        (folder / "transcript.vtt").write_text("WEBVTT\n")
        _, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "changed while the model listened, and is left alone" in err
    assert (folder / "transcript.vtt").read_text() == "WEBVTT\n"
