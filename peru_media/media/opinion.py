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
    the file's own length is beyond doubt, so where less is there its end is missing.

    Raises:
        MediaError: FFmpeg cannot make anything of the file.
    """
    from peru_media.media.demux import hear  # noqa: PLC0415 - slow, rarely needed

    heard = hear(source.file, form=source.form.name, measure=measure)
    if len(heard.chapters) > len(found.chapters):
        found.chapters = heard.chapters
    if not found.texts:
        found.texts = common_names(heard.tags.items())
    told = facts.get("duration") or 0.0
    if heard.seconds is None or (told and abs(told - heard.seconds) <= TOLERANCE):
        return
    if heard.seconds <= 0:
        raise MediaError(NO_SOUND)
    facts["duration"] = heard.seconds
    if exact and told > heard.seconds:
        facts["promised"] = round(told, 3)
    elif told > _TICK:
        found.questions.append(
            f"It says that it lasts {told:,.1f} s, but {heard.seconds:,.1f} s were "
            "found in it: listen whether its end is missing."
        )
