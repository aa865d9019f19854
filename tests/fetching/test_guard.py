"""The guard: nothing that a stranger's address names may reach this machine."""

import socket
from collections.abc import Callable, Iterator, Sequence

import pytest

from peru_media.errors import FetchError, OffLimitsError
from peru_media.fetching import WebFetcher
from tests.fetching.conftest import Connections
from tests.fetching.loopback import Listener, Reply, listening, serving

OPEN = "93.184.216.34"
HERE = "127.0.0.1"

NAMES = {
    "localhost": ("127.0.0.1", "::1"),
    "localhost.": ("127.0.0.1",),
    "inside.test": (HERE,),
    "mixed.test": (OPEN, HERE),
    "metadata.test": ("169.254.169.254",),
    "six.test": ("::1",),
}

SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1",
    "0x7f.0x0.0x0.0x1", "0177.0.0.1", "017700000001", "0177.1", "127.0.0.1.",
    "127.127.127.127", "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.",  # noqa: S104  # asked for, not bound
    "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "ⓛocalhost", "inside.test",  # noqa: RUF001  # strange digits are the point
    "mixed.test", "six.test", "metadata.test", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]",
    "[fe80::1]", "[fd00::1]", "[ff02::1]", "169.254.169.254", "2852039166",
    "0xa9fea9fe", "0251.0376.0251.0376", "[::ffff:169.254.169.254]", "10.0.0.1",
    "172.16.0.1", "192.168.0.1", "100.64.0.1", "192.0.0.192", "224.0.0.1",
    "255.255.255.255",
]  # fmt: skip


def _resolve(host: str, port: int) -> Sequence[str]:
    """The system's reading of numbers, and names of our own."""
    if host in NAMES:
        return NAMES[host]
    found = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
    )
    return [str(entry[4][0]) for entry in found]


def _changing(*answers: str) -> tuple[Callable[[str, int], Sequence[str]], list[str]]:
    """A name that means another address each time, and who asked for it."""
    asked: list[str] = []
    meanings = iter(answers)

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return [next(meanings)]

    return resolve, asked


def _stranger(*ports: int) -> WebFetcher:
    """A guard that would let these ports pass, so only addresses can stop it."""
    return WebFetcher(
        allowed=frozenset(),
        ports=frozenset(ports),
        resolve=_resolve,
        connect_timeout=1,
        read_timeout=1,
    )


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as listener:
        yield listener


def test_there_are_at_least_forty_spellings() -> None:
    assert len(set(SPELLINGS)) >= 40


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_a_closed_address_is_connected_to(
    spelling: str, listener: Listener, connections: Connections
) -> None:
    fetcher = _stranger(listener.port)

    with pytest.raises(FetchError, match=r"private network|no web server|not the name"):
        fetcher.request("GET", f"http://{spelling}:{listener.port}/")

    assert connections.tried == []
    assert listener.accepted == 0


def test_what_staff_configured_may_be_here(
    listener: Listener, connections: Connections
) -> None:
    fetcher = WebFetcher(allowed=frozenset({f"http://127.0.0.1:{listener.port}"}))

    answer = fetcher.request("GET", f"http://127.0.0.1:{listener.port}/")

    assert answer.status == 200
    assert connections.tried == [(HERE, listener.port)]
    assert listener.accepted == 1


@pytest.mark.parametrize(
    "origin", ["https://127.0.0.1:{}", "http://127.0.0.2:{}", "http://localhost:{}"]
)
def test_an_origin_is_allowed_to_the_letter(origin: str, listener: Listener) -> None:
    fetcher = WebFetcher(
        allowed=frozenset({origin.format(listener.port)}),
        ports=frozenset({listener.port}),
    )

    with pytest.raises(FetchError, match="private network"):
        fetcher.request("GET", f"http://127.0.0.1:{listener.port}/")

    assert listener.accepted == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1"])
def test_a_closed_address_is_called_one_on_any_port(host: str) -> None:
    with pytest.raises(OffLimitsError, match=r"this computer .* feeds/site\.yaml"):
        WebFetcher(allowed=frozenset()).request("GET", f"http://{host}:8911/")


@pytest.mark.parametrize("port", [0, 22, 25, 6379, 8080, 11211, 65535])
def test_strangers_are_asked_on_the_webs_own_ports_alone(
    port: int, connections: Connections
) -> None:
    fetcher = WebFetcher(allowed=frozenset(), resolve=lambda *_: [OPEN])

    with pytest.raises(FetchError, match=f"port {port} may not be visited"):
        fetcher.request("GET", f"http://example.org:{port}/")

    assert connections.tried == []


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.test/",
        "http://[::ffff:169.254.169.254]/",
        "//169.254.169.254/",
        "https://127.0.0.1/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_x",
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_closed_address_is_not_followed(
    status: int, location: str, connections: Connections
) -> None:
    with serving({"/": Reply(status=status, headers={"Location": location})}) as site:
        fetcher = WebFetcher(allowed=frozenset({site.url}), resolve=_resolve)

        with pytest.raises(FetchError, match=r"may (not )?be visited"):
            fetcher.request("GET", site.url)

        assert connections.tried == [(HERE, site.port)]


def test_a_name_that_changes_its_mind_is_asked_once(
    listener: Listener, connections: Connections
) -> None:
    resolve, asked = _changing(OPEN, HERE, HERE, HERE)
    fetcher = WebFetcher(
        allowed=frozenset(), ports=frozenset({listener.port}), resolve=resolve
    )

    with pytest.raises(FetchError, match="nobody answers there"):
        fetcher.request("GET", f"http://rebind.test:{listener.port}/")

    assert connections.tried == [(OPEN, listener.port)]
    assert asked == ["rebind.test"]
    assert listener.accepted == 0


def test_the_next_request_judges_the_name_anew(
    listener: Listener, connections: Connections
) -> None:
    resolve, _ = _changing(OPEN, HERE)
    fetcher = WebFetcher(
        allowed=frozenset(), ports=frozenset({listener.port}), resolve=resolve
    )

    for words in ("nobody answers", "private network"):
        with pytest.raises(FetchError, match=words):
            fetcher.request("GET", f"http://rebind.test:{listener.port}/")

    assert connections.tried == [(OPEN, listener.port)]
    assert listener.accepted == 0


def test_a_redirect_judges_the_name_anew(connections: Connections) -> None:
    """An allowed name first, then the same name on a port of its own choosing."""
    with listening() as other:
        moved = Reply(
            status=302, headers={"Location": f"http://rebind.test:{other.port}/"}
        )
        with serving({"/": moved}) as site:
            resolve, asked = _changing(HERE, HERE)
            fetcher = WebFetcher(
                allowed=frozenset({f"http://rebind.test:{site.port}"}),
                ports=frozenset({other.port}),
                resolve=resolve,
            )

            with pytest.raises(FetchError, match="private network"):
                fetcher.request("GET", f"http://rebind.test:{site.port}/")

        assert asked == ["rebind.test", "rebind.test"]
        assert connections.tried == [(HERE, site.port)]
        assert other.accepted == 0


def test_a_kept_connection_is_not_another_address(connections: Connections) -> None:
    with (
        serving({"/": Reply(body=b"first")}) as first,
        serving({"/": Reply(body=b"second")}, address="127.0.0.2", port=first.port),
    ):
        resolve, _ = _changing(HERE, HERE, "127.0.0.2")
        url = f"http://turning.test:{first.port}"
        fetcher = WebFetcher(allowed=frozenset({url}), resolve=resolve)

        bodies = [fetcher.request("GET", url).body for _ in range(3)]

    assert bodies == [b"first", b"first", b"second"]
    assert connections.tried == [(HERE, first.port), ("127.0.0.2", first.port)]


def test_no_proxy_of_the_environment_stands_in_between(
    listener: Listener, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.port}")
    fetcher = WebFetcher(allowed=frozenset(), resolve=lambda *_: [OPEN])

    with pytest.raises(FetchError, match="nobody answers there"):
        fetcher.request("GET", "http://example.org/")

    assert connections.tried == [(OPEN, 80)]
    assert listener.accepted == 0
