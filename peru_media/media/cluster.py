"""The computers of a ``dask.distributed`` cluster, as one executor: its only door."""

import logging
import socket
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from peru_media.errors import SettingsError, UnreachableError
from peru_media.media.errand import unseen

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Cluster"]

_P = ParamSpec("_P")
_T = TypeVar("_T")
_SCHEMES = {"tcp", "tls"}
_CONNECTING = 10.0
_ALONE = 60.0
_A_LOOK = 1.0
_GONE = (
    "Everybody at the cluster {address} went away, and nobody came back: start workers "
    "there, and run the command again."
)


class Cluster(Executor):
    """Sends work to a cluster, which is called only once there is work.

    Before the first work every computer is asked whether it sees the same disk. Where
    all of them have been away for a minute, the work is given up.

    Args:
        address: of the scheduler, such as ``tcp://192.0.2.7:8786``.
        shared: the folder that all of them write into; made where it is not there.
        version: of peru-media here, which must be theirs too.
        patience: seconds without any worker before work is given up.

    Raises:
        SettingsError: the address is none.
    """

    def __init__(
        self, address: str, *, shared: Path, version: str, patience: float = _ALONE
    ) -> None:
        _expect_address(address)
        self._address = address
        self._shared = shared
        self._version = version
        self._patience = patience
        self._called: tuple[Client, Executor] | None = None
        self._futures: set[Future[Any]] = set()
        self._over = threading.Event()
        self._gone = UnreachableError(_GONE.format(address=address))

    def submit(
        self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Hand over some work; function and arguments must survive pickling.

        Raises:
            SettingsError: a computer of the cluster sees another disk, has another
                peru-media, or this one lacks the extra ``cluster``.
            UnreachableError: the cluster does not answer, or nobody works there.
        """
        if self._called is None:
            self._called = self._call()
        mine: Future[_T] = Future()
        self._futures.add(mine)
        mine.add_done_callback(self._futures.discard)
        theirs = self._called[1].submit(fn, *args, **kwargs)
        mine.add_done_callback(lambda one: one.cancelled() and theirs.cancel())
        theirs.add_done_callback(partial(_hand_on, to=mine, gone=self._gone))
        return mine

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # as Executor says it
        """Leave the cluster; what is not done is called off."""
        self._over.set()
        if self._called is not None:
            self._called[0].close()

    def _call(self) -> "tuple[Client, Executor]":
        client = _client(self._address)
        try:
            self._expect_help(client)
        except BaseException:
            client.close()
            raise
        # "Pure" work of dask is not done again, though files change.
        executor: Executor = client.get_executor(pure=False)
        threading.Thread(target=self._watch, args=(client,), daemon=True).start()
        return client, executor

    def _expect_help(self, client: "Client") -> None:
        """Find out whether all of its computers can do the work.

        Raises:
            SettingsError: one cannot. UnreachableError: there is none.
        """
        if not _workers(client):
            msg = (
                f"Nobody works at the cluster {self._address} yet: start workers there "
                "(dask worker), or go on without PERU_MEDIA_CLUSTER."
            )
            raise UnreachableError(msg)
        with _sign(self._shared) as sign:
            told = client.run(unseen, str(sign), self._version, on_error="return")
        for worker, said in sorted(told.items()):
            if said:
                raise SettingsError(_fault(worker, said))

    def _watch(self, client: "Client") -> None:
        """Give work up where nobody has been there to do it for too long."""
        alone = 0.0
        while not self._over.wait(_A_LOOK):
            alone = 0.0 if _workers(client) else alone + _A_LOOK
            for future in list(self._futures) if alone >= self._patience else ():
                _end(future, self._gone)


def _hand_on(theirs: Future[_T], *, to: Future[_T], gone: Exception) -> None:
    """Let a future of ours end as one of dask's did, if nothing ended it before."""
    try:
        result = theirs.result()
    except CancelledError:  # by dask, as its scheduler went away
        _end(to, gone)
    except Exception as error:  # noqa: BLE001  # whatever it was
        _end(to, error)
    else:
        with suppress(InvalidStateError):
            to.set_result(result)


def _end(future: Future[_T], error: Exception) -> None:
    with suppress(InvalidStateError):
        future.set_exception(error)


def _expect_address(address: str) -> None:
    """Refuse what cannot be the address of a scheduler.

    Raises:
        SettingsError: it has another form.
    """
    try:
        parts = urlsplit(address)
        right = parts.scheme in _SCHEMES and parts.hostname and parts.port
    except ValueError:
        right = None
    if not right:
        msg = (
            f'"{address}" is no address of a cluster: write PERU_MEDIA_CLUSTER like '
            "tcp://192.0.2.7:8786"
        )
        raise SettingsError(msg)


def _client(address: str) -> "Client":
    """Call a scheduler.

    Raises:
        SettingsError: the extra is missing. UnreachableError: nobody answers.
    """
    parts = urlsplit(address)
    try:
        # Where nobody listens, dask would try again and again first.
        socket.create_connection((parts.hostname, parts.port), _CONNECTING).close()
        with _hushed():
            from distributed import Client  # noqa: PLC0415  # an extra, and slow

            return Client(address, timeout=_CONNECTING, set_as_default=False)
    except ImportError:
        msg = (
            "A cluster needs more than is installed here: make cluster installs it in "
            "the project's own folder, else pip install 'peru-media[cluster]'"
        )
        raise SettingsError(msg) from None
    except OSError:  # as is TimeoutError
        msg = (
            f"Nobody answers at the cluster {address}: start its scheduler "
            "(dask scheduler), or go on without PERU_MEDIA_CLUSTER."
        )
        raise UnreachableError(msg) from None


@contextmanager
def _hushed() -> Iterator[None]:
    """Let dask say nothing to people: what counts is said in our own words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    for name in ("distributed", "distributed.client", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _sign(folder: Path) -> Iterator[Path]:
    """A new file in a folder, which whoever shares the folder sees."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".sign") as file:
        yield Path(file.name)


def _workers(client: "Client") -> bool:
    """Whether anybody works there just now."""
    try:
        return bool(client.scheduler_info()["workers"])
    except Exception:  # noqa: BLE001  # dask raises anything while its scheduler is away
        return False


def _fault(worker: str, said: object) -> str:
    """A worker's own sentence, or one for what it could not even begin with."""
    if isinstance(said, str):
        return said
    return (
        f"The worker {worker} cannot begin ({type(said).__name__}): install the same "
        "peru-media there."
    )
