"""The bytes of what is published as it is, or nearly so, by the hash of them."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from peru_media.errors import DamagedObjectError, MediaError
from peru_media.model.address import text_key
from peru_media.model.facts import FileFacts
from peru_media.model.release import Table
from peru_media.model.sound import SoundFacts, waveform
from peru_media.model.source import Episode, Source
from peru_media.model.value import digest
from peru_media.ports import Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, unpack
from peru_media.rendering.addresses import transcript_path

__all__ = ["published_texts", "texts_of"]

_CLEANED = "text/html"


def texts_of(
    desk: Desk,
    live: Live,
    facts: Mapping[str, FileFacts],
    *,
    made: Mapping[str, bytes],
) -> Callable[[str], bytes]:
    """Give transcripts and waveforms by the hash that is known of them.

    A transcript is read from its file, unless it was ``made``, as those are of which
    something is taken out, and a waveform made of how its recording
    sounds. One that was published from another computer comes out of the store.

    Raises, when called:
        MediaError: the file changed since it was measured.
    """
    texts = _Texts(desk, live, facts)
    return lambda sha256: made[sha256] if sha256 in made else texts.text(sha256)


def published_texts(
    source: Source, tables: Mapping[str, Table], store: Store
) -> Callable[[str], bytes]:
    """Give the texts of a release by their hash, out of the store alone.

    A text lies under its own hash; but a transcript in HTML was cleaned before it
    went out, so it is found by its address, and cleaning it again changes nothing.

    Raises, when called:
        KeyError: the source names no such text.
        ObjectNotFoundError: it is not in the store any more.
        DamagedObjectError: the store gives other bytes than were published.
    """
    keys = dict(_text_keys(source, tables))
    cleaned = {
        one.transcript.sha256
        for one in source.episodes
        if one.transcript and one.transcript.media_type == _CLEANED
    }

    def text(sha256: str) -> bytes:
        content = unpack(store, keys[sha256])
        if sha256 not in cleaned and digest(content) != sha256:
            msg = f"{keys[sha256]}: the store gave other bytes than were published"
            raise DamagedObjectError(msg)
        return content

    return text


def _text_keys(
    source: Source, tables: Mapping[str, Table]
) -> Iterator[tuple[str, str]]:
    for episode in source.episodes:
        if episode.enclosure.waveform:
            wave = episode.enclosure.waveform
            yield wave, text_key(episode.id, wave)
        if episode.captions is not None:
            sha256 = episode.captions.sha256
            yield sha256, text_key(episode.id, sha256)
        if episode.transcript is not None:
            sha256 = episode.transcript.sha256
            yield sha256, _at_address(episode, tables) or text_key(episode.id, sha256)


def _at_address(episode: Episode, tables: Mapping[str, Table]) -> str | None:
    """The object behind the address of a transcript."""
    path = transcript_path(episode) or ""
    found = [versions for table in tables.values() if (versions := table.get(path))]
    keys = [version.key for versions in found for version in versions if version.key]
    return keys[-1] if keys else None


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
