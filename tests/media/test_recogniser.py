"""The real engine runs a model, and whatever stops it becomes a sentence."""

import json
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from peru_media.media.recogniser import serve
from peru_media.media.sampling import write_samples
from tests.spoken import SPEECH
from tests.whisper_model import SAID, write_model


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a model is to do: hear half a minute of speech."""
    folder = tmp_path_factory.mktemp("heard")
    write_samples(SPEECH, folder / "samples")
    return {
        "model": str(write_model(folder / "model")),
        "samples": str(folder / "samples"),
        "language": "en",
        "threads": 1,
    }


def answers(order: dict[str, Any]) -> list[bytes]:
    out = BytesIO()
    serve(order, out)
    return out.getvalue().splitlines()


def test_a_model_says_what_it_says_with_the_time_of_each_word(
    order: dict[str, Any], record_property: Any
) -> None:
    *lines, last = answers(order)

    assert last == b"."
    stretches = [json.loads(line[1:]) for line in lines]
    texts = ["".join(word[2] for word in one["words"]).strip() for one in stretches]
    assert texts[:2] == [text for _, text, _ in SAID]
    assert set(texts) == set(texts[:2])
    for (start, _, end), one in zip(SAID, stretches[:2], strict=True):
        assert one["words"][0][0] == start
        assert start < one["at"] <= end
        assert all(begin <= after for begin, after, _ in one["words"])
    engine = f"{version('faster-whisper')}, CTranslate2 {version('ctranslate2')}"
    record_property("part", f"faster-whisper {engine} with a model made by the test")


def test_no_word_lies_beyond_the_end_of_the_sound(
    order: dict[str, Any], tmp_path: Path
) -> None:
    short = tmp_path / "short"
    short.write_bytes(Path(order["samples"]).read_bytes()[: 2 * 64_000])

    *lines, _ = answers(order | {"samples": str(short)})

    words = [word for line in lines for word in json.loads(line[1:])["words"]]
    assert words
    assert max(end for _, end, _ in words) <= 4.0


def test_a_silent_recording_has_no_words(order: dict[str, Any], tmp_path: Path) -> None:
    silent = tmp_path / "silent"
    silent.write_bytes(bytes(2 * 16_000 * 5))

    assert answers(order | {"samples": str(silent)}) == [b"."]


def test_a_language_that_the_model_lacks_is_named(order: dict[str, Any]) -> None:
    [line] = answers(order | {"language": "cy"})

    assert json.loads(line[1:]) == (
        'It does not know the language "cy", but English alone: use another one.'
    )


def test_a_damaged_model_is_a_sentence(order: dict[str, Any], tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    weights = (model / "model.bin").read_bytes()
    (model / "model.bin").write_bytes(weights[:100_000])

    [line] = answers(order | {"model": str(model)})

    assert line.startswith(b'-"It cannot be run (')


class _Gone(BytesIO):
    def writelines(self, _: Any) -> None:
        raise BrokenPipeError


def test_where_nobody_listens_any_more_it_ends(order: dict[str, Any]) -> None:
    out = _Gone()

    serve(order, out)

    assert out.getvalue() == b""


class _Starving(BytesIO):
    def writelines(self, _: Any) -> None:
        raise MemoryError


def test_where_memory_runs_out_it_says_so(order: dict[str, Any]) -> None:
    out = _Starving()

    serve(order, out)

    assert b"It asks for more memory than there is" in out.getvalue()
