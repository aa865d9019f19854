"""Pages ask nobody else for anything, keep to their policy, and set no cookie."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Route

from tests.fetching.loopback import Asked, Reply, serving
from tests.pages.everything import EPISODE
from tests.pages.visiting import TYPES, Site, until, visiting

Record = Callable[[str, object], None]
_REPORTS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`), true);"""


class _Guard:
    """A visit on which every other host is blocked, and everything said is kept."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.blocked: list[str] = []
        self.said: list[str] = []
        self.failed: list[str] = []
        self._site = site
        context.add_init_script(_REPORTS)
        context.route("**/*", self._let_through)
        context.on("console", lambda message: self.said.append(message.text))
        context.on("weberror", lambda error: self.said.append(str(error.error)))

    def _let_through(self, route: Route) -> None:
        if route.request.url.startswith(f"{self._site.url}/"):
            route.continue_()
        else:
            self.blocked.append(route.request.url)
            route.abort()


def test_no_page_asks_another_host_or_breaks_its_policy(
    browser: Browser, site: Site, record_property: Record
) -> None:
    context = browser.new_context()
    guard = _Guard(context, site)
    page = context.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # playwright marks the function

    for path in TYPES.values():
        page.goto(site.url + path)
        for medium in page.locator("audio, video").all():
            medium.evaluate("(one) => one.play()")
    cookies = context.cookies()
    context.close()

    own = {site.url + TYPES[name] for name in ("taken down", "unknown")}
    failed = [a.url for a in answers if a.status >= 400 and a.url not in own]
    expected = [text for text in guard.said if "404" in text or "410" in text]
    assert guard.blocked == []
    assert [text for text in guard.said if text not in expected] == []
    assert len(expected) == len(own)
    assert failed == []
    assert cookies == []
    record_property(
        "figure",
        f"pages: {len(TYPES)} kinds, 0 blocked requests, 0 CSP reports, 0 cookies",
    )


def test_playing_finding_and_copying_break_no_policy(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    guard = _Guard(context, site)
    page = context.new_page()
    page.goto(f"{site.url}{EPISODE}#t=134")
    page.get_by_role("searchbox", name="Find in the transcript").fill("unit")
    page.locator(".turn a.time").nth(3).click()
    until(page, "document.querySelector('#player').currentTime > 67")
    for button in page.get_by_role("button").all():
        if button.is_visible() and button.text_content() != "Search":
            button.click()
    page.locator(".waveform").click()
    context.close()

    assert (guard.blocked, guard.said) == ([], [])


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_every_page_has_its_policy(site: Site, path: str) -> None:
    headers = site.get(path).headers
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in headers["content-security-policy"].split(";")
    )

    framed = "*" if path.endswith("/embed") else "'self'"
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("frame-ancestors") == framed
    assert set(policy.values()) == {"'self'", "'none'"}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "set-cookie" not in headers


@pytest.fixture
def stranger(site: Site) -> Iterator[str]:
    """A page of somebody else's, which frames what its query names."""

    def framing(asked: Asked) -> Reply:
        frame = f'<iframe src="{site.url}{asked.path}" title="A talk"></iframe>'
        headers = {"content-type": "text/html"}
        return Reply(headers=headers, body=frame.encode())

    with serving(framing) as server:
        yield server.url


def test_an_embed_plays_in_the_page_of_another(browser: Browser, stranger: str) -> None:
    with visiting(browser, f"{stranger}{EPISODE}/embed") as page:
        embedded = page.frame_locator("iframe")
        embedded.locator("summary").click()
        embedded.locator("[data-at='35']").click()
        audio = embedded.locator("audio")

        audio.evaluate("(one) => new Promise((done) => one.ontimeupdate = done)")

        assert audio.evaluate("(one) => one.currentTime") >= 35


def test_no_other_page_can_be_framed_by_another(
    browser: Browser, stranger: str
) -> None:
    with visiting(browser) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(stranger + EPISODE)

        assert page.frame_locator("iframe").locator("audio").count() == 0
        assert any("frame-ancestors" in text for text in said)
