"""What whoever runs the server may choose."""

from dataclasses import dataclass
from datetime import timedelta

__all__ = ["ServerSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """How a server looks after its release; the defaults suit a small machine.

    Attributes:
        media_base_url: where public media can be fetched without this server,
            such as a CDN before the bucket; None where there is no such place.
        poll_seconds: how often the store is asked for a new release.
        cache_bytes: bound on pages, transcripts and pictures held in memory;
            tables and feeds are always held and do not count.
        signed_for: how long the address of a held medium lasts.
        patience_seconds: after so long without the store ``/readyz`` says no.
        ahead_seconds: how long before its moment the next form of a feed is
            fetched, so that the turn needs no store.
        first_wait_seconds: how long a start waits for its first release.
        open_files: bound on media files kept open.
        threads: bound on store calls and file reads at the same time.
        store_seconds: how long a request waits for the store before it is told to
            come again.
        log_requests: whether a line is logged for each request; none says who asked.
    """

    media_base_url: str | None = None
    poll_seconds: float = 5.0
    cache_bytes: int = 128 * 1024 * 1024
    signed_for: timedelta = timedelta(hours=12)
    patience_seconds: float = 600.0
    ahead_seconds: float = 600.0
    first_wait_seconds: float = 10.0
    open_files: int = 64
    threads: int = 8
    store_seconds: float = 5.0
    log_requests: bool = False
