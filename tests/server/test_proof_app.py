"""A preview answers this computer alone, shows banners, and tells what is new."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import Message, Scope
from starlette.websockets import WebSocketDisconnect

from peru_media.model.problem import Place, Problem, Severity
from peru_media.model.proof import Notice, Proof, State
from peru_media.server.app import create_app
from peru_media.server.proof_app import ProofApp
from peru_media.server.proof_pages import dressed
from tests.clocks import SetClock
from tests.releases import feed, page, publish_release
from tests.server.stores import TroubledStore

PORT = 8123
HOST = f"127.0.0.1:{PORT}"
PATIENCE = 30.0
EVIL = "<script>alert(1)</script>\u202e\x1b[2J"
PROBLEM = Problem(
    code="E104",
    severity=Severity.ERROR,
    place=Place("episodes/story-1/episode.md", 8, 3),
    what=f"It is {EVIL}",
    fix=f"Write {EVIL}",
)
NOTE = Problem(code="I502", severity=Severity.INFO, place=Place("a"), what="A note.")
NOTICES = {
    "/": Notice(path="/", title=""),
    "/stories": Notice(path="/stories", title="Stories", problems=(NOTE,)),
    "/stories/story-1": Notice(
        path="/stories/story-1",
        title=EVIL,
        state=State.DRAFT,
        sentence=f"Draft: {EVIL}",
        problems=(PROBLEM,),
    ),
    "/stories/story-2": Notice(
        path="/stories/story-2",
        title="Later",
        state=State.SCHEDULED,
        sentence="Scheduled.",
    ),
    "/stories/story-3": Notice(
        path="/stories/story-3", title="Gone", state=State.LEFT_OUT, sentence="Not."
    ),
}
HTML = "<html><head><title>x</title></head>\n<body class='a'><p>{}</p></body></html>"


def proof(number: int, **change: object) -> Proof:
    fields = {"notices": NOTICES, "problems": (PROBLEM, NOTE)} | change
    return Proof(number=number, **fields)  # type: ignore[arg-type]  # fields by name


@dataclass
class Desk:
    """Somebody who makes proofs when a test says so."""

    store: TroubledStore
    wanted: "SimpleQueue[Proof | Exception | None]" = field(default_factory=SimpleQueue)
    told: "SimpleQueue[None]" = field(default_factory=SimpleQueue)

    def work(self, tell: Callable[[Proof], None], stop: Event) -> None:
        while not stop.is_set():
            made = self.wanted.get(timeout=PATIENCE)
            if isinstance(made, Exception):
                raise made
            if made is None:
                return
            tell(made)
            self.told.put(None)

    def tell(self, made: Proof) -> None:
        self.wanted.put(made)
        self.told.get(timeout=PATIENCE)

    def publish(self, number: int, words: str = "home") -> None:
        body = HTML.format(words)
        rows = {
            "/": page(body),
            "/stories/story-1": page(body),
            "/stories/story-1/embed": page(body),
            "/stories/story-1/transcript.html": page(body),
            "/bare": page("<p>no head"),
            "/stories/feed.xml": feed("<rss/>"),
        }
        publish_release(self.store, rows, number=number)
        self.tell(proof(number))


@dataclass
class Preview:
    client: TestClient
    desk: Desk
    app: ProofApp

    def ask(self, path: str, method: str = "GET", **headers: str) -> Response:
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"http://{HOST}{path}"
        return self.client.request(method, url, headers=fields)


@pytest.fixture
def preview() -> Iterator[Preview]:
    clock = SetClock()
    desk = Desk(TroubledStore(clock=clock))
    app = ProofApp(create_app(desk.store, clock=clock), work=desk.work, port=PORT)
    with ExitStack() as stack:
        client = TestClient(app, follow_redirects=False)
        client.headers.clear()
        yield Preview(stack.enter_context(client), desk, app)
        desk.wanted.put(None)


def test_until_the_first_pages_are_made_that_is_said(preview: Preview) -> None:
    answer = preview.ask("/stories")

    assert answer.status_code == 503
    assert "appears here by itself" in answer.text
    assert "http-equiv" in answer.text


def test_the_link_to_the_content_stays_before_the_banner() -> None:
    skip = b'<body>\n<a class="skip" href="#content">Skip</a>\n'
    page = b"<head></head>\n%b<p>words</p></body>" % skip

    _, _, body = dressed(page, Proof(number=1, shown=True), "/").partition(b"</head>\n")

    assert body.startswith(skip + b'<aside class="preview-banner"')


def test_a_page_has_the_banner_of_its_proof(preview: Preview) -> None:
    preview.desk.publish(7)

    answer = preview.ask("/stories/story-1", accept_encoding="gzip")

    assert answer.status_code == 200
    head, _, body = answer.text.partition("</head>")
    assert '<script src="/__preview/script.js" defer></script>' in head
    assert '<link rel="stylesheet" href="/__preview/style.css?7">' in head
    assert body.startswith("\n<body class='a'><aside class=\"preview-banner\"")
    assert "episodes/story-1/episode.md:8:3" in body
    assert "Here: 1 error" in body
    assert "In all files: 1 error, 1 note" in body
    assert body.endswith("<p>home</p></body></html>")
    assert answer.headers["content-length"] == str(len(answer.content))
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/stories/story-1", "/__preview/"])
def test_what_is_hostile_is_written_out(preview: Preview, path: str) -> None:
    preview.desk.publish(7)

    text = preview.ask(path).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "\\u202e" in text
    assert not {"\u202e", "\x1b"} & set(text)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "In all files"),
        ("/stories/story-1/embed", "Draft:"),
        ("/cy/stories/story-1", "Draft:"),
        ("/stories/story-3", "Not."),
        ("/stories/unknown", "Here: 1 note"),
    ],
)
def test_each_page_has_the_notice_that_fits_it(
    preview: Preview, path: str, words: str
) -> None:
    preview.desk.publish(7)

    assert words in preview.ask(path).text


def test_nothing_but_pages_is_changed(preview: Preview) -> None:
    preview.desk.publish(7)

    assert preview.ask("/stories/feed.xml").text == "<rss/>"
    assert preview.ask("/bare").text == "<p>no head"
    assert "preview" not in preview.ask("/stories/story-1/transcript.html").text


@pytest.mark.parametrize("path", ["/", "/stories/feed.xml", "/unknown", "/__preview/"])
def test_nobody_keeps_an_answer_and_no_other_site_reads_it(
    preview: Preview, path: str
) -> None:
    preview.desk.publish(7)

    fields = preview.ask(path).headers

    assert fields.get_list("cache-control") == ["no-store"]
    assert fields["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in fields


def test_a_page_is_sent_whole_whatever_a_browser_holds(preview: Preview) -> None:
    preview.desk.publish(7)
    tag = preview.ask("/stories/feed.xml").headers["etag"]

    answer = preview.ask("/stories/feed.xml", if_none_match=tag)

    assert answer.status_code == 200
    assert "etag" not in preview.ask("/").headers
    part = preview.ask("/stories/feed.xml", range="bytes=1-3", if_range=tag)
    assert (part.status_code, part.text) == (206, "rss")


def test_a_head_has_no_body(preview: Preview) -> None:
    preview.desk.publish(7)

    for path in ("/", "/__preview/"):
        answer = preview.ask(path, "HEAD")
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", "", "[::1]"],
)
def test_another_name_than_this_computers_is_refused(
    preview: Preview, host: str
) -> None:
    preview.desk.publish(7)

    for path in ("/", "/__preview/", "/__preview/events"):
        answer = preview.ask(path, host=host)
        assert answer.status_code == 421
        assert "home" not in answer.text


@pytest.mark.parametrize(
    "host", [HOST, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"]
)
def test_this_computers_names_are_answered(preview: Preview, host: str) -> None:
    preview.desk.publish(7)

    assert preview.ask("/", host=host).status_code == 200


def test_two_hosts_are_none(preview: Preview) -> None:
    answer = preview.client.get(
        f"http://{HOST}/", headers=[("host", HOST), ("host", HOST)]
    )

    assert answer.status_code == 421


def test_it_is_only_looked_at(preview: Preview) -> None:
    assert preview.ask("/", "POST").status_code == 405
    with pytest.raises(WebSocketDisconnect), preview.client.websocket_connect("/"):
        pass


def test_links_to_what_is_not_out_yet_are_marked(preview: Preview) -> None:
    before = preview.ask("/__preview/style.css").text
    preview.desk.publish(7)

    answer = preview.ask("/__preview/style.css")

    assert answer.headers["content-type"] == "text/css"
    added = answer.text.removeprefix(before)
    assert 'a[href$="/stories/story-1"]::after{content:" (Draft)"' in added
    assert 'a[href$="/stories/story-2"]::after{content:" (Scheduled)"' in added
    assert "story-3" not in added


def test_everything_is_told_on_one_page(preview: Preview) -> None:
    preview.desk.publish(7)

    text = preview.ask("/__preview/").text

    assert "1 error, 1 note." in text
    assert '<a href="/stories/story-3">Gone</a> Not.' in text
    assert "Not out yet" in text


def test_a_project_without_fault_has_nothing_to_put_right(preview: Preview) -> None:
    preview.desk.publish(7)
    preview.desk.tell(proof(8, notices={}, problems=()))

    text = preview.ask("/__preview/").text

    assert "nothing to put right" in text
    assert "Not out yet" not in text


def test_an_episode_is_found_by_its_name(preview: Preview) -> None:
    preview.desk.publish(7)

    known = preview.ask("/__preview/episodes/story-2")
    unknown = preview.ask("/__preview/episodes/elsewhere")

    assert (known.status_code, known.headers["location"]) == (307, "/stories/story-2")
    assert unknown.status_code == 404


def test_without_pages_every_address_says_what_is_wrong(preview: Preview) -> None:
    preview.desk.tell(proof(7, fault="It cannot be read.", shown=False))

    answer = preview.ask("/stories")

    assert answer.status_code == 503
    assert "It cannot be read." in answer.text
    assert "episode.md:8:3" in answer.text
    assert "as it was before" not in answer.text
    assert preview.ask("/__preview/").status_code == 200


def test_a_fault_stands_above_the_last_pages(preview: Preview) -> None:
    preview.desk.publish(7)
    preview.desk.tell(proof(8, fault="It cannot be read."))

    text = preview.ask("/").text

    assert "It cannot be read.</strong> The page below is as it was before." in text
    assert "<p>home</p>" in text


def test_the_next_proof_shows_the_next_pages(preview: Preview) -> None:
    preview.desk.publish(7)
    preview.desk.publish(8, "changed")

    answer = preview.ask("/")

    assert "<p>changed</p>" in answer.text
    assert 'data-seen="8"' in answer.text


def test_what_ends_the_work_is_said(
    preview: Preview, caplog: pytest.LogCaptureFixture
) -> None:
    preview.desk.publish(7)
    preview.desk.wanted.put(OSError("no more room"))
    text = ""
    while "cannot go on" not in text:
        text = preview.ask("/").text

    assert "The preview cannot go on (no more room): start it again." in text
    assert "OSError" in caplog.text


class Listener:
    """A page that listens for news, on the loop of a test."""

    def __init__(self, app: ProofApp, seen: str) -> None:
        self.lines: asyncio.Queue[bytes] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._scope: Scope = {
            "type": "http",
            "method": "GET",
            "path": "/__preview/events",
            "query_string": f"seen={seen}".encode(),
            "headers": [(b"host", HOST.encode())],
        }
        self.task = asyncio.ensure_future(app(self._scope, self._receive, self._send))

    async def next(self) -> bytes:
        return await asyncio.wait_for(self.lines.get(), PATIENCE)

    def go(self) -> None:
        self._gone.set()

    async def _receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            await self.lines.put(message["body"])


@dataclass
class Running:
    """An app whose lifespan runs on the loop of a test."""

    app: ProofApp
    desk: Desk
    said: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)
    asked: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)

    async def receive(self) -> Message:
        return {"type": await self.asked.get()}

    async def send(self, message: Message) -> None:
        await self.said.put(message["type"])


async def _news() -> list[bytes]:
    clock = SetClock()
    desk = Desk(TroubledStore(clock=clock))
    app = ProofApp(create_app(desk.store, clock=clock), work=desk.work, port=PORT)
    running = Running(app, desk)
    life = asyncio.ensure_future(
        app({"type": "lifespan"}, running.receive, running.send)
    )
    await running.asked.put("lifespan.startup")
    assert await running.said.get() == "lifespan.startup.complete"
    heard = []
    early = Listener(app, "")
    heard.append(await early.next())
    await asyncio.to_thread(desk.tell, proof(7, shown=False))
    heard.append(await early.next())
    late, seen = Listener(app, "6"), Listener(app, "7")
    heard += [await late.next(), await late.next(), await seen.next()]
    await asyncio.to_thread(desk.tell, proof(8, shown=False))
    heard += [await one.next() for one in (early, late, seen)]
    late.go()
    await asyncio.wait_for(late.task, PATIENCE)
    app.end()
    await asyncio.wait_for(asyncio.gather(early.task, seen.task), PATIENCE)
    desk.wanted.put(None)
    await running.asked.put("lifespan.shutdown")
    await asyncio.wait_for(life, PATIENCE)
    return heard


def test_open_pages_hear_of_each_proof_that_they_have_not_seen() -> None:
    retry = b"retry: 500\n\n"
    threads = threading.active_count()

    heard = asyncio.run(_news())

    seven, eight = b"data: 7\n\n", b"data: 8\n\n"
    assert heard == [retry, seven, retry, seven, retry, eight, eight, eight]
    assert threading.active_count() <= threads + 1
