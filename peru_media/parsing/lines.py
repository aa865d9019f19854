"""On which line each element begins: the parser loses count after 65,535."""

import re
from dataclasses import dataclass

__all__ = ["Start", "starts"]

_MARK = re.compile(
    rb"<(?:(?P<name>[^\s/>!?<]+)|!--.*?-->|(?P<cdata>!\[CDATA\[).*?\]\]>|\?.*?\?>"
    rb"|(?P<end>/)|!)",
    re.DOTALL,
)


@dataclass(slots=True)
class Start:
    """Where an element of a name begins, and whether its words stand in CDATA."""

    name: bytes
    line: int
    cdata: bool = False


def starts(data: bytes) -> list[Start]:
    """Find each element of well-formed XML, in the order of the text."""
    found: list[Start] = []
    line, seen, inside = 1, 0, False
    for match in _MARK.finditer(data):
        if match["name"]:
            line += data.count(b"\n", seen, match.start())
            seen = match.start()
            found.append(Start(match["name"], line))
            inside = True
        elif match["end"]:
            inside = False
        elif match["cdata"] and inside:
            found[-1].cdata = True
    return found
