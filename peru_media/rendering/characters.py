"""Which characters may stand in what is published."""

import re

__all__ = ["legal"]

_LINE_END = re.compile("\r\n|[\r\x85]")
_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    r"""Leave out the characters that a feed cannot carry, such as control codes.

    One of them makes the whole feed unreadable (XML 1.0, section 2.2); those that
    XML only discourages (``\x7f`` to ``\x9f``) readers take for other characters.
    Line ends become ``\n``, as an XML parser would make them.
    """
    if text.replace("\n", "").isprintable():
        return text
    if "\r" in text or "\x85" in text:
        text = _LINE_END.sub("\n", text)
    return _ILLEGAL.sub("", text)
