"""The table of formats and places, as docs/privacy-of-copies.md shows it."""

from collections.abc import Iterable

from tests.leaks.canaries import Hidden

__all__ = ["SURVIVORS", "page", "row"]

SURVIVORS = 0
_HEAD = """\
# What copies do not tell

Written by a test, and held to it. A word of its own is hidden in each place below, in
a master of each format; the masters are published to a folder, planned, built and
served. Then the words are looked for in every byte of the store, of the built pages, of
what the commands said and of the server's log: plain, in UTF-16, in base64, in
hexadecimal, percent-encoded, and in whatever is packed. Before that, each word has to
be found in its master.

Published copies say what the episode's file says, and nothing else: title, show, people
by their public names, number, season, date, language, licence, guid, link, cover and
chapters. Where sound and film are not encoded, their packets are handed on as they are:
words that are spoken, shown or hidden inside of them are not looked for.

| format | places | survivors | published by design |
|---|---|---|---|
"""
_PLACES = """\

By design are public: the titles and links of chapters that a recording holds (`check`
names them, [I237](codes/I237.md)), and what was filled into a PDF's form, for it is
seen on the page. The name of an episode's folder is part of its address. The name of a
file is told to staff alone, where something is wrong with it.

## The places

"""


def row(hide: Hidden, survivors: int) -> str:
    """One line of the table."""
    public = ", ".join(sorted(hide.public)) or "-"
    return f"| {hide.form} | {len(hide.places)} | {survivors} | {public} |"


def page(hidden: Iterable[Hidden]) -> str:
    """The whole page."""
    hides = list(hidden)
    rows = "\n".join(row(hide, SURVIVORS) for hide in hides)
    total = sum(len(hide.places) for hide in hides)
    last = f"| all | {total} | {SURVIVORS} | |"
    listed = "\n\n".join(
        f"**{hide.form}:** {', '.join(_plain(place) for place in hide.places)}."
        for hide in hides
    )
    return f"{_HEAD}{rows}\n{last}\n{_PLACES}{listed}\n"


def _plain(place: str) -> str:
    return place.replace("\xa9", "©").replace("_", r"\_").replace("----", "`----`")
