"""A stranger's feed is judged by its bytes, and by what its servers really answer."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Lock
from time import sleep

import pytest

from peru_media.checks.feed import online
from peru_media.errors import FetchError, FieldError
from peru_media.fetching import WebFetcher
from peru_media.media.maker import Maker
from peru_media.model.probed import Question, Role
from peru_media.ports import MediaMaker
from peru_media.publishing.judging import (
    FeedSource,
    Inspected,
    check_feed,
    inspect_feed,
    visit_feed,
)
from peru_media.publishing.probing import Prober
from peru_media.wiring import Quiet
from tests.clocks import SetClock
from tests.fetching.loopback import Asked, Loopback, Reply, closed_port
from tests.publishing.servers import FAULTS, Fault
from tests.stranger import Resource, resources, stranger

AT = SetClock().now()
_THROWN = (
    b"<item>", b"</item>", b"<![CDATA[", b"]]>", b"&#0;", b"&x;", b"\0", b"\xff",
    b"<?x", b"<!--", b" url='http://[::1'", b"\xed\xa0\x80", b"9" * 30, b"<a:b/>",
)  # fmt: skip
OF_SERVERS = {rule.code for rule in online.RULES}


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    copies = tmp_path_factory.mktemp("copies")
    with Maker(cache={}, copies=copies, workers=1) as maker:
        yield maker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _prober(site: Loopback, maker: MediaMaker, folder: Path) -> Prober:
    return Prober(
        fetcher=WebFetcher(allowed=frozenset({site.url}), read_timeout=2),
        maker=maker,
        folder=folder,
        clock=SetClock(),
        progress=Quiet(),
    )


def _inspected(
    site: Loopback, maker: MediaMaker, folder: Path, *, start: str = "/feed.xml"
) -> Inspected:
    prober = _prober(site, maker, folder)
    source = visit_feed(site.url + start, prober, thorough=True)
    return inspect_feed(source, at=AT, prober=prober)


def _of_servers(found: Inspected) -> dict[str, str]:
    return {p.code: p.what for p in found.problems if p.code in OF_SERVERS}


def test_a_good_podcast_has_no_fault_of_its_servers(maker: Maker, folder: Path) -> None:
    with stranger() as site:
        found = _inspected(site, maker, folder)

    assert _of_servers(found) == {}
    assert found.episodes == 1
    assert found.probed.left == 0
    roles = [part.lead.role for part in found.probed.parts]
    assert roles == [
        Role.ARTWORK, Role.PAGE, Role.MEDIA, Role.TRANSCRIPT, Role.CHAPTERS, Role.PAGE,
    ]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_a_server_does_wrong_is_found_under_its_code_alone(
    fault: Fault, maker: Maker, folder: Path
) -> None:
    with stranger(changes=fault.changes, others=fault.others, edit=fault.edit) as site:
        found = _inspected(site, maker, folder, start=fault.start)

    told = _of_servers(found)
    assert set(told) == {fault.code, *fault.also}
    assert fault.says in told[fault.code]
    for problem in found.problems:
        assert problem.what.endswith("."), problem.what
        assert problem.what.isprintable()
        assert len(problem.what) < 300


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_moved_for_good_is_no_fault(
    status: int, maker: Maker, folder: Path
) -> None:
    moved = Reply(status=status, headers={"Location": "/feed.xml"})
    with stranger(changes={"/old": lambda *_: moved}) as site:
        found = _inspected(site, maker, folder, start="/old")

    assert _of_servers(found) == {}


def test_every_rule_of_servers_has_a_fault() -> None:
    assert {fault.code for fault in FAULTS} == OF_SERVERS


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"<html><body>Log in</body></html>",
        b"<rss><channel><item></channel>",
        b"{}",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 7}',
        b"\xff\xfe<\x00r\x00",
        b"<?xml version='1.0' encoding='odd'?><feed/>",
        b"<rss><channel>" + b"<item>" * 300,
    ],
)
def test_whatever_comes_is_judged(data: bytes) -> None:
    problems = check_feed(data, at=AT)

    assert problems
    assert {problem.place.path for problem in problems} == {"feed.xml"}


def test_no_broken_feed_breaks_the_judge(
    record_property: Callable[[str, object], None],
) -> None:
    chance = Random(7)  # noqa: S311  # to spoil feeds, the same ones each time
    good = resources("https://example.org")["/feed.xml"].body

    for _ in range(400):
        check_feed(_spoilt(good, chance), at=AT)

    record_property("figure", "feeds spoilt at random and judged: 400, crashes 0")


def _spoilt(good: bytes, chance: Random) -> bytes:
    """A feed with a few bytes changed, lost, doubled or thrown in."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data))
        end = at + chance.randint(1, 60)
        lost, doubled = b"", bytes(data[at:end]) * 3
        data[at : chance.choice((at, end))] = chance.choice((lost, doubled, *_THROWN))
    return bytes(data) or b" "


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "DOCTYPE"),
        (b"\n<!doctype HTML><title>Not found</title>", "a web page, not a feed"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<rss>" + b"<a>" * 400, "refused"),
        (b" " * 2000, "at most 1,500 are read"),
    ],
)
def test_what_could_do_harm_is_a_problem_of_its_own(data: bytes, words: str) -> None:
    (problem,) = check_feed(data, url="https://example.org/f", limit=1500)

    assert problem.code == "E1000"
    assert words in problem.what
    assert problem.place.path == "https://example.org/f"
    assert ("in a browser" in problem.fix) == ("web page" in words)


def test_a_moment_without_zone_is_refused_in_words() -> None:
    with pytest.raises(FieldError, match=r"^at: .* has no time zone\. Give it one"):
        check_feed(b"<rss/>", at=AT.replace(tzinfo=None))


def test_bytes_alone_meet_no_rule_of_servers() -> None:
    feed = resources("https://example.org")["/feed.xml"].body
    codes = {problem.code for problem in check_feed(feed, at=AT)}

    assert codes & OF_SERVERS == set()


def test_a_feed_that_is_not_given_is_not_judged_by_what_is_said_instead(
    maker: Maker, folder: Path
) -> None:
    with stranger() as site:
        found = _inspected(site, maker, folder, start="/missing.xml")

    assert [problem.code for problem in found.problems] == ["E5001"]
    assert (found.episodes, found.probed.parts) == (0, ())


def test_a_refused_feed_is_judged_by_its_server_alone(
    maker: Maker, folder: Path
) -> None:
    evil = Resource(body=b"<!DOCTYPE rss><rss/>", type="text/plain")
    with stranger(others={"/feed.xml": evil}) as site:
        found = _inspected(site, maker, folder)

    assert [problem.code for problem in found.problems] == ["E1000"]


def test_a_file_is_judged_with_the_servers_of_its_parts(
    maker: Maker, folder: Path
) -> None:
    gone = {"/first.mp3": lambda _asked, _reply: Reply(status=404)}
    with stranger(changes=gone) as site:
        data = resources(site.url)["/feed.xml"].body
        prober = _prober(site, maker, folder)
        source = FeedSource(name="saved.xml", data=data)
        found = inspect_feed(source, at=AT, prober=prober)

    (problem,) = (p for p in found.problems if p.code in OF_SERVERS)
    assert (problem.code, problem.place.path) == ("E5101", "saved.xml")
    assert data.splitlines()[problem.place.line - 1].startswith(b"<enclosure")


def test_no_answer_at_all_is_an_error_of_the_network(
    maker: Maker, folder: Path
) -> None:
    with stranger() as site:
        prober = _prober(site, maker, folder)
        with pytest.raises(FetchError, match="may not be visited"):
            visit_feed(f"http://127.0.0.1:{closed_port()}/feed.xml", prober)


def test_a_feed_is_fetched_once_where_nothing_more_is_asked(
    maker: Maker, folder: Path
) -> None:
    with stranger() as site:
        source = visit_feed(f"{site.url}/feed.xml", _prober(site, maker, folder))
        found = inspect_feed(source, at=AT)

    assert [asked.method for asked in site.asked] == ["GET"]
    assert _of_servers(found) == {}
    assert found.probed.feed == source.asked


def test_only_the_newest_episodes_are_asked_for(maker: Maker, folder: Path) -> None:
    item = "<item><title>Old</title><enclosure url='{0}/old{1}.mp3'/>{2}</item>"
    dates = (
        "",
        "<pubDate>Mon, 02 Nov 2020 09:00:00 GMT</pubDate>",
        "<pubDate>x</pubDate>",
    )

    def longer(text: str) -> str:
        url = text.partition("<link>")[2].partition("/</link>")[0]
        items = "".join(item.format(url, n, date) for n, date in enumerate(dates))
        return text.replace("<item>", f"{items}<item>", 1)

    with stranger(edit=longer) as site:
        prober = _prober(site, maker, folder)
        source = visit_feed(f"{site.url}/feed.xml", prober)
        one = inspect_feed(source, at=AT, prober=prober, newest=1)
        two = inspect_feed(source, at=AT, prober=prober, newest=2)
        none = inspect_feed(source, at=AT, prober=prober, newest=0)

    assert "E5101" not in {problem.code for problem in one.problems}
    assert (one.episodes, one.probed.left) == (4, 3)
    assert [p.lead.url for p in two.probed.parts][-1] == f"{site.url}/old1.mp3"
    assert [p.lead.role for p in none.probed.parts] == [Role.ARTWORK, Role.PAGE]


def test_nothing_is_asked_after_the_time_is_over(maker: Maker, folder: Path) -> None:
    clock = SetClock()

    def slow(_asked: Asked, reply: Reply) -> Reply:
        clock.advance(timedelta(seconds=20))
        return reply

    with stranger(changes={"/cover.png": slow, "/first.mp3": slow}) as site:
        patient = _prober(site, maker, folder)
        prober = replace(patient, clock=clock, seconds=30, workers=1)
        source = visit_feed(f"{site.url}/feed.xml", prober)
        found = inspect_feed(source, at=AT, prober=prober)
        late = replace(prober, seconds=0)
        feed, _ = late.feed(f"{site.url}/feed.xml", thorough=True)

    (artwork,) = found.probed.parts
    asked = [visit.question for visit in artwork.visits]
    assert asked == [Question.HEAD, Question.WHOLE]
    assert found.probed.left == 5
    assert [visit.question for visit in feed.visits] == [Question.WHOLE]


def test_nothing_is_asked_when_there_is_no_room_for_more(
    maker: Maker, folder: Path
) -> None:
    with stranger() as site:
        prober = replace(_prober(site, maker, folder), room=1000, workers=1)
        source = visit_feed(f"{site.url}/feed.xml", prober)
        found = inspect_feed(source, at=AT, prober=prober)

    (artwork,) = found.probed.parts
    assert artwork.lead.role is Role.ARTWORK
    assert artwork.facts is not None
    assert found.probed.left == 5


def test_never_more_is_asked_at_a_time_than_allowed(maker: Maker, folder: Path) -> None:
    open_now, most = 0, 0
    lock = Lock()

    def counted(_asked: Asked, reply: Reply) -> Reply:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        sleep(0.02)
        with lock:
            open_now -= 1
        return reply

    paths = resources("http://any")
    with stranger(changes=dict.fromkeys(paths, counted)) as site:
        prober = replace(_prober(site, maker, folder), workers=2)
        source = visit_feed(f"{site.url}/feed.xml", prober)
        inspect_feed(source, at=AT, prober=prober)

    assert most == 2


def test_a_recording_that_is_packed_on_its_way_keeps_its_length(
    maker: Maker, folder: Path
) -> None:
    def packed(asked: Asked, reply: Reply) -> Reply:
        assert asked.headers["accept-encoding"] == "identity"
        if asked.method == "HEAD" or reply.status != 200:
            return reply
        headers = {**reply.headers, "Content-Encoding": "gzip"}
        return Reply(headers=headers, body=gzip.compress(reply.body, mtime=0))

    with stranger(changes={"/first.mp3": packed}) as site:
        found = _inspected(site, maker, folder)

    assert _of_servers(found) == {}


def test_a_recording_is_never_fetched_whole(maker: Maker, folder: Path) -> None:
    sound = Resource(body=b"ID3" + bytes(5_000_000), type="audio/mpeg")
    with stranger(others={"/first.mp3": sound}) as site:
        found = _inspected(site, maker, folder)

    (media,) = (p for p in found.probed.parts if p.lead.role is Role.MEDIA)
    assert sum(visit.size for visit in media.visits) < 10_000
    assert all(visit.cut for visit in media.visits if visit.question is Question.WHOLE)


def test_who_hangs_up_in_the_middle_is_obeyed(maker: Maker, folder: Path) -> None:
    class Stopped(Quiet):
        def advance(self, phase: str, amount: int) -> None:
            super().advance(phase, amount)
            raise KeyboardInterrupt

    with stranger() as site:
        prober = replace(_prober(site, maker, folder), progress=Stopped(), workers=1)
        source = visit_feed(f"{site.url}/feed.xml", prober)
        with pytest.raises(KeyboardInterrupt):
            inspect_feed(source, at=AT, prober=prober)
