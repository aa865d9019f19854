"""The process in which a model writes down what is said: the door to faster-whisper.

Started as ``python -I -m peru_media.media.recogniser ORDER``, where the order is a
JSON object: ``model`` and ``samples`` are paths, ``language`` a code of two or three
letters, ``threads`` a number. It answers in lines: ``+`` and a JSON object for each
stretch (``at``, how far it has come in seconds, and its ``words``), then ``.``; or
``-`` and a sentence in JSON.

It has no network and starts no program, so that no model can fetch anything.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from peru_media.errors import SettingsError
from peru_media.media.limits import confine
from peru_media.media.sampling import RATE

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Segment

__all__ = ["main", "serve"]

_LONGEST = 200
_FULL_SCALE = 32_768.0
Order = dict[str, Any]


def main() -> None:
    """Give up every power that is not needed, then do what was ordered."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    confine(memory=None)
    serve(json.loads(sys.argv[1]), out)


def serve(order: Order, out: BinaryIO) -> None:
    """Write down what is said, stretch by stretch; what stops it is a sentence."""
    try:
        out.writelines(map(_line, _heard(order)))
        out.write(b".\n")
    except SettingsError as error:
        out.write(_refusal(str(error)))
    except MemoryError:
        out.write(_refusal("It asks for more memory than there is: use a smaller one."))
    except BrokenPipeError:
        return  # whoever wanted to know has gone
    except Exception as error:  # noqa: BLE001  # engines raise anything on damaged models
        out.write(_refusal(f"It cannot be run ({_words_of(error)})."))


def _line(stretch: dict[str, object]) -> bytes:
    return b"+" + json.dumps(stretch).encode() + b"\n"


def _refusal(sentence: str) -> bytes:
    return b"-" + json.dumps(sentence).encode() + b"\n"


def _words_of(error: Exception) -> str:
    line = " ".join(str(error).split())[:_LONGEST]
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
    return shown.rstrip(".") or type(error).__name__


def _heard(order: Order) -> Iterator[dict[str, object]]:
    import ctranslate2  # noqa: PLC0415  # of the extra, and slow
    import numpy as np  # noqa: PLC0415  # of the extra, and slow
    from faster_whisper import WhisperModel  # noqa: PLC0415  # of the extra, and slow

    ctranslate2.set_random_seed(0)  # the same recording gives the same words
    model = WhisperModel(
        str(Path(order["model"])),
        device="cpu",
        compute_type="auto",
        cpu_threads=order["threads"],
        local_files_only=True,
    )
    language = _language(model, order["language"])
    samples = np.fromfile(order["samples"], np.int16)
    sound = samples.astype(np.float32) / _FULL_SCALE
    segments, _ = model.transcribe(
        sound,
        language=language,
        vad_filter=True,
        word_timestamps=True,
        condition_on_previous_text=False,
    )
    seconds = len(samples) / RATE
    for segment in segments:
        yield {"at": segment.end, "words": list(_words(segment, seconds))}


def _language(model: "WhisperModel", wanted: str) -> str:
    known = model.supported_languages
    if wanted in known:
        return wanted
    alone = ", but English alone" if known == ["en"] else ""
    msg = f'It does not know the language "{wanted}"{alone}: use another one.'
    raise SettingsError(msg)


def _words(segment: "Segment", seconds: float) -> Iterator[tuple[float, float, str]]:
    """Start, end and text of each word, none beyond the end of the recording."""
    for word in segment.words or ():
        yield min(float(word.start), seconds), min(float(word.end), seconds), word.word


if __name__ == "__main__":
    main()
