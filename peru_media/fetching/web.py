"""Fetch from the web, through a guard that stands in the connection itself.

Looking an address up, judging it and then handing the *name* to a library lets
the name change its mind in between (DNS rebinding). So the host is looked up
once, every address of it judged, and the connection made to exactly that
number, while TLS still asks for the name. Each redirect begins anew.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from math import inf
from ssl import SSLContext

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from peru_media.errors import FetchError, OffLimitsError, UnreachableError
from peru_media.fetching.addresses import is_closed, is_public, look_up
from peru_media.fetching.body import beginning, inflated, within
from peru_media.fetching.patience import (
    PatientConnection,
    SlowHeadError,
    hurried,
    patient_pools,
)
from peru_media.fetching.step import Step
from peru_media.fetching.target import parse_target
from peru_media.model.probed import Hop
from peru_media.ports import Answer, Take

__all__ = ["Resolve", "WebFetcher"]

Resolve = Callable[[str, int], Sequence[str]]

_WEB_PORTS = frozenset({80, 443})
_REDIRECTS = 5
_TRIES = 4
_KEPT = 8
_PIECE = 64 * 2**10
_SLOWEST = 16 * 2**10
_NOT_PUBLIC = (
    "it leads to this computer or into a private network, so it may not be visited: "
    "only an address that a target in feeds/site.yaml names may lie there"
)

_WORDS: dict[type[HTTPError], str] = {
    NewConnectionError: "nobody answers there",
    ConnectTimeoutError: "nobody answers there in time",
    ReadTimeoutError: "the answer took too long",
    SlowHeadError: "the answer took too long",
    SSLError: "it cannot prove to be the server of that name",
}


class WebFetcher:
    """Ask web servers, but never one that a stranger's address should not reach.

    Public addresses on ports 80 and 443 may be visited, and so may the origins
    that staff configured themselves, wherever they lie. No proxy, no cookies.

    Args:
        allowed: origins such as ``http://127.0.0.1:8000`` that may be loopback,
            private or on any port. A redirect may lead into such a place only
            from another of them.
        connect_timeout: seconds for each address that is tried.
        read_timeout: seconds of silence; twice as many for all of an answer's head,
            and of a chunk's. Past them a body must also keep coming at 16 kB a second.
        longest: seconds that a body may take in all, however large it is.
        ports: what a public address may be asked on.
        resolve: host and port to numeric addresses; raises OSError.
        tls: certificates to trust; by default those of the system.
        monotonic: seconds that never go back.
    """

    def __init__(  # noqa: PLR0913  # the guard's limits and seams, each by its name
        self,
        *,
        allowed: frozenset[str],
        connect_timeout: float = 5,
        read_timeout: float = 15,
        longest: float = inf,
        ports: frozenset[int] = _WEB_PORTS,
        resolve: Resolve = look_up,
        tls: SSLContext | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = frozenset(parse_target(url).origin for url in allowed)
        self._ports = ports
        self._resolve = resolve
        self._tls = tls
        self._monotonic = monotonic
        self._read_timeout = read_timeout
        self._longest = longest
        self._pools = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=connect_timeout, read=read_timeout),
            maxsize=_KEPT,
            retries=False,
        )
        self._pools.pool_classes_by_scheme = patient_pools(2 * read_timeout)
        self._agent = f"peru_media/{version('peru-media')}"

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limit: int = 15 * 2**20,
        enough: int | None = None,
    ) -> Answer:
        """Ask a web server once, following at most five redirects.

        Any status is an answer. ``limit`` and ``enough`` count decoded bytes; past
        the one there is none, past the other the rest is left.

        Raises:
            FetchError: no answer came, it was too large, or the address may not
                be visited; the text names the address without its query.
        """
        given = {name.lower(): value for name, value in (headers or {}).items()}
        step = Step(
            method=method.upper(), target=parse_target(url), headers=given, body=body
        )
        return self._follow(step, _Wanted(limit, enough))

    def download(
        self, url: str, *, headers: Mapping[str, str] | None = None, take: Take
    ) -> Answer:
        """Ask for a file, and hand its bytes on as they come.

        ``take`` gets the answer without its body, and the body in pieces, as it
        was sent: no coding is asked for. Whatever it raises comes out here.

        Raises:
            FetchError: as for ``request``; also where the body breaks off.
        """
        given = {name.lower(): value for name, value in (headers or {}).items()}
        given["accept-encoding"] = "identity"
        step = Step(method="GET", target=parse_target(url), headers=given)
        return self._follow(step, _Handed(take))

    def _follow(self, step: Step, wanted: "_Reader") -> Answer:
        """Ask, and go where the answer leads, some times."""
        hops: list[Hop] = []
        first = step.target
        for _ in range(_REDIRECTS + 1):
            answer, following = self._take(step, wanted)
            if following is None:
                return replace(answer, hops=tuple(hops))
            place = answer.headers["location"]
            hops.append(Hop(url=answer.url, status=answer.status, location=place))
            step = following
        msg = f"{first.label}: more than {_REDIRECTS} redirects"
        raise FetchError(msg)

    def _take(self, step: Step, wanted: "_Reader") -> tuple[Answer, Step | None]:
        """Ask once; give the answer, and where it leads."""
        step = step.among(self._allowed)
        try:
            response = self._ask(step)
            try:
                return self._read(step, response, wanted)
            finally:
                response.close()
        except (FetchError, HTTPError) as error:
            raise _ours(error, at=step.target.label) from None

    def _ask(self, step: Step) -> urllib3.BaseHTTPResponse:
        """Connect to the first judged address that lets us."""
        addresses = self._judged(step)
        for address in addresses[:-1]:
            try:
                return self._ask_at(address, step)
            except (NewConnectionError, ConnectTimeoutError):
                continue
        return self._ask_at(addresses[-1], step)

    def _ask_at(self, address: str, step: Step) -> urllib3.BaseHTTPResponse:
        """Connect to this very address, whatever its name may mean by now."""
        target = step.target
        names = {"server_hostname": target.host, "assert_hostname": target.host}
        pool = self._pools.connection_from_host(
            address,
            target.port,
            target.scheme,
            pool_kwargs={"ssl_context": self._tls, **names},
        )
        return pool.urlopen(
            step.method,
            target.path,
            body=step.body,
            headers=self._headers(step),
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )

    def _headers(self, step: Step) -> dict[str, str]:
        whole = step.method == "GET" and "range" not in step.headers
        usual = {
            "accept": "*/*",
            "accept-encoding": "gzip" if whole else "identity",
            "user-agent": self._agent,
        }
        return {**usual, **step.headers, "host": step.target.authority}

    def _judged(self, step: Step) -> Sequence[str]:
        """Look the host up once, and refuse it unless all its addresses are open."""
        target = step.target
        if not step.trusted and target.port not in self._ports:
            if is_closed(target.host):
                raise OffLimitsError(_NOT_PUBLIC)
            msg = f"port {target.port} may not be visited, only {_listed(self._ports)}"
            raise OffLimitsError(msg)
        try:
            addresses = self._resolve(target.host, target.port)
        except OSError:
            addresses = ()
        if not addresses:
            msg = "no web server of that name is known"
            raise UnreachableError(msg)
        if not step.trusted and not all(map(is_public, addresses)):
            raise OffLimitsError(_NOT_PUBLIC)
        return addresses[:_TRIES]

    def _read(
        self, step: Step, response: urllib3.BaseHTTPResponse, wanted: "_Reader"
    ) -> tuple[Answer, Step | None]:
        """Read the answer; of a redirect only where it leads."""
        following = step.after(response.status, response.headers.get("location"))
        headers = {k.lower(): v for k, v in response.headers.itermerged()}
        head = Answer(url=step.target.url, status=response.status, headers=headers)
        if following is not None:
            if response.length_remaining == 0:
                response.read()  # nothing; the connection can be used again
            return head, following
        body, cut = wanted.of(head, self._decoded(response))
        return replace(head, body=body, cut=cut), None

    def _decoded(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        pieces = self._pieces(response)
        if coding in {"", "identity"}:
            return pieces
        if coding not in {"gzip", "x-gzip"}:
            msg = "the answer is in a coding that was not asked for"
            raise FetchError(msg)
        return inflated(pieces)

    def _pieces(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        """The body as it comes; a server that drips it is left."""
        start = self._monotonic()
        received = 0
        while piece := self._piece(response):
            received += len(piece)
            spent = self._monotonic() - start
            patience = self._read_timeout + received / _SLOWEST
            if spent > min(patience, self._longest):
                msg = "the answer comes too slowly"
                raise FetchError(msg)
            yield piece

    def _piece(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """Some bytes of the body; one in chunks could drip between them for ever."""
        connection: object = response.connection
        if not (response.chunked and isinstance(connection, PatientConnection)):
            return response.read1(_PIECE)
        with hurried(connection.hang_up, 2 * self._read_timeout):
            return response.read1(_PIECE)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How many decoded bytes of a body are wanted, and how many would be too many."""

    limit: int
    enough: int | None

    def of(self, _: Answer, pieces: Iterator[bytes]) -> tuple[bytes, bool]:
        """Read what is wanted, and tell whether more would have come."""
        if self.enough is None:
            return within(pieces, limit=self.limit), False
        return beginning(pieces, enough=min(self.enough, self.limit))


@dataclass(frozen=True, slots=True)
class _Handed:
    """A body that somebody else takes, piece by piece."""

    take: Take

    def of(self, head: Answer, pieces: Iterator[bytes]) -> tuple[bytes, bool]:
        """Hand it on, and keep nothing."""
        self.take(head, pieces)
        return b"", False


_Reader = _Wanted | _Handed


def _listed(ports: frozenset[int]) -> str:
    return " and ".join(map(str, sorted(ports)))


def _ours(error: FetchError | HTTPError, *, at: str) -> FetchError:
    """Say in plain words where, and what went wrong on the way."""
    if isinstance(error, FetchError):
        return type(error)(f"{at}: {error}")
    unreachable = isinstance(error, (NewConnectionError, ConnectTimeoutError))
    words = (words for kind, words in _WORDS.items() if isinstance(error, kind))
    sentence = f"{at}: {next(words, 'the answer broke off, or is not one')}"
    return UnreachableError(sentence) if unreachable else FetchError(sentence)
