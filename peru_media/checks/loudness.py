"""How a recording sounds: neither silent nor distorted, and as loud as its show."""

from collections.abc import Iterator

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import FileKind
from peru_media.model.files import DefaultsField
from peru_media.model.problem import Place, Severity
from peru_media.model.sound import SoundFacts

__all__ = ["RULES"]

_NOTHING = -60.0
_MOST_CLIPPED = 1.0
_ASTRAY = 2.0
_HIGHEST_PEAK = -1.0


def _silent(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    sound = _sound(view)
    if sound and _is_silent(sound):
        yield Finding(place=_file(view), what="There is nothing to hear in it.")


def _broken(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    sound = _sound(view)
    if sound and sound.broken:
        pieces = "One piece" if sound.broken == 1 else f"{sound.broken} pieces"
        what = f"{pieces} of its sound cannot be decoded."
        yield Finding(place=_file(view), what=what)


def _clipped(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    sound = _sound(view)
    if sound and sound.clipped >= _MOST_CLIPPED:
        how_long = f"{sound.clipped:.0f} s of {sound.duration:.0f} s"
        what = f"It sounds distorted: {how_long} hold peaks beyond full scale."
        yield Finding(place=_file(view), what=what)


def _astray(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    sound, target = _finished(view)
    if sound is None or sound.loudness is None:
        return
    if abs(sound.loudness - target) <= _ASTRAY:
        return
    than = "softer" if sound.loudness < target else "louder"
    yield Finding(
        place=_file(view),
        what=f"Its loudness is {sound.loudness:.1f} LUFS, {than} than the show's "
        f"{target:g}.",
        fix=f"Export it again at {target:g} LUFS{_or_level(view)}.",
    )


def _peaking(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    sound, _ = _finished(view)
    if sound is None or sound.true_peak is None or sound.clipped >= _MOST_CLIPPED:
        return
    if sound.true_peak > _HIGHEST_PEAK:
        yield Finding(
            place=_file(view),
            what=f"Its true peak is {sound.true_peak:.1f} dBTP.",
            fix=f"Export it again with peaks of {_HIGHEST_PEAK:g} dBTP at "
            f"most{_or_level(view)}.",
        )


def _sound(view: EpisodeView) -> SoundFacts | None:
    return view.facts.sound if view.facts else None


def _is_silent(sound: SoundFacts) -> bool:
    return sound.true_peak is None or sound.true_peak < _NOTHING


def _finished(view: EpisodeView) -> tuple[SoundFacts | None, float]:
    """The sound that listeners get just as it is, and how loud its show is."""
    defaults = view.show.value.defaults if view.show else DefaultsField()
    media = view.written.value.media
    if view.facts is None or encoding_of(view.facts, defaults, media):
        return None, defaults.loudness
    return view.facts.sound, defaults.loudness


def _or_level(view: EpisodeView) -> str:
    if view.kind is not FileKind.AUDIO:
        return ""
    name = view.written.value.media.file
    fields = f"file: {name}, level: true" if name else "level: true"
    return f', or write "media: {{{fields}}}" to have its published copy levelled'


def _file(view: EpisodeView) -> Place:
    return Place(view.medium or view.written.folder)


RULES = (
    Rule(
        code="E226",
        severity=Severity.ERROR,
        title="A recording is silent.",
        source="EBU R 128: measured while hearing the file",
        why="Listeners would hear nothing at all.",
        fix="Listen to it, and export it again: a track was probably muted.",
        run=each_episode(_silent),
    ),
    Rule(
        code="W227",
        severity=Severity.WARN,
        title="Parts of a recording cannot be decoded.",
        source="Measured while hearing the file",
        why="Listeners would hear gaps or clicks there.",
        fix="Listen to it to its end, and export or copy it again.",
        run=each_episode(_broken),
    ),
    Rule(
        code="W228",
        severity=Severity.WARN,
        title="A recording is distorted: its peaks are cut off.",
        source="ITU-R BS.1770: true peak beyond full scale",
        why="Such sound is tiring, and no levelling afterwards can mend it.",
        fix="Lower its level before the last export, or record with less gain.",
        run=each_episode(_clipped),
    ),
    Rule(
        code="W229",
        severity=Severity.WARN,
        title="A finished recording is not as loud as its show.",
        source="Apple, audio guidance: about -16 LUFS; EBU R 128",
        why="Listeners would have to turn it up or down between episodes.",
        fix="Export it again at the show's loudness.",
        run=each_episode(_astray),
    ),
    Rule(
        code="W230",
        severity=Severity.WARN,
        title="The peaks of a finished recording are too high.",
        source="Apple, audio guidance: a true peak of at most -1 dBTP",
        why="Players that convert it would distort its loudest moments.",
        fix="Export it again with peaks of -1 dBTP at most.",
        run=each_episode(_peaking),
    ),
)
