"""Forms of a feed that do not say the same are found out, each by its sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.publishing.agreement import disagreements
from peru_media.publishing.seen import FeedEnclosure, Seen

BASE = "https://media.example.ac.uk"
FEED = "/show/feed.xml"
Forms = dict[str, Seen]


def _seen(*guids: str, **fields: object) -> Seen:
    media = [FeedEnclosure(url=g, length="7", type="audio/mpeg") for g in guids]
    return Seen(guids=list(guids), enclosures=media, **fields)  # type: ignore[arg-type]  # fields by name


def _right() -> Forms:
    """A show with an archive, another without, and the lists of both."""
    first, second = f"{BASE}/show/feed/1.xml", f"{BASE}/show/feed/2.xml"
    return {
        FEED: _seen("c", links={"prev-archive": second}, publisher="p"),
        "/show/feed.json": _seen("c"),
        "/show/feed.atom": _seen("c"),
        "/show/feed/1.xml": _seen("b", "a", links={"next-archive": second}),
        "/show/feed/2.xml": _seen("c", links={"prev-archive": first}),
        "/other/feed.xml": _seen("o", publisher="p"),
        "/feed.xml": _seen("c", "b", "a", "o"),
        "/opml.xml": Seen(shows=[f"{BASE}{FEED}", f"{BASE}/other/feed.xml"]),
        "/publisher.xml": Seen(
            guid="p", shows=[f"{BASE}{FEED}", f"{BASE}/other/feed.xml"]
        ),
    }


def _told(forms: Forms) -> list[str]:
    listed = {FEED, "/other/feed.xml"}
    return list(disagreements(forms, base_url=BASE, listed=listed))


def test_forms_that_agree_are_no_problem() -> None:
    assert _told(_right()) == []


def _lacks(path: str, guid: str) -> Callable[[Forms], object]:
    def change(forms: Forms) -> None:
        kept = [one for one in forms[path].guids if one != guid]
        forms[path] = _seen(*kept, links=forms[path].links, publisher="p")

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_lacks("/show/feed.json", "c"), "feed.json: its episodes are not those of"),
        (_lacks("/show/feed.atom", "c"), "feed.atom: its episodes are not those of"),
        (_lacks("/feed.xml", "o"), "/feed.xml: it lacks episodes of /other/feed.xml"),
        (_lacks("/show/feed/2.xml", "c"), "its archive does not hold every episode"),
        (
            lambda forms: forms["/show/feed/1.xml"].guids.append("c"),
            "its archive does not hold every episode once",
        ),
        (
            lambda forms: forms["/show/feed/1.xml"].links.clear(),
            "/show/feed/1.xml: it does not lead back to /show/feed/2.xml",
        ),
        (
            lambda forms: forms["/show/feed/2.xml"].links.clear(),
            "its links do not reach every page: /show/feed/1.xml",
        ),
        (
            lambda forms: forms[FEED].links.clear(),
            "its links do not reach every page: /show/feed/1.xml",
        ),
        (
            lambda forms: forms["/show/feed/1.xml"].links.update(
                {"prev-archive": f"{BASE}/show/feed/2.xml"}
            ),
            "its links do not reach every page: /show/feed/2.xml",
        ),
        (
            lambda forms: forms["/show/feed/1.xml"].links.update(
                {"prev-archive": f"{BASE}/show/feed/0.xml"}
            ),
            "its links do not reach every page: /show/feed/0.xml",
        ),
        (
            lambda forms: forms["/opml.xml"].shows.pop(),
            f"/opml.xml: it lacks {BASE}/other/feed.xml",
        ),
        (
            lambda forms: forms["/opml.xml"].shows.append("https://x.example/"),
            "/opml.xml: it names https://x.example/",
        ),
        (
            lambda forms: forms["/publisher.xml"].shows.append(f"{BASE}/x/feed.xml"),
            f"/publisher.xml: it names {BASE}/x/feed.xml",
        ),
        (
            lambda forms: setattr(forms[FEED], "publisher", None),
            f"{FEED}: it does not name its publisher back",
        ),
    ],
    ids=[
        "JSON lacks one",
        "Atom lacks one",
        "everything lacks one",
        "archive lacks one",
        "archive has one twice",
        "no way back",
        "second page leads nowhere",
        "feed leads nowhere",
        "round and round",
        "into nothing",
        "list lacks one",
        "list names another",
        "publisher names another",
        "one way only",
    ],
)
def test_forms_that_disagree_are_told(
    change: Callable[[Forms], object], words: str
) -> None:
    forms = _right()
    change(forms)

    (sentence,) = _told(forms)

    assert words in sentence


@pytest.mark.parametrize("path", sorted(_right()))
def test_a_form_that_could_not_be_read_is_told_once_elsewhere(path: str) -> None:
    forms = _right()
    del forms[path]

    told = _told(forms)

    pages = Path(path).parent.name == "feed"
    assert len(told) == (1 if pages else 0)
