"""Tell the caches before a site to forget addresses: by HTTP, or by a command."""

import shlex
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from peru_media.errors import FetchError
from peru_media.ports import Fetcher

__all__ = ["CommandPurge", "HttpPurge"]

_SECONDS = 30
_WORKERS = 8
_FINE = frozenset({200, 201, 202, 204, 404, 410})
_LITTLE = 64 * 2**10


@dataclass(frozen=True, slots=True)
class HttpPurge:
    """Ask each address with the method ``PURGE``, as caches understand it."""

    fetcher: Fetcher

    def __call__(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Purge; gives a sentence for each address that the cache would not forget."""
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="purge") as workers:
            return tuple(said for said in workers.map(self._one, urls) if said)

    def _one(self, url: str) -> str:
        try:
            answer = self.fetcher.request("PURGE", url, limit=_LITTLE)
        except FetchError as error:
            return str(error)
        fine = answer.status in _FINE
        return "" if fine else f"{url}: PURGE answers {answer.status}"


@dataclass(frozen=True, slots=True)
class CommandPurge:
    """Run a command once for each address; no shell ever sees one.

    The address takes the place of ``{url}``, and is the last argument where the
    command has none.
    """

    command: str

    def __call__(self, urls: Sequence[str]) -> tuple[str, ...]:
        """Purge; gives a sentence for each address at which the command failed."""
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="purge") as workers:
            return tuple(said for said in workers.map(self._one, urls) if said)

    def _one(self, url: str) -> str:
        try:
            words = shlex.split(self.command)
        except ValueError as error:
            return f"the command of purge cannot be read: {error}"
        arguments = [word.replace("{url}", url) for word in words]
        arguments += [] if "{url}" in self.command else [url]
        try:
            done = subprocess.run(  # noqa: S603  # staff's own command, with no shell
                arguments,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return f"{url}: the command of purge did not run: {type(error).__name__}"
        code = done.returncode
        return f"{url}: the command of purge ended with {code}" if code else ""
