"""Which characters may stand in what is published."""

import re

__all__ = ["legal"]

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    r"""Leave out the characters that a feed cannot carry, such as control codes.

    One of them makes the whole feed unreadable (XML 1.0, section 2.2). Line ends
    become ``\n``, as every XML parser would make them.
    """
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
