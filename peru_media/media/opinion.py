"""Ask FFmpeg about a file whose own index does not tell enough, or may be wrong."""

from peru_media.errors import MediaError
from peru_media.media.common import (
    NO_SOUND,
    TOLERANCE,
    Facts,
    Found,
    Source,
    common_names,
)

__all__ = ["ask"]

_TICK = 0.001


def ask(
    source: Source,
    facts: Facts,
    found: Found,
    *,
    measure: bool,
    exact: bool = False,
) -> None:
    """Complete what is known of a file with what FFmpeg finds in it.

    Chapters are taken where it finds more, tags where there were none. With
    ``measure`` every packet is counted; where that differs from what the file tells
    by over a second, what was measured holds, and a question is asked. With ``exact``
    what was measured always holds, and the file's own length is beyond doubt: where
    over a second less is there, its end is missing.

    Raises:
        MediaError: FFmpeg cannot make anything of the file.
    """
    from peru_media.media.demux import hear  # noqa: PLC0415 - slow, rarely needed

    heard = hear(source.file, form=source.form.name, measure=measure)
    if len(heard.chapters) > len(found.chapters):
        found.chapters = heard.chapters
    if not found.texts:
        found.texts = common_names(heard.tags.items())
    if heard.seconds is not None:
        _settle(facts, found, heard.seconds, exact=exact)


def _settle(facts: Facts, found: Found, seconds: float, *, exact: bool) -> None:
    """Choose between the length that a file tells of and the one that was measured."""
    told = facts.get("duration") or 0.0
    near = told and abs(told - seconds) <= TOLERANCE
    if near and not exact:
        return
    if seconds <= 0:
        raise MediaError(NO_SOUND)
    facts["duration"] = seconds
    if exact and told - seconds > TOLERANCE:
        facts["promised"] = round(told, 3)
    elif told > _TICK and not near:
        found.questions.append(
            f"It says that it lasts {told:,.1f} s, but {seconds:,.1f} s were "
            "found in it: listen whether its end is missing."
        )
