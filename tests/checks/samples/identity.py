"""Guids: missing, doubled, changed, withdrawn, and good."""

from datetime import UTC, datetime

from peru_media.model.files import TombstoneField
from peru_media.model.release import Ledger, Part, Root, Tombstone
from peru_media.model.value import digest
from tests.checks.samples.sample import EPISODE, SHOW, Sample, make_inputs
from tests.factories import (
    NOON,
    SHOW_GUID,
    make_episode,
    make_facts,
    make_guid,
    make_ledger,
    make_show,
    make_site,
    make_site_file,
)

__all__ = ["BAD", "GOOD"]

_GUID = make_guid("finding-my-feet")
_NEW = make_guid("quite-another")
_LEDGER = make_ledger(make_site())
_RETIRED = make_ledger(make_site(), retired=datetime(2026, 11, 20, tzinfo=UTC))
_GRAVE = TombstoneField(guid=digest(_GUID.encode()), at="2026-11-20T09:00:00Z")
_MASTER = digest(f"{EPISODE}audio.mp3".encode())
_MASTER_GRAVE = _GRAVE.model_copy(update={"guid": "0" * 64, "masters": (_MASTER,)})
_PART = Part(key="state/shared/0", sha256="0" * 64)
_ROOT = Root(
    number=2,
    made=NOON,
    by="jo",
    base_url="https://media.example.org",
    tables={},
    ledger=_PART,
    source=_PART,
    tombstones=(Tombstone(guid=_GRAVE.guid, at=NOON),),
    complete_until=NOON,
)
_CHANGED = make_site(episodes=[make_episode(guid=_NEW)])
_TWINS = make_site(
    episodes=[
        make_episode(slug="another-story", guid=_GUID),
        make_episode(),
    ]
)
_STORE = {"store": "s3://bucket/media", "base_url": "https://media.example.org"}
_PUBLIC = make_site_file(targets={"production": _STORE})
_TWO_SHOWS = [make_show(), make_show(slug="another-show", guid=SHOW_GUID)]

BAD = (
    Sample(
        name="episode without a guid",
        code="E120",
        inputs=make_inputs(make_site(episodes=[make_episode(guid=None)])),
        place=f"{EPISODE}episode.md",
        says="The episode has no guid.",
        fix="new UUID",
    ),
    Sample(
        name="published episode that lost its guid",
        code="E120",
        inputs=make_inputs(
            make_site(episodes=[make_episode(guid=None)]), ledger=_LEDGER
        ),
        place=f"{EPISODE}episode.md",
        fix=f'Put back "guid: {_GUID}".',
    ),
    Sample(
        name="show without a guid",
        code="E120",
        inputs=make_inputs(make_site(shows=[make_show(guid=None)]), ledger=_LEDGER),
        place=f"{SHOW}show.md",
        says="The show has no guid.",
        fix=f'Put back "guid: {SHOW_GUID}".',
    ),
    Sample(
        name="new show without a guid, with a public address",
        code="E120",
        inputs=make_inputs(
            make_site(site=_PUBLIC, shows=[make_show(guid=None)], episodes=())
        ),
        place=f"{SHOW}show.md",
        fix='Write "guid: ae3e74dd-a0c1-52ee-9310-a0798a16d29b"',
    ),
    Sample(
        name="new show without a guid, on this computer alone",
        code="E120",
        inputs=make_inputs(make_site(shows=[make_show(guid=None)], episodes=())),
        place=f"{SHOW}show.md",
        fix="new UUID",
    ),
    Sample(
        name="copied folder",
        code="E121",
        inputs=make_inputs(_TWINS),
        place=f"{EPISODE}episode.md:3:1",
        says="belongs to episodes/another-story/episode.md",
        fix="new UUID",
    ),
    Sample(
        name="copied folder of a published episode",
        code="E121",
        inputs=make_inputs(_TWINS, ledger=_LEDGER),
        place="episodes/another-story/episode.md:3:1",
        says=f"belongs to {EPISODE}episode.md",
    ),
    Sample(
        name="guid changed after publishing",
        code="E122",
        inputs=make_inputs(_CHANGED, ledger=_LEDGER),
        place=f"{EPISODE}episode.md:3:1",
        says=_GUID,
        fix=f'Put back "guid: {_GUID}".',
    ),
    Sample(
        name="tombstone in the files",
        code="E123",
        inputs=make_inputs(make_site(withdrawn=[_GRAVE])),
        place=f"{EPISODE}episode.md:3:1",
        says="was withdrawn",
        fix="new guid",
    ),
    Sample(
        name="tombstone in the live release",
        code="E123",
        inputs=make_inputs(ledger=_RETIRED, live=_ROOT),
        place=f"{EPISODE}episode.md:3:1",
    ),
    Sample(
        name="show guid changed",
        code="E124",
        inputs=make_inputs(
            make_site(shows=[make_show(guid=_NEW)], episodes=[]), ledger=_LEDGER
        ),
        place=f"{SHOW}show.md:3:1",
        says=SHOW_GUID,
        fix=f'Put back "guid: {SHOW_GUID}".',
    ),
    Sample(
        name="two shows with one guid",
        code="E125",
        inputs=make_inputs(make_site(shows=_TWO_SHOWS)),
        place="feeds/another-show/show.md:3:1",
        says=f"{SHOW}show.md",
    ),
    Sample(
        name="copy of a published show, read first",
        code="E125",
        inputs=make_inputs(make_site(shows=reversed(_TWO_SHOWS)), ledger=_LEDGER),
        place="feeds/another-show/show.md:3:1",
    ),
    Sample(
        name="short guid",
        code="W126",
        inputs=make_inputs(make_site(episodes=[make_episode(guid="ep-1")])),
        place=f"{EPISODE}episode.md:3:1",
        says='"ep-1"',
    ),
    Sample(
        name="guid of digits alone",
        code="W126",
        inputs=make_inputs(make_site(episodes=[make_episode(guid="1234567890")])),
        place=f"{EPISODE}episode.md:3:1",
    ),
    Sample(
        name="withdrawn recording under a new guid",
        code="E127",
        inputs=make_inputs(make_site(withdrawn=[_MASTER_GRAVE])),
        place=f"{EPISODE}episode.md",
        says="recording was withdrawn",
    ),
    Sample(
        name="guid with a space",
        code="W128",
        inputs=make_inputs(make_site(episodes=[make_episode(guid="finding feet")])),
        place=f"{EPISODE}episode.md:3:1",
        says="space",
    ),
    Sample(
        name="guid that is an address",
        code="I129",
        inputs=make_inputs(
            make_site(episodes=[make_episode(guid="https://example.org/?p=12")])
        ),
        place=f"{EPISODE}episode.md:3:1",
    ),
)

_OLD = make_site(episodes=[make_episode(guid="7 http")])
GOOD = (
    Sample(
        name="same guid in two shows",
        code="E121",
        inputs=make_inputs(
            make_site(
                shows=[make_show(), make_show(slug="other")],
                episodes=[
                    make_episode(),
                    make_episode(slug="other-story", show="other", guid=_GUID),
                ],
            )
        ),
    ),
    Sample(
        name="never published",
        code="E122",
        inputs=make_inputs(_CHANGED, ledger=Ledger()),
    ),
    Sample(
        name="published under this guid",
        code="E122",
        inputs=make_inputs(ledger=_LEDGER),
    ),
    Sample(
        name="folder renamed and its old name used again",
        code="E122",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(slug="her-feet", guid=_GUID),
                    make_episode(guid=_NEW),
                ]
            ),
            ledger=_LEDGER,
        ),
    ),
    Sample(
        name="old episode retired",
        code="E122",
        inputs=make_inputs(_CHANGED, ledger=_RETIRED),
    ),
    Sample(
        name="old episode withdrawn, and edited since",
        code="E122",
        inputs=make_inputs(_CHANGED, ledger=_LEDGER, live=_ROOT),
    ),
    Sample(
        name="another guid was withdrawn",
        code="E123",
        inputs=make_inputs(_CHANGED, live=_ROOT),
    ),
    Sample(
        name="show guid unchanged",
        code="E124",
        inputs=make_inputs(ledger=_LEDGER),
    ),
    Sample(
        name="two shows without guids",
        code="E125",
        inputs=make_inputs(
            make_site(
                shows=[make_show(guid=None), make_show(slug="b", guid=None)],
                episodes=[],
            )
        ),
    ),
    Sample(
        name="short guid, but published",
        code="W126",
        inputs=make_inputs(_OLD, ledger=make_ledger(_OLD)),
    ),
    Sample(
        name="short guid of a show that moved here",
        code="W126",
        inputs=make_inputs(
            make_site(
                shows=[make_show(previous_url="https://old.example.org/feed.xml")],
                episodes=[make_episode(guid="7")],
            )
        ),
    ),
    Sample(
        name="edited recording",
        code="E127",
        inputs=make_inputs(
            make_site(withdrawn=[_MASTER_GRAVE]),
            facts={f"{EPISODE}audio.mp3": make_facts("edited.mp3")},
        ),
    ),
    Sample(
        name="space, but published",
        code="W128",
        inputs=make_inputs(_OLD, ledger=make_ledger(_OLD)),
    ),
    Sample(
        name="a UUID",
        code="I129",
        inputs=make_inputs(),
    ),
    Sample(name="both guids there", code="E120", inputs=make_inputs()),
)
