"""The same promises on a real bucket, counted call by call."""

from collections.abc import Callable
from datetime import UTC, datetime

from peru_media.storage.s3 import S3Settings, S3Store
from tests.newsroom import Newsroom
from tests.seaweed import Seaweed
from tests.stores import CountingStore


def test_nothing_new_costs_a_bucket_two_gets_and_no_listing(
    newsroom: Newsroom, seaweed: Seaweed, record_property: Callable[[str, object], None]
) -> None:
    settings = S3Settings(
        bucket=seaweed.make_bucket(),
        prefix="site",
        endpoint=seaweed.endpoint,
        region="us-east-1",
    )
    store = CountingStore(S3Store(settings))
    newsroom.clock.moment = datetime.now(UTC)  # as a bucket, which has its own time
    newsroom.publish(store, workers=4)
    feed, sent = newsroom.feed_of(store), len(store.keys("put"))
    store.calls.clear()

    again = newsroom.publish(store, workers=4)

    calls = [verb for verb, _ in store.calls]
    counted = f"objects {sent}, then put 0, list 0, get {calls.count('get')}"
    record_property("figure", f"a bucket published to twice: {counted}")
    assert calls == ["get", "get"]
    assert again.plan.nothing
    assert newsroom.feed_of(store) == feed
