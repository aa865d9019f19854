"""Apple's list of podcast categories, and how staff name one of them."""

from collections.abc import Mapping
from difflib import get_close_matches

from peru_media.model.source import Category

__all__ = ["CATEGORIES", "category_names", "parse_category"]

CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "Arts": (
        "Books", "Design", "Fashion & Beauty", "Food", "Performing Arts",
        "Visual Arts",
    ),
    "Business": (
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition",
        "Sexuality",
    ),
    "Kids & Family": (
        "Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids",
    ),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies",
        "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary",
        "Politics", "Sports News", "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics",
        "Natural Sciences", "Nature", "Physics", "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf",
        "Hockey", "Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball",
        "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": (
        "After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews",
    ),
}  # fmt: skip


def category_names() -> tuple[str, ...]:
    """Every category as staff may write it: ``Science > Social Sciences``."""
    names = []
    for name, subs in CATEGORIES.items():
        names.append(name)
        names.extend(f"{name} > {sub}" for sub in subs)
    return tuple(names)


def parse_category(text: str) -> Category:
    """Read ``Science`` or ``Science > Social Sciences`` as one of Apple's categories.

    Case and the spaces around ``>`` do not matter, and "and" may stand for "&".

    Raises:
        ValueError: Apple has no such category; the sentence names the nearest.
    """
    found = _KNOWN.get(_plain(text))
    if found is None:
        msg = f'"{text}" is not one of Apple\'s categories{_nearest(text)}'
        raise ValueError(msg)
    name, _, sub = found.partition(" > ")
    return Category(name=name, sub=sub or None)


def _plain(text: str) -> str:
    """What two spellings of one category have in common."""
    parts = text.casefold().replace(" and ", " & ").split(">")
    return ">".join(" ".join(part.split()) for part in parts)


def _nearest(text: str) -> str:
    """Guess what was meant: a whole name, or a subcategory without its category."""
    wanted = _plain(text)
    last = wanted.rpartition(">")[2]
    near = [name for plain, name in _KNOWN.items() if plain.rpartition(">")[2] == last]
    near += [_KNOWN[plain] for plain in get_close_matches(wanted, _KNOWN, n=1)]
    return f"; did you mean {near[0]}?" if near else ""


_KNOWN = {_plain(name): name for name in category_names()}
