"""Files that come piece by piece, from real servers of this machine."""

from collections.abc import Iterator

import pytest

from peru_media.errors import FetchError
from peru_media.fetching import WebFetcher
from peru_media.ports import Answer
from tests.fetching.loopback import Loopback, Reply, listening, serving


class Taken:
    """What came, and with which answer."""

    def __init__(self) -> None:
        self.heads: list[Answer] = []
        self.pieces: list[bytes] = []

    def __call__(self, head: Answer, pieces: Iterator[bytes]) -> None:
        self.heads.append(head)
        for piece in pieces:
            self.pieces.append(piece)


def _to(site: Loopback) -> WebFetcher:
    return WebFetcher(allowed=frozenset({site.url}), read_timeout=2)


def test_a_file_comes_in_pieces_and_is_kept_nowhere_else() -> None:
    body = bytes(range(256)) * 4_000
    with serving({"/a.mp3": Reply(body=body)}) as site:
        taken = Taken()
        answer = _to(site).download(f"{site.url}/a.mp3", take=taken)

    assert b"".join(taken.pieces) == body
    assert len(taken.pieces) > 1
    assert taken.heads[0].headers["content-length"] == str(len(body))
    assert (answer.status, answer.body) == (200, b"")
    assert site.asked[0].headers["accept-encoding"] == "identity"


def test_only_the_last_answer_of_a_chain_is_taken() -> None:
    table = {
        "/a": Reply(status=302, headers={"Location": "/b"}, body=b"elsewhere"),
        "/b": Reply(body=b"here"),
    }
    with serving(table) as site:
        taken = Taken()
        answer = _to(site).download(f"{site.url}/a", take=taken)

    assert taken.pieces == [b"here"]
    assert answer.url == f"{site.url}/b"
    assert [hop.status for hop in answer.hops] == [302]


def test_headers_such_as_a_range_are_passed_on() -> None:
    with serving({"/": Reply(status=206, body=b"rest")}) as site:
        _to(site).download(site.url, headers={"Range": "bytes=4-"}, take=Taken())

    assert site.asked[0].headers["range"] == "bytes=4-"


def test_what_came_before_a_break_was_handed_on() -> None:
    says = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
    with listening(says) as listener:
        url = f"http://127.0.0.1:{listener.port}"
        taken = Taken()
        with pytest.raises(FetchError, match="broke off"):
            WebFetcher(allowed=frozenset({url})).download(url, take=taken)

    assert b"".join(taken.pieces) == b"only this"


def test_what_the_taker_raises_comes_out() -> None:
    def full(_: Answer, pieces: Iterator[bytes]) -> None:
        next(pieces)
        raise OSError(28, "No space left on device")

    with (
        serving({"/": Reply(body=b"much")}) as site,
        pytest.raises(OSError, match="No space"),
    ):
        _to(site).download(site.url, take=full)


def test_a_private_address_is_refused_before_anything_is_asked() -> None:
    with (
        serving({"/": Reply()}) as site,
        pytest.raises(FetchError, match="may not be visited"),
    ):
        WebFetcher(allowed=frozenset()).download(site.url, take=Taken())

    assert site.asked == []
