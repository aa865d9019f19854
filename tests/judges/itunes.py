"""Apple's tags, as the W3C judges them, with Apple's limits where they are stricter."""

from collections.abc import Callable, Mapping

from tests.judges import values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning

__all__ = ["LONGEST", "judge_channel", "judge_item"]

LONGEST = 4000
_LINE = 255
_TREE = """
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government:
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, \
Sexuality
History:
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, \
Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, \
Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, \
Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, \
Natural Sciences, Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, \
Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, \
Running, Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
Technology:
True Crime:
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
"""
_CATEGORIES = {
    name: {sub.strip() for sub in subs.split(",")}
    for name, _, subs in (line.partition(":") for line in _TREE.strip().splitlines())
}
_OBSOLETE = {
    "Arts & Entertainment", "Audio Blogs", "Family", "Food", "Games & Hobbies",
    "Government & Organizations", "Health", "International", "Movies & Television",
    "News & Politics", "Politics", "Public Radio", "Science & Medicine",
    "Sports & Recreation", "Talk Radio", "Transportation", "Travel",
}  # fmt: skip
_OBSOLETE_SUBS = {
    "Literature",
    "Education Technology",
    "Higher Education",
    "Podcasting",
}
_CHANNEL = {
    "author", "block", "category", "complete", "explicit", "image", "keywords",
    "new-feed-url", "owner", "subtitle", "summary", "title", "type",
    "applepodcastsverify",
}  # fmt: skip
_ITEM = {
    "author", "block", "duration", "episode", "episodeType", "explicit", "image",
    "isClosedCaptioned", "keywords", "order", "season", "subtitle", "summary",
    "title",
}  # fmt: skip
_LIMITS: Mapping[str, int | None] = {
    "itunes:author": _LINE,
    "itunes:subtitle": _LINE,
    "itunes:summary": LONGEST,
    "itunes:title": None,
    "itunes:keywords": _LINE,
    "itunes:name": _LINE,
}
_KINDS = {
    "itunes:type": ({"episodic", "serial"}, "InvalidItunesChannelType"),
    "itunes:episodeType": ({"full", "trailer", "bonus"}, "InvalidItunesEpisodeType"),
    "itunes:explicit": ({"true", "false"}, "InvalidTrueFalse"),
}


def judge_channel(channel: Element) -> Findings:
    """Judge what a channel tells Apple."""
    for name in ("itunes:category", "itunes:explicit", "itunes:image"):
        if channel.first(name) is None:
            yield warning("MissingItunesElement", channel.line, f"no {name}")
    if channel.first("itunes:owner") is None:
        yield warning("MissingItunesEmail", channel.line, "no itunes:owner")
    yield from _elements(channel, _CHANNEL)
    for category in channel.all("itunes:category"):
        yield from _category(category)
    for owner in channel.all("itunes:owner"):
        yield from _owner(owner)
    for moved in channel.all("itunes:new-feed-url"):
        yield from values.full_link(moved, moved.text)
    yield from _serial(channel)


def judge_item(item: Element) -> Findings:
    """Judge what an item tells Apple."""
    yield from _elements(item, _ITEM)
    for duration in item.all("itunes:duration"):
        yield from values.duration(duration, duration.text)
    for name in ("itunes:episode", "itunes:season"):
        for number in item.all(name):
            yield from values.integer(number, number.text, least=1)


def _elements(parent: Element, known: set[str]) -> Findings:
    for child in parent.children:
        space, _, name = child.name.partition(":")
        if space != "itunes":
            continue
        if name not in known:
            what = f"{child.name} in {parent.name}"
            yield error("UndefinedElement", child.line, what)
        yield from _value(child)


def _value(element: Element) -> Findings:
    if element.name in _LIMITS:
        limit = _LIMITS[element.name]
        yield from values.plain_words(element, element.text, limit=limit)
    if element.name in _KINDS:
        allowed, code = _KINDS[element.name]
        yield from values.one_of(element, element.text, allowed, code=code)
    if element.name in {"itunes:block", "itunes:complete"}:
        allowed, code = {"yes", "no", "clean"}, "InvalidYesNoClean"
        yield from values.one_of(element, element.text.lower(), allowed, code=code)
    special = _SPECIAL.get(element.name)
    if special is not None:
        yield from special(element)


def _keywords(element: Element) -> Findings:
    if " " in element.text and "," not in element.text:
        yield warning("InvalidKeywords", element.line, element.text)


def _image(image: Element) -> Findings:
    address = image.attributes.get("href")
    if address is None:
        yield error("MissingAttribute", image.line, "no href of itunes:image")
        return
    yield from values.web_link(image, address)
    if not address.lower().partition("?")[0].endswith((".png", ".jpg", ".jpeg")):
        yield warning("ImageUrlFormat", image.line, address)


def _category(category: Element, known: set[str] | None = None) -> Findings:
    text = category.attributes.get("text")
    names = set(_CATEGORIES) if known is None else known
    if text is None:
        yield error("MissingAttribute", category.line, "no text of itunes:category")
        return
    if text not in names:
        old = _OBSOLETE if known is None else _OBSOLETE_SUBS
        make = warning if text in old else error
        code = "ObsoleteItunesCategory" if text in old else "InvalidItunesCategory"
        yield make(code, category.line, text)
    if known is None:
        seen = [one.attributes.get("text") for one in category.all("itunes:category")]
        if len(seen) > len(set(seen)):
            yield error("DuplicateItunesCategory", category.line, str(seen))
        for sub in category.all("itunes:category"):
            yield from _category(sub, _CATEGORIES.get(text, set()))


def _owner(owner: Element) -> Findings:
    mails = owner.all("itunes:email")
    if not mails:
        yield error("MissingElement", owner.line, "no itunes:email in itunes:owner")
    for mail in mails:
        yield from values.mail_address(mail, mail.text.strip())
    for name in owner.all("itunes:name"):
        yield from _value(name)


def _serial(channel: Element) -> Findings:
    """A serial is heard in the order of its numbers (Apple)."""
    kind = channel.first("itunes:type")
    if kind is None or kind.text != "serial":
        return
    for item in channel.all("item"):
        full = item.first("itunes:episodeType")
        if (full is None or full.text == "full") and not item.all("itunes:episode"):
            what = "an episode of a serial without its number"
            yield warning("MissingItunesElement", item.line, what)


_SPECIAL: Mapping[str, Callable[[Element], Findings]] = {
    "itunes:image": _image,
    "itunes:keywords": _keywords,
}
