"""Read media files and make copies of them in another program: no folders of ours."""

import errno
import tempfile
from collections.abc import Iterable, MutableMapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peru_media.errors import MediaError
from peru_media.media.common import NO_PICTURE
from peru_media.media.maker import Maker
from peru_media.media.making import copy_place
from peru_media.media.processors import processors
from peru_media.model.copy_order import CopyOrder
from peru_media.model.facts import CopyRecipe, FileFacts, FileKind, made_from
from peru_media.model.library import Chapter, Licence, Person
from peru_media.model.media_facts import MediaCopy, MediaFacts

__all__ = ["publishable_copy", "read_all_media", "read_media"]

_NO_HARD_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def read_media(
    path: Path | str,
    *,
    listen: bool = False,
    cache: MutableMapping[str, bytes] | None = None,
) -> MediaFacts:
    """Tell what a recording, a film, a PDF or a picture measurably is.

    The file is opened in a process of its own, with little memory and time, no
    network and no environment; so it may come from anybody. Starting that takes
    a moment: for many files there is ``read_all_media``. From any thread.

    Args:
        path: of the file; its name tells nothing.
        listen: decode all of it, for ``MediaFacts.sound``: loudness (EBU R 128),
            true peak, silences and waveform.
        cache: any mutable mapping of texts to bytes, where facts are kept as long
            as the file is the same.

    Raises:
        MediaError: it cannot be read; the text says why, in a sentence.

    Example:
        >>> import wave
        >>> with wave.open("talk.wav", "wb") as file:
        ...     file.setparams((1, 2, 8000, 0, "NONE", ""))
        ...     file.writeframes(bytes(2 * 8000 * 90))
        >>> facts = read_media("talk.wav")
        >>> facts.media_type, facts.codec, facts.seconds
        ('audio/wav', 'pcm', 90.0)
    """
    [found] = read_all_media([path], listen=listen, cache=cache, workers=1).values()
    if isinstance(found, MediaError):
        raise found
    return found


def read_all_media(
    paths: Iterable[Path | str],
    *,
    listen: bool = False,
    cache: MutableMapping[str, bytes] | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
) -> dict[Path, MediaFacts | MediaError]:
    """Read many files side by side, as ``read_media`` reads one.

    Args:
        paths: of the files.
        listen: decode all of each, as for one.
        cache: where facts are kept, as for one.
        workers: how many processes at most; left out, one a processor.
        executor: any of ``concurrent.futures``'s kind, to do the work in place of
            processes of our own. Each of its workers keeps to the same limits.

    Returns:
        Facts by path, in the order of the paths, each once. Where a file cannot be
        read there is the error that says why.
    """
    whole = {Path(path): Path(path).absolute() for path in paths}
    # The folder of copies stays empty: nothing is made here.
    with Maker(
        cache={} if cache is None else cache,
        copies=Path(tempfile.gettempdir()),
        workers=workers or processors(),
        executor=executor,
    ) as maker:
        facts = maker.facts(whole.values())
        if listen:
            facts = maker.hear(facts)
    return {path: _told(path, facts[place]) for path, place in whole.items()}


def publishable_copy(  # noqa: PLR0913 - each names one thing that a copy says
    master: Path | str,
    out: Path | str,
    *,
    title: str,
    show: str,
    people: Sequence[Person] = (),
    number: int | None = None,
    season: int | None = None,
    published: datetime | None = None,
    language: str | None = None,
    licence: Licence | None = None,
    guid: str | None = None,
    link: str | None = None,
    cover: Path | str | None = None,
    chapters: Sequence[Chapter] | None = None,
    loudness: float = -16.0,
    level: bool = False,
    bit_rate: int | None = None,
    sample_rate: int | None = None,
    replace: bool = False,
) -> MediaCopy:
    """Make the copy of a recording that listeners get: clean, tagged, levelled.

    MP3, M4A and film keep their sound packet by packet; whatever apps do not play
    (WAV, AIFF, FLAC, ALAC, Ogg, Opus, AMR, 3GP) becomes an MP3 of the loudness that
    you ask for. All that the master says of itself is left behind but its chapters,
    and only what you give here is written. The master is never touched, and the same
    call gives the same bytes on the same machine.

    Args:
        master: the recording, film or PDF.
        out: the file to write; where its name has no ending, it gets the right one.
            It is there whole or not at all.
        title: of the episode.
        show: its title, written as the album.
        people: who is in it, of whom the names are written.
        number: of the episode, from 1.
        season: from 1.
        published: aware; its day is written.
        language: such as ``en-GB``.
        licence: such as ``Licence(name="CC-BY-4.0")``.
        guid: of the episode.
        link: its page.
        cover: a JPEG or PNG, put into MP3, M4A and MP4 without what a camera wrote.
        chapters: with titles and links; left out, those of the master; ``[]`` for
            none.
        loudness: LUFS of what is encoded (EBU R 128), with peaks up to -1 dBTP.
        level: encode finished MP3 and M4A too, for their loudness.
        bit_rate: kbit/s of what is encoded; left out, 96 mono and 128 stereo.
        sample_rate: 44100 or 48000; left out, what suits the master.
        replace: write over a file that is there.

    Raises:
        FieldError: an argument is none that it can be; all of them are told.
        MediaError: the master or the cover cannot be read, no copies are made of
            its kind, or something lies at ``out`` already.

    Example:
        >>> import wave
        >>> with wave.open("talk.wav", "wb") as file:
        ...     file.setparams((1, 2, 44100, 0, "NONE", ""))
        ...     file.writeframes(bytes(2 * 44100 * 3))
        >>> copy = publishable_copy("talk.wav", "talk.mp3", title="One", show="Talks")
        >>> copy.facts.media("https://example.org/talk.mp3").seconds
        3.0
    """
    order = CopyOrder(
        title=title,
        show=show,
        people=people,
        number=number,
        season=season,
        published=published,
        language=language,
        licence=licence,
        guid=guid,
        link=link,
        chapters=chapters,
        loudness=loudness,
        level=level,
        bit_rate=bit_rate,
        sample_rate=sample_rate,
    )
    return _Job(order, Path(master), cover).done(Path(out), replace=replace)


@dataclass(frozen=True, slots=True)
class _Job:
    """A copy that somebody wants, and what it is made of."""

    order: CopyOrder
    master: Path
    cover: Path | str | None

    def done(self, out: Path, *, replace: bool) -> MediaCopy:
        """Make the copy, and bring it to its place."""
        try:
            return self._made(out, replace=replace)
        except OSError as error:
            msg = f"{out}: It cannot be written ({error.strerror})."
            raise MediaError(msg) from None

    def _made(self, out: Path, *, replace: bool) -> MediaCopy:
        """Make it beside its place, and bring it there in one step."""
        with (
            tempfile.TemporaryDirectory(dir=out.parent, prefix=".copy-") as folder,
            Maker(cache={}, copies=Path(folder), workers=1) as maker,
        ):
            recipe = self._recipe(maker)
            place = _place(out, copy_place(recipe, Path(folder)).suffix)
            self._refuse_loss(place, replace=replace)
            made = maker.copy(recipe)
            facts = maker.facts([made])[made]
            _bring(made, place, replace=replace)
        return MediaCopy(
            path=place, facts=MediaFacts.of(facts), made_from=made_from(recipe)
        )

    def _recipe(self, maker: Maker) -> CopyRecipe:
        facts = _readable(maker, self.master)
        cover = None
        if self.cover is not None:
            cover = str(self.cover), _picture(maker, Path(self.cover)).sha256
        return self.order.recipe(str(self.master), facts, cover=cover)

    def _refuse_loss(self, place: Path, *, replace: bool) -> None:
        """Never write over what the copy is made of, nor over anything unasked."""
        if not place.exists():
            return
        if any(one and place.samefile(one) for one in (self.master, self.cover)):
            msg = f"{place}: It is what the copy is made of: give another name."
            raise MediaError(msg)
        if not replace:
            raise _taken(place)


def _told(path: Path, facts: FileFacts) -> MediaFacts | MediaError:
    if facts.fault:
        return _unread(path, facts.fault)
    return MediaFacts.of(facts)


def _readable(maker: Maker, path: Path) -> FileFacts:
    facts = maker.facts([path])[path]
    if facts.fault:
        raise _unread(path, facts.fault)
    return facts


def _picture(maker: Maker, path: Path) -> FileFacts:
    facts = _readable(maker, path)
    if facts.kind is not FileKind.PICTURE:
        raise _unread(path, NO_PICTURE)
    return facts


def _place(out: Path, ending: str) -> Path:
    """Where the copy goes: its name must end as what it is."""
    place = out if out.suffix else out.with_name(f"{out.name}{ending}")
    if place.suffix.lower() != ending:
        msg = f"{out}: The copy is of another kind: let its name end in {ending}."
        raise MediaError(msg)
    return place


def _bring(made: Path, place: Path, *, replace: bool) -> None:
    """Move a file to its place, whole; over another one only where that is asked."""
    if replace:
        made.replace(place)
        return
    try:
        place.hardlink_to(made)
    except FileExistsError:
        raise _taken(place) from None
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        made.rename(place)


def _unread(path: Path, why: str) -> MediaError:
    return MediaError(f"{path}: {why}")


def _taken(place: Path) -> MediaError:
    return MediaError(f"{place}: It is there already: give replace=True to replace it.")
