"""A model of this machine writes down what is said, in a process of its own."""

import sys
from pathlib import Path
from shutil import copytree

import pytest

from peru_media.errors import MediaError, SettingsError
from peru_media.media.transcribing import LocalTranscriber
from peru_media.model.speech import SpokenWord
from tests.media import samples
from tests.spoken import SPEECH, Heard
from tests.whisper_model import SAID, write_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("models") / "test model")


def words(
    model: Path,
    work: Path,
    recording: Path = SPEECH,
    *,
    language: str = "en-GB",
    progress: Heard | None = None,
    longest_silence: float = 60.0,
) -> tuple[SpokenWord, ...]:
    transcriber = LocalTranscriber(
        model=model, work=work, threads=1, longest_silence=longest_silence
    )
    heard = progress or Heard()
    return transcriber.words(recording, seconds=40.0, language=language, progress=heard)


def test_a_recording_becomes_words_with_their_times(
    model: Path, tmp_path: Path
) -> None:
    progress = Heard()

    found = words(model, tmp_path / "work", progress=progress)

    text = "".join(word.text for word in found)
    assert text.startswith("".join(f" {said}" for _, said, _ in SAID))
    assert [word.start for word in found] == sorted(word.start for word in found)
    assert found == words(model, tmp_path / "work")
    size, seconds = SPEECH.stat().st_size, progress.totals["words"][0]
    assert progress.totals == {"decoding": (size, "B"), "words": (seconds, "s")}
    assert progress.done == {"decoding": size, "words": seconds}
    assert progress.finished == ["decoding", "words"]
    assert list((tmp_path / "work").iterdir()) == []


def test_what_cannot_be_decoded_is_named(model: Path, tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf")

    with pytest.raises(MediaError, match=r"a\.pdf: "):
        words(model, tmp_path / "work", path)
    assert list((tmp_path / "work").iterdir()) == []


def test_what_the_model_refuses_is_said_with_its_name(
    model: Path, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        words(model, tmp_path / "work", language="nb-NO")

    assert str(caught.value) == (
        f'The model {model}: It does not know the language "no", but English alone: '
        "use another one."
    )


def test_a_model_that_says_nothing_for_too_long_is_given_up(
    model: Path, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="said nothing for too long"):
        words(model, tmp_path / "work", longest_silence=0.0)
    assert list((tmp_path / "work").iterdir()) == []


class _Breaking(Heard):
    """Lets a program that ends at once run in place of the model."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._patch = patch

    def finish(self, phase: str) -> None:
        super().finish(phase)
        self._patch.setattr(sys, "executable", "/bin/false")


def test_a_model_that_breaks_down_is_told_of(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match=r"broke down \(exit code 1\)"):
        words(model, tmp_path / "work", progress=_Breaking(monkeypatch))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"model.bin": None}, "has no model.bin, so it is no model"),
        (
            {"vocabulary.json": None, "config.json": None},
            "has no config.json, vocabulary.json, so",
        ),
        (
            {"model.bin": None, "model.safetensors": b""},
            "it is one for transformers, and ct2-transformers-converter turns it",
        ),
        ({"tokenizer.json": None}, "has no tokenizer.json"),
    ],
)
def test_a_folder_that_is_no_model_is_told_from_one(
    model: Path, tmp_path: Path, change: dict[str, bytes | None], fault: str
) -> None:
    model = copytree(model, tmp_path / "model")
    for name, content in change.items():
        if content is None:
            (model / name).unlink()
        else:
            (model / name).write_bytes(content)

    with pytest.raises(SettingsError) as caught:
        LocalTranscriber(model=model, work=tmp_path, threads=1)

    assert fault in str(caught.value)


def test_other_kinds_of_vocabulary_will_do(model: Path, tmp_path: Path) -> None:
    model = copytree(model, tmp_path / "model")
    (model / "vocabulary.json").rename(model / "vocabulary.txt")

    LocalTranscriber(model=model, work=tmp_path, threads=1)


@pytest.mark.parametrize(
    ("name", "fault"), [("none", "is not there"), ("file.bin", "is a file")]
)
def test_what_is_no_folder_is_no_model(tmp_path: Path, name: str, fault: str) -> None:
    (tmp_path / "file.bin").write_bytes(b"ggml")

    with pytest.raises(SettingsError, match=f"{fault}: name the folder that holds"):
        LocalTranscriber(model=tmp_path / name, work=tmp_path, threads=1)


def test_without_its_engine_it_says_how_to_install_it(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "faster_whisper", raising=False)

    with pytest.raises(SettingsError, match=r"pip install 'peru-media\[transcribe\]'"):
        LocalTranscriber(model=model, work=tmp_path, threads=1)
