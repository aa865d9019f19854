"""Every kind of page before axe and html-validate; and every link on it followed."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.judges import axe, axe_source, html_validate, release_of
from tests.pages.visiting import SCRIPTED, TYPES, Site, visiting
from tests.previewing import Previewed, previewing
from tests.projects import episode_files, write, write_project

Record = Callable[[str, object], None]
_MODULE = '<script type="module"'
Colours = Literal["light", "dark"]
COLOURS: tuple[Colours, ...] = ("light", "dark")
PREVIEWED = {
    "/stories": "Story 4",
    "/stories/story-2": "Draft: nobody sees this",
    "/stories/story-3": "Scheduled for Monday 2 December 2199",
    "/stories/story-4": "no-such-story",
    "/__preview/": "no-such-story",
}
WIDTHS = {320: 640, 1280: 900}


def _seen_by_axe(page: Page, colours: Colours, width: int) -> list[str]:
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    violations, doubts, passed = axe(page)
    assert passed > 10
    return violations + doubts


def _found_by_axe(page: Page, address: str) -> list[str]:
    page.goto(address)
    return [
        f"{colours}, {width} px: {finding}"
        for colours, width in product(COLOURS, WIDTHS)
        for finding in _seen_by_axe(page, colours, width)
    ]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser) as opened:
        opened.add_init_script(axe_source())
        yield opened


@pytest.fixture(scope="module")
def unscripted(browser: Browser) -> Iterator[Page]:
    """A tab in which pages' own scripts are missing; axe is one, and needs some."""
    with visiting(browser) as opened:
        opened.add_init_script(axe_source())
        opened.route("**/*.js", lambda route: route.abort())
        yield opened


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    """A preview of a story that is out, a draft, one that is due, one with a fault."""
    root = tmp_path_factory.mktemp("preview")
    write_project(root, episodes=1)
    write(root, episode_files(2, publish="draft"))
    write(root, episode_files(3, publish="2199-12-02 09:00"))
    write(root, episode_files(4))
    faulty = root / "episodes/story-4/episode.md"
    faulty.write_text(
        faulty.read_text().replace("title: ", "related: [no-such-story]\ntitle: ", 1)
    )
    with previewing(root) as running:
        running.until("/stories/story-4", "preview-banner")
        yield running


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_axe_finds_nothing(
    page: Page, site: Site, path: str, record_property: Record
) -> None:
    assert _found_by_axe(page, site.url + path) == []
    record_property("part", f"axe-core {release_of('axe-core')}: judges every page")


@pytest.mark.parametrize("path", SCRIPTED.values(), ids=SCRIPTED)
def test_axe_finds_nothing_without_scripts(
    unscripted: Page, site: Site, path: str
) -> None:
    assert _found_by_axe(unscripted, site.url + path) == []


def test_the_other_pages_have_no_script(site: Site) -> None:
    others = set(TYPES.values()) - set(SCRIPTED.values())

    assert [path for path in others if _MODULE in site.get(path).text] == []


@pytest.mark.parametrize(("path", "says"), PREVIEWED.items())
def test_the_judges_find_nothing_in_a_preview(
    page: Page, preview: Previewed, path: str, says: str, tmp_path: Path
) -> None:
    assert _found_by_axe(page, preview.url + path) == []
    assert says in page.locator("body").inner_text()
    assert html_validate({"page": preview.ask(path)[2]}, tmp_path) == []


def test_html_validate_finds_nothing(
    site: Site, tmp_path: Path, record_property: Record
) -> None:
    pages = {re.sub(r"\W", "-", name): site.get(path) for name, path in TYPES.items()}

    found = html_validate({name: page.text for name, page in pages.items()}, tmp_path)

    assert found == []
    record_property(
        "part", f"html-validate {release_of('html-validate')}: judges every page"
    )


class _Links(HTMLParser):
    """Every address that a page names, and every place in it that has a name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.names |= {values[name] for name in ("id", "name") if name in values}
        if tag == "form":
            self.found.append(values.get("action", ""))
        for name in ("href", "src", "poster", "data"):
            self.found += [values[name]] if name in values else []
        if tag == "meta" and values.get("content", "").startswith(("http:", "https:")):
            self.found.append(values["content"])


def test_no_link_is_broken(site: Site, record_property: Record) -> None:
    answers = {path: site.get(path) for path in TYPES.values()}
    links = {
        (path, urljoin(site.url + path, link))
        for path, answer in answers.items()
        for link in _Links(answer.text).found
    }
    own = {one for one in links if one[1].startswith(site.url)}
    known = {}

    broken = []
    for path, link in sorted(own):
        address, name = urldefrag(link)
        if address not in known:
            known[address] = site.get(address.removeprefix(site.url) or "/")
        answer = known[address]
        if answer.status != 200 and address != site.url + path:
            broken.append(f"{path}: {link} answers {answer.status}")
        elif name and not _leads_somewhere(answer.headers, answer.body, name):
            broken.append(f"{path}: {link} leads to no place in the page")
    others = {link for _, link in links - own}

    assert broken == []
    assert [link for link in others if not _is_address(link)] == []
    record_property("figure", f"links: {len(known)} own addresses followed, 0 broken")


def _leads_somewhere(headers: dict[str, str], body: bytes, name: str) -> bool:
    """Whether a fragment is a place of a page, or a moment of a recording."""
    moment = re.fullmatch(r"t=\d+(\.\d+)?(,\d+)?", name)
    if not headers["content-type"].startswith("text/html"):
        return moment is not None
    return moment is not None or name in _Links(body.decode()).names


def _is_address(link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme == "mailto":
        return (
            re.fullmatch(r"[^@\s]+@[^@\s]+", parts.path.partition("?")[0]) is not None
        )
    if parts.scheme in {"http", "https"}:
        return bool(parts.hostname) and "." in parts.netloc
    return parts.scheme in APPS and bool(parts.path or parts.netloc)


# Schemes by which apps are asked to subscribe.
APPS = {"antennapod-subscribe", "feed", "gpodder", "itpc", "overcast", "pcast", "pktc"}
APPS |= {"podcast", "podcastaddict"}
