"""A bucket that hangs, and one that is gone, behind the real ``peru-media serve``."""

import http.client
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from peru_media.storage.s3 import S3Settings, S3Store
from tests.releases import Planned, feed, page, publish_release
from tests.seaweed import Mortal, mortal
from tests.served import Served, free_port, serving

__all__ = ["ROUNDS", "run"]

ROUNDS = 30  # seconds for which the store gives no answer
KNOWN = ["/", "/show/feed.xml", *(f"/show/known-{n}" for n in range(20))]
OTHERS = [f"/show/other-{n}" for n in range(200)]
_AT_ONCE = 20
_LONGEST = 8.0  # five seconds of waiting, and a machine that does other things too
_BACK = 30.0

_SITE = """\
organisation:
  name: The unit
timezone: Europe/London
targets:
  local:
    store: s3://{bucket}/site
    base_url: http://127.0.0.1:8000
    endpoint: {endpoint}
    region: us-east-1
"""


@dataclass
class Seen:
    """What came while the store was silent."""

    known: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Let the store hang, and then be gone, for so many seconds in all."""
    with tempfile.TemporaryDirectory() as name, mortal(Path(name) / "s3") as store:
        root, env = Path(name), store.seaweed.environment()
        _publish(root, store)
        with serving(root, port=free_port(), env=env) as served:
            for path in KNOWN:
                assert _ask(served, path) == 200
            for word, away, back, others in (
                ("hangs", store.freeze, store.thaw, OTHERS[:100]),
                ("is gone", store.kill, store.start, OTHERS[100:]),
            ):
                away()
                try:
                    seen = _silent(served, others, seconds=rounds / 2)
                finally:
                    back()
                say(_told(word, seen, _recovered(served, others), rounds / 2))


def _silent(served: Served, others: list[str], *, seconds: float) -> Seen:
    """Ask for what is in memory, and for what is not, by several at once."""
    seen, end = Seen(), time.monotonic() + seconds

    def ask(number: int) -> None:
        while time.monotonic() < end:
            began = time.monotonic()
            seen.others.append(_ask(served, others[number % len(others)]))
            seen.waits.append(time.monotonic() - began)
            number += _AT_ONCE

    with ThreadPoolExecutor(_AT_ONCE) as crowd:
        asking = [crowd.submit(ask, number) for number in range(_AT_ONCE)]
        while time.monotonic() < end:
            seen.known += [_ask(served, path) for path in KNOWN]
            assert _ask(served, "/healthz") == 200
            assert _ask(served, "/readyz") == 200  # it says no after ten minutes
            time.sleep(0.05)
        for one in asking:
            one.result()
    return seen


def _recovered(served: Served, others: list[str]) -> float:
    """Seconds until everything is answered again."""
    began = time.monotonic()
    left = [*others]
    while left and time.monotonic() < began + _BACK:
        left = [path for path in left if _ask(served, path) != 200]
    assert not left, f"still not back: {left[:3]}"
    return time.monotonic() - began


def _told(word: str, seen: Seen, back: float, seconds: float) -> str:
    bad = sum(status >= 500 for status in seen.known)
    assert bad == 0
    assert set(seen.others) == {503}
    assert max(seen.waits) < _LONGEST
    assert back < _BACK
    return (
        f"a bucket that {word} for {seconds:.0f} s: 0 x 5xx in {len(seen.known)} "
        f"answers from memory; {len(seen.others)} others 503, the slowest after "
        f"{max(seen.waits):.1f} s; all back {back:.1f} s after it was"
    )


def _publish(root: Path, store: Mortal) -> None:
    bucket = store.seaweed.make_bucket()
    site = _SITE.format(bucket=bucket, endpoint=store.seaweed.endpoint)
    (root / "feeds").mkdir()
    (root / "feeds" / "site.yaml").write_text(site)
    paths: dict[str, Planned] = {
        path: page(f"<h1>{path}</h1>") for path in [*KNOWN, *OTHERS]
    }
    paths["/show/feed.xml"] = feed("<rss/>")
    settings = S3Settings(
        bucket=bucket,
        prefix="site",
        endpoint=store.seaweed.endpoint,
        region="us-east-1",
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in store.seaweed.environment().items():
            patch.setenv(name, value)
        publish_release(S3Store(settings), paths)


def _ask(served: Served, path: str) -> int:
    host = served.url.removeprefix("http://")
    with closing(http.client.HTTPConnection(host, timeout=30)) as line:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return answer.status
