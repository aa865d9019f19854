"""How reading says what it found."""

from collections.abc import Iterable
from difflib import get_close_matches

from peru_media.model.problem import Place, Problem, Severity

__all__ = ["error", "nearest", "warning"]


def error(code: str, place: Place, what: str, fix: str) -> Problem:
    """A problem that stops a publish."""
    return Problem(code=code, severity=Severity.ERROR, place=place, what=what, fix=fix)


def warning(code: str, place: Place, what: str, fix: str) -> Problem:
    """A problem that stops nothing."""
    return Problem(code=code, severity=Severity.WARN, place=place, what=what, fix=fix)


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The known word that was probably meant, if any comes near (0 far, 1 same)."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None
