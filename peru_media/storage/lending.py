"""A store in memory that lends files of this machine instead of copying them."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path

from peru_media.errors import ObjectNotFoundError, StoreUnavailableError
from peru_media.model.value import digest
from peru_media.ports import Clock, Fetched, LocalFile, Stored, Unchanged
from peru_media.storage.keys import check_span
from peru_media.storage.memory import MemoryStore

__all__ = ["LendingStore"]


class LendingStore(MemoryStore):
    """Hold in memory what is put, and point to what is lent, where it lies.

    So a preview shows an hour of sound without holding it. What is lent stays in
    its owner's hands: it is read anew whenever it is asked for.

    Args:
        clock: tells the date of every answer.
        name: what people are told this store is.
    """

    def __init__(self, *, clock: Clock, name: str = "memory") -> None:
        super().__init__(clock=clock, name=name)
        self._times = clock
        self._lent: Mapping[str, Path] = {}

    def lend(self, files: Mapping[str, Path]) -> None:
        """Lend these files under these keys, and no others any more."""
        self._lent = dict(files)

    def keep(self, keys: Collection[str]) -> None:
        """Forget all that was put but this."""
        self.delete([one.key for one in self.list("") if one.key not in keys])

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch what was put, or the bytes of a file that is lent."""
        if key not in self._lent:
            return super().get(key, span=span, if_none_match=if_none_match)
        data, stored = self._read(key)
        if stored.etag == if_none_match:
            return Unchanged(etag=stored.etag, date=self._times.now())
        body = data if span is None else data[slice(*check_span(span))]
        return Fetched(body=body, stored=stored, date=self._times.now())

    def head(self, key: str) -> Stored:
        """Tell what lies under the key, or of a file that is lent."""
        return self._read(key)[1] if key in self._lent else super().head(key)

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile:
        """Tell where a file lies that is lent, or that is written for this."""
        if key in self._lent:
            return LocalFile(self._lent[key])
        return super().locate(key, valid_for=valid_for)

    def _read(self, key: str) -> tuple[bytes, Stored]:
        try:
            data = self._lent[key].read_bytes()
        except FileNotFoundError:
            raise ObjectNotFoundError(key) from None
        except OSError as error:
            msg = f"{key}: cannot be read just now ({error.strerror})"
            raise StoreUnavailableError(msg) from None
        sha256 = digest(data)
        return data, Stored(key=key, size=len(data), etag=sha256, sha256=sha256)
