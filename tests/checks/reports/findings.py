"""Problems for reports to tell, some of them hostile."""

from peru_media.checks.reports import Meaning
from peru_media.model.problem import Place, Problem, Severity

URL = "https://example.org/feed.xml"
HOSTILE = (
    "\x1b[2J\x07 ::error file=x::boo%0A\r\n<![CDATA[ ]]> </failure> & \" ' \u202e "
    "\x00\x85\u2028 \udc80 \uffff , : % é 漢 👩\u200d🔬"
)


def problem(
    code: str = "E1001",
    what: str = "It is no feed.",
    *,
    place: Place | None = None,
    fix: str = "Look at it.",
) -> Problem:
    kinds = {"E": Severity.ERROR, "W": Severity.WARN, "I": Severity.INFO}
    return Problem(
        code=code,
        severity=kinds[code[0]],
        place=place or Place("episodes/one/episode.md", 4, 1),
        what=what,
        fix=fix,
    )


FOUND = (
    problem(),
    problem("W3002", "It is odd.", place=Place("a, b/c d:é.xml", 7)),
    problem("W3002", "It is odd again.", place=Place(URL, 9), fix=""),
    problem("I5001", "It may be.", place=Place(URL)),
    problem("E1001", HOSTILE, place=Place(f"{HOSTILE}.xml", 1, 2), fix=HOSTILE),
)
MEANINGS = {
    "E1001": Meaning(title="No feed.", why="Nobody hears.", fix="Mend.", source="RSS"),
    "W3002": Meaning(title="Odd."),
    "E9999": Meaning(title="Never found."),
}
