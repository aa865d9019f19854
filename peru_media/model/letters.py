"""Letters that nobody may be shown as they are: they move cursors or hide words."""

import unicodedata

__all__ = ["visible"]

_KEPT = {"\u200c", "\u200d"}  # joiners: Persian and emoji need them
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def visible(text: str) -> str:
    r"""Give a text on one line, with what cannot be seen as ``\x1b`` or ``\u202e``.

    Controls (terminals obey them), marks that turn the direction of writing, line
    ends and letters that XML cannot hold are all written out.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_seen, text))


def _seen(letter: str) -> str:
    if unicodedata.category(letter) not in _HIDDEN or letter in _KEPT:
        return letter
    return letter.encode("unicode_escape").decode()
