"""Have a local model write down what is said in a recording, out of harm's way."""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from peru_media.errors import SettingsError
from peru_media.media.making import Job, make
from peru_media.media.pool import Pool
from peru_media.media.sampling import RATE, WIDTH
from peru_media.model.speech import SpokenWord
from peru_media.ports import Progress

__all__ = ["LocalTranscriber"]

_PARTS = ("model.bin", "config.json", "tokenizer.json")
_WORDS = ("vocabulary.json", "vocabulary.txt")
_OTHERS = ("model.safetensors", "pytorch_model.bin")
_CALLED = {"fil": "tl", "jv": "jw", "nb": "no"}  # Whisper's own names
_ALLOWED, _A_TWENTIETH = 60, 20
_LONGEST_SILENCE = 1800.0
_BLOCK = 1 << 16
_SILENT = "It said nothing for too long: use a smaller one."
# Whatever a library would like to ask or to tell, it has nobody to talk to.
_OFFLINE = {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
}


class LocalTranscriber:
    """Writes down what is said, by a model that lies in a folder of this machine.

    A limited child decodes the recording to bare samples, and a process of its
    own, without network, gives them to the model.

    Args:
        model: the folder, in the form that faster-whisper reads (CTranslate2).
        work: a folder for what is needed on the way.
        threads: how many processors the model may use.
        longest_silence: seconds for which the model may say nothing.

    Raises:
        SettingsError: faster-whisper is not installed, or that is no such folder.
    """

    def __init__(
        self,
        *,
        model: Path,
        work: Path,
        threads: int,
        longest_silence: float = _LONGEST_SILENCE,
    ) -> None:
        _expect_engine()
        _expect_model(model)
        self._model = model.absolute()
        self._work = work
        self._threads = threads
        self._longest_silence = longest_silence

    def words(
        self, recording: Path, *, seconds: float, language: str, progress: Progress
    ) -> tuple[SpokenWord, ...]:
        """Write down every word of a recording, with its time.

        Args:
            recording: the file.
            seconds: how long it lasts.
            language: what is spoken in it, such as ``en`` or ``en-GB``.
            progress: hears of the phase ``decoding``, in bytes of the file, and
                of ``words``, in seconds of sound.

        Raises:
            MediaError: nothing in it can be decoded.
            SettingsError: the model cannot be run, or lacks the language.
        """
        self._work.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="words-", dir=self._work) as folder:
            samples = Path(folder) / "samples"
            _decode(recording, samples, seconds=seconds, progress=progress)
            order = {
                "model": str(self._model),
                "samples": str(samples),
                "language": _code(language),
                "threads": self._threads,
            }
            total = samples.stat().st_size // WIDTH // RATE
            with _phase(progress, "words", total, "s"), _running(order) as process:
                return tuple(self._followed(process, progress, total))

    def _followed(
        self, process: subprocess.Popen[bytes], progress: Progress, total: int
    ) -> Iterator[SpokenWord]:
        """The words as they come, and how far the model is in the recording."""
        done = 0
        for line in self._lines(process):
            if line.startswith(b"."):
                progress.advance("words", total - done)
                return
            answer = json.loads(line[1:])
            if line.startswith(b"-"):
                raise self._refused(answer)
            come = min(int(answer["at"]), total)
            progress.advance("words", come - done)
            done = come
            for start, end, text in answer["words"]:
                yield SpokenWord(start=start, end=end, text=text)
        raise self._refused(_end_of(process))

    def _lines(self, process: subprocess.Popen[bytes]) -> Iterator[bytes]:
        """Whole lines that it writes, until it ends or falls silent."""
        pipe: IO[bytes] | None = process.stdout
        assert pipe is not None  # noqa: S101  # it was opened so
        heard = b""
        while select.select([pipe], [], [], self._longest_silence)[0]:
            data = os.read(pipe.fileno(), _BLOCK)
            if not data:
                return
            *lines, heard = (heard + data).split(b"\n")
            yield from lines
        raise self._refused(_SILENT)

    def _refused(self, sentence: str) -> SettingsError:
        return SettingsError(f"The model {self._model}: {sentence}")


def _expect_engine() -> None:
    if find_spec("faster_whisper") is None:
        msg = (
            "Transcribing needs faster-whisper, which is not installed: "
            "pip install 'peru-media[transcribe]'; "
            "in the project's own folder make transcribe installs it"
        )
        raise SettingsError(msg)


def _expect_model(model: Path) -> None:
    """See that a folder holds a whole model, and say what else it may be.

    Raises:
        SettingsError: it does not.
    """
    if not model.is_dir():
        what = "is a file" if model.exists() else "is not there"
        raise _no_model(model, f"{what}: name the folder that holds model.bin")
    missing = [name for name in _PARTS if not (model / name).is_file()]
    if not any((model / name).is_file() for name in _WORDS):
        missing.append(_WORDS[0])
    if not missing:
        return
    fault = f"has no {', '.join(missing)}, so it is no model for faster-whisper"
    if any((model / name).is_file() for name in _OTHERS):
        fault += ": it is one for transformers, and ct2-transformers-converter turns it"
    raise _no_model(model, fault)


def _no_model(model: Path, fault: str) -> SettingsError:
    return SettingsError(
        f"The model {model} {fault}; docs/words.md tells how to come by one"
    )


def _code(language: str) -> str:
    """The language alone, as models call it: ``en`` of ``en-GB``."""
    code = language.partition("-")[0].lower()
    return _CALLED.get(code, code)


def _decode(
    recording: Path, samples: Path, *, seconds: float, progress: Progress
) -> None:
    """Have a limited child write the samples.

    Raises:
        MediaError: it cannot.
    """
    size = recording.stat().st_size
    request = {
        "verb": "samples",
        "path": str(recording.absolute()),
        "allowance": _ALLOWED + round(seconds) // _A_TWENTIETH,
    }
    job = Job(request=request, source=str(recording), out=samples)
    with _phase(progress, "decoding", size, "B"), Pool(workers=1) as pool:
        make(pool, [job], advance=partial(_all_at_once, progress, size))


def _all_at_once(progress: Progress, size: int, files: int) -> None:
    progress.advance("decoding", size * files)


@contextmanager
def _phase(progress: Progress, name: str, total: int, unit: str) -> Iterator[None]:
    progress.start(name, total, unit)
    try:
        yield
    finally:
        progress.finish(name)


@contextmanager
def _running(order: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """The model at work; it never outlives the block."""
    command = [sys.executable, "-I", "-m", "peru_media.media.recogniser"]
    with subprocess.Popen(  # noqa: S603  # our own module
        [*command, json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_OFFLINE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _end_of(process: subprocess.Popen[bytes]) -> str:
    """Why it ended without a word: mostly for want of memory."""
    code = process.wait()
    return (
        f"It broke down (exit code {code}), perhaps for want of memory: "
        "use a smaller one, or a whole one."
    )
