"""How places in a recording and kinds of media are said, in any language."""

__all__ = [
    "DOCUMENTS",
    "STAND_IN",
    "STAND_IN_PURPOSE",
    "clock",
    "decimal",
    "kind_of",
]

DOCUMENTS = frozenset(
    {
        "article", "briefing", "case study", "conference paper", "discussion paper",
        "easy read", "evaluation", "evaluation report", "evidence review",
        "executive summary", "final report", "guide", "handout", "infographic",
        "interim report", "leaflet", "literature review", "newsletter", "paper",
        "policy brief", "poster", "presentation", "report", "research report",
        "research summary", "review", "slides", "summary", "technical report",
        "thesis", "toolkit", "working paper", "worksheet",
    }
)  # fmt: skip
"""The usual kinds of documents, which pages say in their own language."""

STAND_IN = (
    "This is a stand-in: it holds the place until the recording, film or document "
    "itself is published."
)
STAND_IN_PURPOSE = "stand-in"  # of the podcast:txt that says the same to programs

_MINUTE, _HOUR = 60, 3600


def clock(seconds: float) -> str:
    """Say a place in a recording: ``1:30``, ``1:02:03``."""
    hours, rest = divmod(int(seconds), _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if hours:
        return f"{hours}:{minutes:02d}:{left:02d}"
    return f"{minutes}:{left:02d}"


def decimal(seconds: float) -> str:
    """Write seconds for a machine: ``90``, ``90.5``."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def kind_of(media_type: str) -> str:
    """Say what one does with a medium: listen (``audio``), watch or read."""
    return {"audio": "audio", "video": "video"}.get(media_type.partition("/")[0], "pdf")
