"""Dates of publishing, and what points at other episodes and files."""

from datetime import UTC, datetime

from tests.checks.samples.sample import EPISODE, SHOW, Sample, make_inputs
from tests.factories import make_episode, make_facts, make_ledger, make_show, make_site

__all__ = ["BAD", "GOOD"]


def _published(publish: str) -> Sample:
    site = make_site(episodes=[make_episode(publish=publish)])
    return Sample(
        name=publish,
        code="W132",
        inputs=make_inputs(site),
        place=f"{EPISODE}episode.md:5:1",
        says=publish,
    )


_DRAFT = make_site(episodes=[make_episode(publish="draft")])
_UNDATED = make_site(episodes=[make_episode(publish=None)])
_LATER = make_site(episodes=[make_episode(publish="2026-12-24 09:00")])
_RETIRED = datetime(2026, 11, 20, tzinfo=UTC)
_AHEAD = datetime(2026, 12, 23, tzinfo=UTC)
_NOW = make_site(episodes=[make_episode(publish="now")])
_PICTURED = make_episode(
    captions="captions.vtt",
    chapters=[{"start": "0", "title": "Start", "image": "start.jpg"}],
    people=[{"name": "Amy", "image": "amie.jpg"}, {"name": "Ben"}],
    files=("audio.mp3", "transcript.vtt", "amy.jpg"),
)
_SHOWN = make_show(people=[{"name": "Amy", "image": "amy.jpg"}])

BAD = (
    _published("1926-11-01"),
    _published("2029-01-01 09:00"),
    Sample(
        name="already published",
        code="W133",
        inputs=make_inputs(_NOW, ledger=make_ledger(_NOW)),
        place=f"{EPISODE}episode.md:5:1",
        says="2026-11-01T09:00:00Z",
        fix='Write "publish: 2026-11-01T09:00:00Z".',
    ),
    Sample(
        name="draft again",
        code="W134",
        inputs=make_inputs(_DRAFT, ledger=make_ledger(_DRAFT)),
        place=f"{EPISODE}episode.md:5:1",
        says="would be taken down",
        fix='Write "publish: 2026-11-01T09:00:00Z" to keep it, or publish with',
    ),
    Sample(
        name="the line is gone",
        code="W134",
        inputs=make_inputs(_UNDATED, ledger=make_ledger(_UNDATED)),
        place=f"{EPISODE}episode.md",
    ),
    Sample(
        name="put off",
        code="W135",
        inputs=make_inputs(_LATER, ledger=make_ledger(_LATER)),
        place=f"{EPISODE}episode.md:5:1",
        says="since 2026-11-01T09:00:00Z, and would vanish from the feed until "
        "2026-12-24T09:00:00Z.",
        fix='Write "publish: 2026-11-01T09:00:00Z" to keep it.',
    ),
    Sample(
        name="related story misspelt",
        code="W145",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(related=["a-new-hom"]),
                    make_episode(slug="a-new-home"),
                ]
            )
        ),
        place=f"{EPISODE}episode.md:6:3",
        says='no episode "a-new-hom"',
        fix='Did you mean "a-new-home"?',
    ),
    Sample(
        name="related story unknown",
        code="W145",
        inputs=make_inputs(make_site(episodes=[make_episode(related="xyz")])),
        place=f"{EPISODE}episode.md:6:1",
        fix="Name the folder",
    ),
    Sample(
        name="captions",
        code="E146",
        inputs=make_inputs(make_site(episodes=[make_episode(captions="c.vtt")])),
        place=f"{EPISODE}episode.md:6:1",
        says="c.vtt is not there.",
    ),
    Sample(
        name="picture of a person in a show",
        code="E146",
        inputs=make_inputs(make_site(shows=[_SHOWN])),
        place=f"{SHOW}show.md:9:7",
        says="amy.jpg is not there.",
        fix=f"Put amy.jpg into {SHOW}",
    ),
    Sample(
        name="picture of a chapter",
        code="E146",
        inputs=make_inputs(
            make_site(episodes=[_PICTURED]),
            facts={
                f"{EPISODE}{name}": make_facts(name)
                for name in ("captions.vtt", "amie.jpg")
            },
        ),
        place=f"{EPISODE}episode.md:7:9",
        says="start.jpg",
        also=["W240"],
    ),
)

GOOD = (
    Sample(name="a year ago", code="W132", inputs=make_inputs()),
    Sample(
        name="a draft has no date",
        code="W132",
        inputs=make_inputs(make_site(episodes=[make_episode(publish="draft")])),
    ),
    Sample(
        name="a date that reading refused",
        code="W132",
        inputs=make_inputs(
            make_site(episodes=[make_episode(publish="2027-03-28 01:30")])
        ),
    ),
    Sample(name="first time", code="W133", inputs=make_inputs(_NOW)),
    Sample(name="never published", code="W134", inputs=make_inputs(_DRAFT)),
    Sample(
        name="still live",
        code="W134",
        inputs=make_inputs(ledger=make_ledger(make_site())),
    ),
    Sample(
        name="taken down already",
        code="W134",
        inputs=make_inputs(_DRAFT, ledger=make_ledger(_DRAFT, retired=_RETIRED)),
    ),
    Sample(
        name="planned, and set back",
        code="W134",
        inputs=make_inputs(_DRAFT, ledger=make_ledger(_DRAFT, first=_AHEAD)),
    ),
    Sample(name="planned", code="W135", inputs=make_inputs(_LATER)),
    Sample(
        name="planned, and put off",
        code="W135",
        inputs=make_inputs(_LATER, ledger=make_ledger(_LATER, first=_AHEAD)),
    ),
    Sample(
        name="still live",
        code="W135",
        inputs=make_inputs(ledger=make_ledger(make_site())),
    ),
    Sample(
        name="the other episode is there",
        code="W145",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(related=["a-new-home"]),
                    make_episode(slug="a-new-home"),
                ]
            )
        ),
    ),
    Sample(
        name="every file is there",
        code="E146",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        people=[{"name": "Amy", "image": "amy.jpg"}],
                        files=("audio.mp3", "transcript.vtt", "amy.jpg"),
                    )
                ]
            )
        ),
    ),
)
