"""The child process that reads media files: one line in, one line out.

Started as ``python -I -m peru_media.media.worker``. A request is a line of
JSON (``verb`` and what it needs, and ``seconds`` of processor time); the answer
is a line that starts with ``+`` and a JSON object, or with ``-`` and a sentence
in JSON. The first line it writes is ``ready``.
"""

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from peru_media.errors import MediaError
from peru_media.media.limits import NO_ROOM, allow_seconds, confine
from peru_media.media.probe import facts_of, identify

__all__ = ["SPENT", "answer", "main", "serve"]

SPENT = 75
Request = dict[str, Any]
Verb = Callable[[Request], object]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_TOO_MUCH = (
    "Reading it asks for more memory than any honest file needs: export it again."
)


def main() -> None:
    """Give up every power that is not needed, then answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    confine(memory=int(sys.argv[1]))
    sys.exit(serve(sys.stdin.buffer, out))


def serve(
    requests: BinaryIO,
    out: BinaryIO,
    *,
    allow: Callable[[int], None] = allow_seconds,
) -> int:
    """Answer line by line; give the exit code.

    Where memory ran out it ends with ``SPENT``, so that a fresh child comes.
    Before each answer ``allow`` hears how many more seconds it may take.
    """
    out.write(b"ready\n")
    for line in requests:
        request = json.loads(line)
        allow(request["seconds"])
        try:
            reply = answer(request)
        except MemoryError:
            out.write(_refusal(_TOO_MUCH))
            return SPENT
        out.write(reply)
    return 0


def answer(request: Request) -> bytes:
    """Do what one request asks; what a person can put right becomes a sentence.

    Raises:
        MemoryError: it asks for too much.
    """
    try:
        value = _VERBS[request["verb"]](request)
    except MediaError as error:
        return _refusal(str(error))
    except OSError as error:
        what = NO_ROOM if error.errno in _FULL else "It cannot be read or written"
        return _refusal(f"{what} ({error.strerror}).")
    except (MemoryError, ImportError):
        raise
    except Exception:  # noqa: BLE001 - parsers raise anything on damaged files
        return _refusal("It is damaged inside: export it again.")
    return b"+" + json.dumps(value).encode() + b"\n"


def _refusal(sentence: str) -> bytes:
    return b"-" + json.dumps(sentence).encode() + b"\n"


def _facts(request: Request) -> object:
    return facts_of(Path(request["path"]))


def _identify(request: Request) -> object:
    return identify(Path(request["path"]))


def _sound(request: Request) -> object:
    from peru_media.media.hearing import hear_file  # noqa: PLC0415 - for sound alone

    return hear_file(Path(request["path"]))


def _copy(request: Request) -> object:
    from peru_media.media.copies import make_copy  # noqa: PLC0415 - for copies alone

    return make_copy(request)


def _picture(request: Request) -> object:
    from peru_media.media.copies import make_picture  # noqa: PLC0415 - for copies alone

    return make_picture(request)


def _card(request: Request) -> object:
    from peru_media.media.copies import make_card  # noqa: PLC0415 - for copies alone

    return make_card(request)


def _samples(request: Request) -> object:
    from peru_media.media.sampling import write_samples  # noqa: PLC0415 - for drafts

    return write_samples(Path(request["path"]), Path(request["out"]))


_VERBS: dict[str, Verb] = {
    "card": _card,
    "copy": _copy,
    "facts": _facts,
    "identify": _identify,
    "picture": _picture,
    "samples": _samples,
    "sound": _sound,
}

if __name__ == "__main__":
    main()
