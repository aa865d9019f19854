"""Each rule of feeds has its codes with their samples, or a reason why it has none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.checks import ALL_RULES, RULES
from peru_media.checks.feed import FEED_RULES, online
from peru_media.checks.feed.podcast_tags import TAGS
from peru_media.checks.feed.refusal import RULES as REFUSALS
from peru_media.reading import MEANINGS, read_site
from scripts.rule_table import IDS, ROWS, Row
from tests.checks.feed.every import BAD, GOOD
from tests.checks.test_rules import BAD as SITE_BAD
from tests.checks.test_rules import GOOD as SITE_GOOD
from tests.publishing.servers import FAULTS
from tests.reading.broken import SOUND, cases, write

_SERVERS = {rule.code for rule in online.RULES}
_FEED = {rule.code for rule in FEED_RULES} - _SERVERS
_SITE = {rule.code for rule in RULES}
_READING = set(MEANINGS)
_REFUSED = {rule.code for rule in REFUSALS}
_READ_BAD = {problem.code for case in cases() for problem in case.expected}
_BROKEN = {
    *(sample.code for sample in (*BAD, *SITE_BAD)),
    *(fault.code for fault in FAULTS),
    *_READ_BAD,
}
# A sound project, and the servers of a good podcast, break none of their codes:
# test_a_sound_project_breaks_no_code below, and tests/publishing/test_judging.py.
_KEPT = {sample.code for sample in (*GOOD, *SITE_GOOD)} | _READING | _SERVERS
_PSP = {
    "channel": (
        "atom:link title description link language itunes:category itunes:explicit "
        "itunes:image podcast:locked podcast:guid itunes:author copyright podcast:txt "
        "podcast:funding itunes:type itunes:complete"
    ),
    "item": (
        "title enclosure guid link pubDate description itunes:duration itunes:image "
        "itunes:explicit podcast:transcript itunes:episode itunes:season "
        "itunes:episodeType itunes:block"
    ),
}
_WANTED = [
    *(f"T{number}" for number in range(1, 12)),
    *(f"C{number}" for number in range(1, 19)),
    *(f"I{number}" for number in range(1, 18)),
    *(f"P {part} {name}" for part, names in _PSP.items() for name in names.split()),
    "P namespaces",
    *(
        "S enclosure",
        "S spotify:limit",
        "S spotify:countryOfOrigin",
        "S spotify:access",
    ),
    *("S files", "S replacing", "S sound", "S cover size"),
    *("F chapters", "F transcripts", "F lines of transcripts", "F share link"),
    "F guid of episodes",
    *TAGS,
]


def test_no_rule_is_missing_and_none_stands_twice() -> None:
    assert len(TAGS) == 32
    assert sorted(IDS) == sorted(_WANTED)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_rule_has_codes_with_two_samples_or_a_reason(row: Row) -> None:
    assert row.codes or row.note.endswith(".")
    assert len(set(row.codes)) == len(row.codes)
    for code in row.codes:
        assert code in {rule.code for rule in ALL_RULES} | _READING, code
        assert code in _BROKEN, f"{code} has no sample that breaks it"
        assert code in _KEPT, f"{code} has no sample that keeps it"


def test_each_code_of_feeds_belongs_to_a_rule() -> None:
    spoken_of = {code for row in ROWS for code in row.codes}

    assert (_FEED | _SERVERS) - spoken_of == {*_REFUSED, "I1002", *_FRAME}


_FRAME = {"E1013", "E1014", "W1015"}  # what RSS is, before any rule of podcasts


def test_a_sound_project_breaks_no_code(tmp_path: Path) -> None:
    write(tmp_path, SOUND)

    assert read_site(tmp_path)[1] == ()


def test_the_counts_are_told(record_property: Callable[[str, object], None]) -> None:
    kept = [row for row in ROWS if row.codes]
    partly = [row for row in kept if row.note]
    samples = f"{len(BAD)} bad and {len(GOOD)} good feeds, {len(FAULTS)} bad servers"
    figure = (
        f"rules of feeds: {len(ROWS)}, kept by codes {len(kept)} (in part "
        f"{len(partly)}), with a reason instead {len(ROWS) - len(kept)}; codes of "
        f"feeds {len(_FEED)}, of servers {len(_SERVERS)}, of a project "
        f"{len(_SITE | _READING)}; samples: {samples}, {len(SITE_BAD)} bad and "
        f"{len(SITE_GOOD)} good sites"
    )
    record_property("figure", figure)
    assert len(kept) > 0.9 * len(ROWS)
