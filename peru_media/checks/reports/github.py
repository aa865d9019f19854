"""Problems as annotations of a pull request on GitHub."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from peru_media.model.letters import visible
from peru_media.model.problem import Place, Problem, Severity

__all__ = ["github_report"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "notice"}


def github_report(problems: Sequence[Problem]) -> str:
    """Write one workflow command a problem; GitHub shows each beside its line.

    Source: GitHub Actions, Workflow commands; the escapes are those of its toolkit
    (``%``, line ends, and in properties ``:`` and ``,`` too).
    """
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    fields = {**_where(problem.place), "title": problem.code}
    properties = ",".join(f"{name}={_property(text)}" for name, text in fields.items())
    advice = f" -> {problem.fix}" if problem.fix else ""
    words = _data(f"{_outside(problem.place)}{problem.what}{advice}")
    return f"::{_COMMANDS[problem.severity]} {properties}::{words}"


def _where(place: Place) -> dict[str, str]:
    """The file of the repository and the place in it; an address is neither."""
    if _is_address(place.path):
        return {}
    numbers = {"line": place.line, "col": place.column}
    given = {name: str(number) for name, number in numbers.items() if number}
    return {"file": place.path, **given}


def _outside(place: Place) -> str:
    return f"{place}: " if _is_address(place.path) else ""


def _is_address(path: str) -> bool:
    return urlsplit(path).scheme in {"http", "https"}


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
