"""The first content, as it is served, keeps the W3C's rules in every form."""

import gzip
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.judges.accepted import blamed
from tests.judges.w3c import Answer, judge
from tests.served import Served

Record = Callable[[str, object], None]

FORMS = (
    "/personalisation/feed.xml",
    "/personalisation/feed.json",
    "/personalisation/feed.atom",
    "/feed.xml",
    "/publisher.xml",
    "/opml.xml",
)


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_the_feed_has_no_findings(
    site: Served, path: str, record_property: Record
) -> None:
    request = urllib.request.Request(  # noqa: S310  # our own loopback address
        site.url + path, headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # the same
        body, headers = gzip.decompress(answer.read()), answer.headers

    encoding = headers["Content-Encoding"]
    how = Answer(content_type=headers["Content-Type"], encoding=encoding)
    now = datetime.now(UTC)
    found = judge(body, now=now, url=site.url + path, answer=how)

    assert blamed(found) == []
    record_property("figure", f"the W3C's rules: no findings in {path} as served")
