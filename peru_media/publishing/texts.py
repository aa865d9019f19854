"""The bytes of what is published as it is, or nearly so, by the hash of them."""

from collections.abc import Callable, Mapping
from functools import cached_property

from peru_media.errors import MediaError
from peru_media.model.address import text_key
from peru_media.model.facts import FileFacts
from peru_media.model.sound import SoundFacts, waveform
from peru_media.model.value import digest
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, unpack

__all__ = ["texts_of"]


def texts_of(
    desk: Desk, live: Live, facts: Mapping[str, FileFacts]
) -> Callable[[str], bytes]:
    """Give transcripts and waveforms by the hash that is known of them.

    A transcript is read from its file, and a waveform made of how its recording
    sounds. One that was published from another computer comes out of the store.

    Raises, when called:
        MediaError: the file changed since it was measured.
    """
    return _Texts(desk, live, facts).text


class _Texts:
    def __init__(self, desk: Desk, live: Live, facts: Mapping[str, FileFacts]) -> None:
        self._desk = desk
        self._live = live
        self._facts = facts

    @cached_property
    def _names(self) -> dict[str, str]:
        return {found.sha256: name for name, found in self._facts.items()}

    @cached_property
    def _sounds(self) -> dict[str, SoundFacts]:
        sounds = (found.sound for found in self._facts.values() if found.sound)
        return {digest(waveform(sound)): sound for sound in sounds}

    @cached_property
    def _published(self) -> dict[str, str]:
        entries = self._live.ledger().episodes.values()
        kept = ((e.id, e.enclosure.waveform) for e in entries if e.enclosure)
        return {wave: text_key(name, wave) for name, wave in kept if wave}

    def text(self, sha256: str) -> bytes:
        if sha256 in self._names:
            return self._of_file(self._names[sha256], sha256)
        if sha256 in self._sounds:
            return waveform(self._sounds[sha256])
        return unpack(self._desk.store, self._published[sha256])

    def _of_file(self, name: str, sha256: str) -> bytes:
        content = (self._desk.root / name).read_bytes()
        if digest(content) != sha256:
            msg = f"{name}: the file changed while it was published. Publish again"
            raise MediaError(msg)
        return content
