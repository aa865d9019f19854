"""Fetching from real servers of this machine, within limits."""

import gzip
import ssl
from importlib.metadata import version

import pytest

from peru_media.errors import FetchError, UnreachableError
from peru_media.fetching import WebFetcher
from tests.fetching.conftest import Certificate, Connections
from tests.fetching.loopback import (
    Asked,
    Loopback,
    Reply,
    closed_port,
    crowded,
    listening,
    serving,
)


def _to(site: Loopback, *, read_timeout: float = 2) -> WebFetcher:
    return WebFetcher(allowed=frozenset({site.url}), read_timeout=read_timeout)


def _saying(port: int, *, read_timeout: float = 2) -> WebFetcher:
    origin = f"http://127.0.0.1:{port}"
    return WebFetcher(allowed=frozenset({origin}), read_timeout=read_timeout)


def test_an_answer_comes_with_its_status_headers_and_body() -> None:
    reply = Reply(status=404, headers={"X-Release": "7"}, body=b"not here")
    with serving({"/a": reply}) as site:
        answer = _to(site).request("GET", f"{site.url}/a?b=c#d")

    assert (answer.status, answer.body) == (404, b"not here")
    assert answer.headers["x-release"] == "7"
    assert answer.url == f"{site.url}/a?b=c"
    assert site.asked[0].path == "/a?b=c"


def test_the_server_hears_who_asks_and_nothing_of_earlier_visits() -> None:
    reply = Reply(headers={"Set-Cookie": "seen=1"})
    with serving({"/": reply}) as site:
        fetcher = _to(site)
        for _ in range(2):
            fetcher.request("get", site.url, headers={"X-Mine": "yes"})

    headers = site.asked[1].headers
    assert headers["user-agent"] == f"peru_media/{version('peru-media')}"
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert headers["x-mine"] == "yes"
    assert "cookie" not in headers


def test_a_caller_cannot_name_another_host() -> None:
    with serving({"/": Reply()}) as site:
        _to(site).request("GET", site.url, headers={"Host": "other.example"})

    assert site.asked[0].headers["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    ("method", "headers", "coding"),
    [
        ("GET", {}, "gzip"),
        ("GET", {"Range": "bytes=0-1"}, "identity"),
        ("HEAD", {}, "identity"),
        ("GET", {"Accept-Encoding": "identity"}, "identity"),
    ],
)
def test_only_a_whole_body_is_asked_for_compressed(
    method: str, headers: dict[str, str], coding: str
) -> None:
    with serving({"/": Reply()}) as site:
        _to(site).request(method, site.url, headers=headers)

    assert site.asked[0].headers["accept-encoding"] == coding


def test_a_head_tells_the_length_without_a_body() -> None:
    with serving({"/": Reply(body=bytes(500))}) as site:
        fetcher = _to(site)
        answers = [fetcher.request("HEAD", site.url) for _ in range(2)]

    assert [answer.body for answer in answers] == [b"", b""]
    assert answers[0].headers["content-length"] == "500"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", " GZip "])
def test_a_compressed_answer_is_unfolded(coding: str) -> None:
    text = b"one two three " * 1000
    reply = Reply(
        headers={"Content-Encoding": coding}, body=gzip.compress(text, mtime=0)
    )
    with serving({"/": reply}) as site:
        assert _to(site).request("GET", site.url).body == text


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "compress"])
def test_a_coding_that_nobody_asked_for_is_refused(coding: str) -> None:
    reply = Reply(headers={"Content-Encoding": coding}, body=b"whatever")
    with (
        serving({"/": reply}) as site,
        pytest.raises(FetchError, match="not asked for"),
    ):
        _to(site).request("GET", site.url)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (gzip.compress(bytes(20 * 2**20), mtime=0), "hundred times"),
        (gzip.compress(b"x" * 5000, mtime=0), "larger than 1,000 bytes"),
        (b"\x1f\x8bnonsense", "damaged"),
        (gzip.compress(b"whole", mtime=0)[:-4], "broke off"),
    ],
    ids=["bomb", "large", "damaged", "short"],
)
def test_a_compressed_answer_keeps_within_its_limits(body: bytes, words: str) -> None:
    limit = 1000 if "1,000" in words else 15 * 2**20
    reply = Reply(headers={"Content-Encoding": "gzip"}, body=body)
    with serving({"/": reply}) as site, pytest.raises(FetchError, match=words):
        _to(site).request("GET", site.url, limit=limit)


def test_a_plain_answer_may_not_pass_its_limit() -> None:
    with serving({"/": Reply(body=bytes(1001))}) as site:
        fetcher = _to(site)

        assert len(fetcher.request("GET", site.url, limit=1001).body) == 1001
        with pytest.raises(FetchError, match="larger than 1,000 bytes"):
            fetcher.request("GET", site.url, limit=1000)


def test_a_form_is_sent_as_it_is() -> None:
    with serving({"/hub": Reply(status=204)}) as site:
        answer = _to(site).request(
            "POST", f"{site.url}/hub", headers={"Content-Type": "x/y"}, body=b"a=b"
        )

    assert answer.status == 204
    assert site.asked[0].body == b"a=b"
    assert site.asked[0].headers["content-type"] == "x/y"


@pytest.mark.parametrize(("hops", "arrives"), [(0, True), (5, True), (6, False)])
def test_at_most_five_redirects_are_followed(hops: int, *, arrives: bool) -> None:
    def answering(asked: Asked) -> Reply:
        left = int(asked.path[1:])
        place = {"Location": f"/{left - 1}"}
        return Reply(status=302, headers=place) if left else Reply(body=b"here")

    with serving(answering) as site:
        if arrives:
            answer = _to(site).request("GET", f"{site.url}/{hops}")
            assert (answer.body, answer.url) == (b"here", f"{site.url}/0")
        else:
            with pytest.raises(FetchError, match="more than 5 redirects"):
                _to(site).request("GET", f"{site.url}/{hops}")

    assert len(site.asked) == min(hops, 5) + 1


def test_a_redirect_between_allowed_places_carries_a_range_but_no_password() -> None:
    with serving({"/medium": Reply(status=206, body=b"ID")}) as store:
        moved = Reply(
            status=302,
            headers={"Location": f"{store.url}/medium?Signature=x"},
            body=b"a page about the move",
        )
        with serving({"/media": moved}) as site:
            fetcher = WebFetcher(allowed=frozenset({site.url, store.url}))
            answer = fetcher.request(
                "GET",
                f"{site.url}/media",
                headers={"Range": "bytes=0-1", "Authorization": "word"},
            )

    assert (answer.status, answer.body) == (206, b"ID")
    assert site.asked[0].headers["authorization"] == "word"
    assert store.asked[0].headers["range"] == "bytes=0-1"
    assert "authorization" not in store.asked[0].headers


def test_a_message_never_holds_a_signature() -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    fetcher = WebFetcher(allowed=frozenset({url}))

    with pytest.raises(
        UnreachableError, match=r"/a\.mp3: nobody answers there"
    ) as caught:
        fetcher.request("GET", f"{url}/a.mp3?X-Amz-Signature=secret")

    assert "secret" not in str(caught.value)


def test_the_second_address_of_a_host_is_tried_too(connections: Connections) -> None:
    with serving({"/": Reply(body=b"here")}) as site:
        url = f"http://twofold.test:{site.port}"
        fetcher = WebFetcher(
            allowed=frozenset({url}), resolve=lambda *_: ["127.0.0.3", "127.0.0.1"]
        )

        assert fetcher.request("GET", url).body == b"here"

    assert connections.tried == [("127.0.0.3", site.port), ("127.0.0.1", site.port)]


def test_a_name_that_nobody_knows_is_said_so() -> None:
    def unknown(host: str, _port: int) -> list[str]:
        raise OSError(host)

    def empty(_host: str, _port: int) -> list[str]:
        return []

    for resolve in (unknown, empty):
        fetcher = WebFetcher(allowed=frozenset(), resolve=resolve)
        with pytest.raises(
            UnreachableError, match=r"no\.test/: no web server of that name"
        ):
            fetcher.request("GET", "http://no.test")


def test_connections_are_kept_for_the_next_question(connections: Connections) -> None:
    moved = Reply(status=302, headers={"Location": "/"})
    with serving({"/": Reply(body=b"x"), "/moved": moved}) as site:
        fetcher = _to(site)
        for method in ("GET", "HEAD", "GET"):
            fetcher.request(method, f"{site.url}/moved")

    assert len(site.asked) == 6
    assert connections.tried == [("127.0.0.1", site.port)]


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (b"", "broke off"),
        (b"hello\r\n\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour", "broke off"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
            "broke off",
        ),
    ],
)
def test_an_answer_that_breaks_off_is_none(says: bytes, words: str) -> None:
    with listening(says) as listener, pytest.raises(FetchError, match=words):
        _saying(listener.port).request("GET", f"http://127.0.0.1:{listener.port}/")


def test_a_chunked_answer_is_read_whole() -> None:
    says = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n"
    with listening(says) as listener:
        fetcher = _saying(listener.port)

        assert (
            fetcher.request("GET", f"http://127.0.0.1:{listener.port}").body == b"one"
        )


def test_a_silent_server_is_left() -> None:
    with (
        serving({"/": Reply(pause=0.5)}) as site,
        pytest.raises(FetchError, match="took too long"),
    ):
        _to(site, read_timeout=0.1).request("GET", site.url)


def test_a_dripping_server_is_left() -> None:
    says = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + bytes(900)
    with (
        listening(says, drip=0.01) as listener,
        pytest.raises(FetchError, match="too slowly"),
    ):
        _saying(listener.port, read_timeout=0.3).request(
            "GET", f"http://127.0.0.1:{listener.port}/"
        )


@pytest.mark.parametrize(
    "says", [b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 900, b"H" * 900]
)
def test_a_server_that_drips_its_headers_is_left(says: bytes) -> None:
    with (
        listening(says, drip=0.01) as listener,
        pytest.raises(FetchError, match="took too long"),
    ):
        _saying(listener.port, read_timeout=0.1).request(
            "GET", f"http://127.0.0.1:{listener.port}/"
        )


@pytest.mark.parametrize(
    "drops", [b"0" * 900, b"3\r\none\r\n0\r\n" + b"X: y\r\n" * 900]
)
def test_a_server_that_drips_between_chunks_is_left(drops: bytes) -> None:
    says = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + drops
    with (
        listening(says, drip=0.01) as listener,
        pytest.raises(FetchError, match="took too long"),
    ):
        _saying(listener.port, read_timeout=0.5).request(
            "GET", f"http://127.0.0.1:{listener.port}/"
        )


def test_an_answer_may_take_only_so_long_however_fast_it_comes() -> None:
    ticks = iter([0.0, 1.0, 61.0])
    body = bytes(200_000)
    with serving({"/": Reply(body=body)}) as site:
        fetcher = WebFetcher(
            allowed=frozenset({site.url}),
            read_timeout=100,
            longest=60,
            monotonic=lambda: next(ticks, 62.0),
        )
        with pytest.raises(FetchError, match="too slowly"):
            fetcher.request("GET", site.url)


def test_the_way_of_the_redirects_is_told() -> None:
    moved = Reply(status=301, headers={"Location": "/b"})
    found = Reply(status=302, headers={"Location": "/c?d"})
    with serving({"/a": moved, "/b": found, "/c": Reply(body=b"here")}) as site:
        answer = _to(site).request("GET", f"{site.url}/a")

    assert [(hop.url, hop.status, hop.location) for hop in answer.hops] == [
        (f"{site.url}/a", 301, "/b"),
        (f"{site.url}/b", 302, "/c?d"),
    ]
    assert answer.url == f"{site.url}/c?d"


@pytest.mark.parametrize(
    ("enough", "length", "cut"), [(5, 5, True), (9, 9, False), (10, 9, False)]
)
def test_what_is_more_than_enough_is_left(
    enough: int, length: int, *, cut: bool
) -> None:
    with serving({"/": Reply(body=b"123456789")}) as site:
        answer = _to(site).request("GET", site.url, enough=enough, limit=100)

    assert (len(answer.body), answer.cut) == (length, cut)


def test_enough_of_a_bomb_is_no_harm() -> None:
    bomb = gzip.compress(bytes(20 * 2**20), mtime=0)
    reply = Reply(headers={"Content-Encoding": "gzip"}, body=bomb)
    with serving({"/": reply}) as site:
        answer = _to(site).request("GET", site.url, enough=1000)

    assert (answer.body, answer.cut) == (bytes(1000), True)


def test_a_server_that_lets_nobody_in_is_left() -> None:
    with crowded() as port:
        url = f"http://127.0.0.1:{port}"
        fetcher = WebFetcher(allowed=frozenset({url}), connect_timeout=0.2)

        with pytest.raises(UnreachableError, match="nobody answers there in time"):
            fetcher.request("GET", url)


def test_tls_asks_for_the_name_while_the_number_is_pinned(
    certificate: Certificate, connections: Connections
) -> None:
    with serving({"/": Reply(body=b"safe")}, tls=certificate.server) as site:
        url = f"https://media.test:{site.port}"
        fetcher = WebFetcher(
            allowed=frozenset({url}),
            resolve=lambda *_: ["127.0.0.1"],
            tls=certificate.trusting,
        )

        assert fetcher.request("GET", url).body == b"safe"

    assert connections.tried == [("127.0.0.1", site.port)]
    assert site.asked[0].headers["host"] == f"media.test:{site.port}"


@pytest.mark.parametrize("host", ["other.test", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(
    host: str, certificate: Certificate
) -> None:
    with serving({"/": Reply()}, tls=certificate.server) as site:
        url = f"https://{host}:{site.port}"
        fetcher = WebFetcher(
            allowed=frozenset({url}),
            resolve=lambda *_: ["127.0.0.1"],
            tls=certificate.trusting,
        )

        with pytest.raises(FetchError, match="cannot prove"):
            fetcher.request("GET", url)

    assert site.asked == []


@pytest.mark.parametrize("tls", [None, ssl.create_default_context()])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    tls: ssl.SSLContext | None, certificate: Certificate
) -> None:
    with serving({"/": Reply()}, tls=certificate.server) as site:
        url = f"https://media.test:{site.port}"
        fetcher = WebFetcher(
            allowed=frozenset({url}), resolve=lambda *_: ["127.0.0.1"], tls=tls
        )

        with pytest.raises(FetchError, match="cannot prove"):
            fetcher.request("GET", url)

    assert site.asked == []
