"""Edits that would leave something behind, and such as take out all they should."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from peru_media.checks import Inputs
from peru_media.model.edits import edits_hash, sound_edits
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.redaction import Redacted, redacted_episode
from tests.checks.samples.sample import EPISODE, SHOW, Sample, make_inputs
from tests.factories import (
    make_consent,
    make_episode,
    make_facts,
    make_ledger,
    make_show,
    make_site,
)

__all__ = ["BAD", "GOOD"]

_FILE = f"{EPISODE}episode.md"
_MINUTE = {"start": "1:00", "end": "1:10"}
_NAME = {"words": "Rosie Example"}
_LIFTED = {"lifted": "2026-11-01"}
_SHA = "0" * 64


def _sample(
    code: str,
    name: str,
    says: str = "",
    *edits: Mapping[str, str],
    line: str = "",
    **more: Any,
) -> Sample:
    place = more.pop("place", f"{_FILE}:{line}")
    also = more.pop("also", ())
    return Sample(
        name=name,
        code=code,
        inputs=_inputs([*edits], **more),
        place=place,
        says=says,
        also=also,
    )


def _inputs(
    edits: list[Mapping[str, str]],
    *,
    facts: Mapping[str, FileFacts | None] | None = None,
    published: Mapping[str, Any] | None = None,
    told: Mapping[str, tuple[int, ...]] | None = None,
    site: Mapping[str, Any] | None = None,
    **change: Any,
) -> Inputs:
    episode = make_episode(edits=edits, **change)
    others = dict(site or {})
    whole = make_site(episodes=[episode, *others.pop("more", ())], **others)
    ledger = make_ledger(make_site(), **published) if published else None
    inputs = make_inputs(whole, facts=facts, ledger=ledger)
    names = {one.value.id: one.value.public_name for one in whole.contributors}
    after = tuple(redacted_episode(e, inputs.facts, names) for e in whole.episodes)
    redacted = Redacted(
        site=replace(whole, episodes=after),
        facts=inputs.facts,
        unheard={_FILE: (told or {}).get("unheard", ())},
        unread={_FILE: (told or {}).get("unread", ())},
    )
    return replace(inputs, redacted=redacted)


_FILM = {
    f"{EPISODE}audio.mp3": make_facts(
        "audio.mp3", kind=FileKind.VIDEO, media_type="video/mp4"
    )
}
_TEXT: dict[str, Any] = {"files": ("audio.mp3", "transcript.txt")}
_AWAY: dict[str, Any] = {
    "files": ("transcript.vtt",),
    "media": {"file": "audio.mp3", "sha256": _SHA},
}
_OTHER = make_episode(slug="another", body="With Rosie  *Example*.\n")
_WITH_DAN = make_episode(slug="another", people=[{"contributor": "c-017"}])
_DOCUMENTED: dict[str, Any] = {
    "files": ("audio.mp3", "transcript.vtt", "review.pdf"),
    "documents": [{"file": "review.pdf", "title": "By Rosie Example"}],
}
_MIRRORED: dict[str, Any] = {
    "podcast": {
        "alternate_enclosure": [
            {"type": "audio/mpeg", "source": [{"uri": "https://example.org/a.mp3"}]}
        ]
    }
}
_ADDRESSED = [
    {"start": "0", "title": "Start", "url": "https://example.org/rosie-example"}
]


def _hash(**edit: str) -> str | None:
    return edits_hash(sound_edits(make_episode(edits=[edit]).value))


BAD = (
    _sample(
        "E421", "after the end", "It ends at 400 s, and the recording at 271.3 s.",
        {"start": "6:00", "end": "6:40"}, line="6:7",
    ),
    _sample(
        "E422", "one in another", "from 65 s begins before the one from 60 s",
        _MINUTE, {"start": "1:05", "end": "1:06"}, line="6:1",
    ),
    _sample(
        "E423", "a film", "cut out of a film.",
        _MINUTE, facts=_FILM, also=("W215",), line="6:3",
    ),
    _sample(
        "E423", "a PDF", "has no seconds",
        _MINUTE, files=("review.pdf",), line="6:3",
    ),
    _sample("E424", "plain text", "no times", _MINUTE, line="6:3", **_TEXT),
    _sample(
        "E425", "spelt otherwise", "does not have these words",
        _MINUTE | _NAME, told={"unheard": (0,)}, line="6:9",
    ),
    _sample(
        "E426", "recording away", "is not edited so.",
        _MINUTE, published={"master_sha256": _SHA}, also=("I219",), line="6:1", **_AWAY,
    ),
    _sample(
        "E427", "older file", "published with 2 edits, and this file has 1.",
        _MINUTE, published={"edits": 2}, line="6:1",
    ),
    _sample(
        "E428", "in an address", "still stand in chapters.url.",
        _NAME, chapters=_ADDRESSED, line="7:9",
    ),
    _sample(
        "E428", "in the folder's name", "its text or the name of its folder.",
        {"words": "my feet"}, place=_FILE,
    ),
    _sample(
        "E428", "in the recording's name", "the name of the published recording.",
        _NAME, published={"name": "rosie-example"}, line="6:1",
    ),
    _sample(
        "W429", "in another episode", f"stands what {_FILE} takes out.",
        _NAME, site={"more": (_OTHER,)}, place="episodes/another/episode.md",
    ),
    _sample(
        "W429", "in the show", f"stands what {_FILE} takes out.",
        _NAME, site={"shows": [make_show(author="Rosie Example")]},
        place=f"{SHOW}show.md:5:1",
    ),
    _sample(
        "W429", "a contributor of another", f"stands what {_FILE} takes out.",
        {"words": "Dan"}, place="episodes/another/episode.md:6:5",
        site={"more": (_WITH_DAN,), "contributors": [make_consent()]},
    ),
    _sample("W430", "documents", "not searched", _NAME, line="7:1", **_DOCUMENTED),
    _sample("W430", "elsewhere", "lie elsewhere", _MINUTE, line="7:1", **_MIRRORED),
    _sample(
        "W431", "a slip", "stand nowhere", _NAME, told={"unread": (0,)}, line="6:5",
    ),
)  # fmt: skip

GOOD = (
    _sample("E421", "up to the end", "", {"start": "4:00", "end": "4:31.7"}),
    _sample("E421", "lifted", "", {"start": "6:00", "end": "6:40"} | _LIFTED),
    _sample("E422", "side by side", "", _MINUTE, {"start": "1:10", "end": "1:20"}),
    _sample("E423", "bleeped film", "", _MINUTE | {"how": "bleep"}, facts=_FILM),
    _sample("E423", "lifted", "", _MINUTE | _LIFTED, facts=_FILM),
    _sample("E424", "words, too", "", _MINUTE | _NAME, **_TEXT),
    _sample("E424", "times", "", _MINUTE),
    _sample("E425", "unread", "", _MINUTE | _NAME, told={"unread": (0,)}),
    _sample(
        "E426", "away and edited", "", _MINUTE,
        published={"master_sha256": _SHA, "edited": _hash(**_MINUTE)}, **_AWAY,
    ),
    _sample("E427", "lifted", "", _MINUTE | _LIFTED, published={"edits": 1}),
    _sample("E428", "in its prose", "", _NAME, body="Rosie Example tells.\n"),
    _sample(
        "E428", "a person's name", "", {"words": "Dan"},
        people=[{"contributor": "c-017"}, {"name": "Dan"}],
        site={"contributors": [make_consent()]},
    ),
    _sample("W429", "in none", "", _NAME),
    _sample("W429", "of a draft", "", _NAME, publish="draft", site={"more": (_OTHER,)}),
    _sample("W430", "seconds alone", "", _MINUTE, **_DOCUMENTED),
    _sample("W430", "lifted", "", _NAME | _LIFTED, **_DOCUMENTED),
    _sample("W431", "there", "", _NAME, told={"unread": ()}),
    *(
        Sample(name="not yet known", code=code, inputs=make_inputs(
            make_site(episodes=[make_episode(edits=[_NAME | _MINUTE])])
        ))
        for code in ("E425", "E428", "W429", "W431")
    ),
)  # fmt: skip
