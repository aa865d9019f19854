"""Hear many recordings, each once, and remember how they sound."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import ValidationError

from peru_media.media.child import Reply, Request
from peru_media.media.remembering import Fingerprint, Memory
from peru_media.media.workforce import Hands
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.sound import SoundFacts
from peru_media.model.value import Value

__all__ = ["Heard", "Listener", "has_sound"]

_SENSELESS = "What it says of its sound makes no sense: export it again."
_ALLOWED, _A_TWENTIETH = 20, 20
_LONGEST = 24 * 3600


class Heard(Value):
    """How a recording sounds, or the sentence why nobody can hear it."""

    sound: SoundFacts | None = None
    fault: str | None = None


class Listener:
    """Has recordings decoded in children, side by side.

    Decoding may take thirty seconds and a twentieth of the recording's length.

    Args:
        pool: the children, or others who do the work.
        memory: of what was heard before.
    """

    def __init__(self, pool: Hands, memory: Memory[Heard]) -> None:
        self._pool = pool
        self._memory = memory

    def known(self, prints: Mapping[Path, Fingerprint]) -> dict[Path, Heard]:
        """What was heard before, of files that are as they were."""
        return self._memory.recall(prints)

    def hear(
        self,
        facts: Mapping[Path, FileFacts],
        prints: Mapping[Path, Fingerprint],
        *,
        began_ns: int,
        advance: Callable[[int], None],
    ) -> dict[Path, Heard]:
        """Hear recordings from end to end.

        Args:
            facts: of those recordings.
            prints: how the files looked before.
            began_ns: the file system's own time now.
            advance: hears the bytes of each file that is done.
        """
        paths = list(facts)
        requests = [_request(path, facts[path]) for path in paths]
        found: dict[Path, Heard] = {}
        lasting: dict[Path, Heard] = {}
        try:
            for number, reply in self._pool.run(requests):
                path = paths[number]
                found[path] = _heard(reply)
                if reply.lasting:
                    lasting[path] = found[path]
                advance(facts[path].size)
        finally:  # whoever is stopped goes on from here
            self._memory.keep(lasting, prints, began_ns=began_ns)
        return found


def has_sound(facts: FileFacts) -> bool:
    """Whether a file can be heard: a recording, or a film that is not silent."""
    if facts.fault or not facts.duration:
        return False
    return facts.kind is FileKind.AUDIO or (
        facts.kind is FileKind.VIDEO and facts.codec is not None
    )


def _request(path: Path, facts: FileFacts) -> Request:
    seconds = min(facts.duration or 0.0, _LONGEST)
    return {
        "verb": "sound",
        "path": str(path.absolute()),
        "size": facts.size,
        "allowance": _ALLOWED + round(seconds) // _A_TWENTIETH,
    }


def _heard(reply: Reply) -> Heard:
    """Believe a child's answer only where it has the shape of one."""
    if reply.value is None:
        return Heard(fault=reply.fault)
    try:
        return Heard(sound=SoundFacts.model_validate_json(reply.value))
    except ValidationError:
        return Heard(fault=_SENSELESS)
