"""The one medium: missing, doubled, damaged, of a wrong type, kept, and good."""

from typing import Any

from peru_media.model.facts import FileKind
from peru_media.model.value import digest
from tests.checks.samples.sample import EPISODE, Sample, make_inputs
from tests.factories import make_episode, make_facts, make_ledger, make_site

__all__ = ["BAD", "GOOD"]

_AUDIO = f"{EPISODE}audio.mp3"
_MASTER = make_facts(_AUDIO).sha256
_BARE = make_site(episodes=[make_episode(files=["transcript.vtt"])])
_LEDGER = make_ledger(make_site())
_NO_COPY = make_ledger(make_site(), enclosure=None)
_NO_MASTER = make_ledger(make_site(), master_sha256=None)
_AWAY = make_site(
    episodes=[make_episode(files=["transcript.vtt"], media={"sha256": _MASTER})]
)
_NAMED_AWAY = make_site(
    episodes=[
        make_episode(
            files=["transcript.vtt"], media={"file": "audio.mp3", "sha256": _MASTER}
        )
    ]
)
_TWO = ("audio.mp3", "film.mp4", "transcript.vtt")
_CHAPTERS = [
    {"start": "0", "title": "Start"},
    {"start": "1:00", "title": "Middle"},
    {"start": "2:00", "title": "End"},
]


def _probed(name: str, code: str, *, says: str, fix: str = "", **change: Any) -> Sample:
    """A sample whose recording was found to be so."""
    return Sample(
        name=name,
        code=code,
        inputs=make_inputs(facts={_AUDIO: make_facts(_AUDIO, **change)}),
        place=_AUDIO,
        says=says,
        fix=fix,
    )


def _named(file: str, **change: Any) -> Sample:
    """A sample of a file under a name, with facts of its own."""
    site = make_site(episodes=[make_episode(files=[file, "transcript.vtt"])])
    path = f"{EPISODE}{file}"
    return Sample(
        name=file,
        code="W215",
        inputs=make_inputs(site, facts={path: make_facts("audio.mp3", **change)}),
        place=path,
        says="is really a",
        fix="Rename it so that it ends in",
    )


BAD = (
    Sample(
        name="empty folder",
        code="E210",
        inputs=make_inputs(_BARE),
        place=EPISODE,
        fix="mp3, m4a, mp4, pdf",
    ),
    Sample(
        name="master deleted after publishing",
        code="E210",
        inputs=make_inputs(_BARE, ledger=_LEDGER),
        place=EPISODE,
        fix=f'write "media: {{sha256: {_MASTER}}}"',
    ),
    Sample(
        name="nothing published to keep",
        code="E210",
        inputs=make_inputs(_AWAY, ledger=_NO_COPY),
        place=EPISODE,
        fix="Put the recording",
    ),
    Sample(
        name="published copy of an unknown master",
        code="E210",
        inputs=make_inputs(_BARE, ledger=_NO_MASTER),
        place=EPISODE,
        fix="Put the recording",
    ),
    Sample(
        name="sound and film",
        code="E211",
        inputs=make_inputs(make_site(episodes=[make_episode(files=_TWO)])),
        place=EPISODE,
        says="2 files to choose from: audio.mp3, film.mp4.",
        fix='"media: audio.mp3"',
    ),
    Sample(
        name="misspelt",
        code="E212",
        inputs=make_inputs(make_site(episodes=[make_episode(media="audoi.mp3")])),
        place=f"{EPISODE}episode.md:6:1",
        says="audoi.mp3 is not there.",
        fix="did you mean audio.mp3?",
    ),
    Sample(
        name="another recording is published",
        code="E212",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        files=["transcript.vtt"],
                        media={"file": "audio.mp3", "sha256": digest(b"new")},
                    )
                ]
            ),
            ledger=_LEDGER,
        ),
        place=f"{EPISODE}episode.md:6:3",
        fix="to keep the published copy",
    ),
    _probed(
        "damaged",
        "E213",
        says="It stops half-way.",
        fault="It stops half-way",
        kind="other",
    ),
    _probed("a phone's film", "E214", says="video/3gpp", media_type="video/3gpp"),
    _probed("dolby", "E214", says="audio/ac3", media_type="audio/ac3"),
    _probed(
        "a text",
        "E214",
        says="audio.mp3 is no recording: it holds a text.",
        fix="Put the real audio.mp3 in its place",
        kind=FileKind.TEXT,
        media_type="text/html",
    ),
    _probed(
        "a picture",
        "E214",
        says="audio.mp3 is no recording: it holds a picture.",
        kind=FileKind.PICTURE,
        media_type="image/png",
    ),
    _named("audio.m4a"),
    _named("audio.mp3", media_type="audio/x-m4a"),
    _probed("empty", "E216", says="The file is empty.", size=0, fault="It is empty."),
    _probed(
        "cut off",
        "E225",
        says="breaks off after 14 s of 38 s.",
        duration=14.2,
        promised=38.1,
    ),
    _probed(
        "cut off in its second minute",
        "E225",
        says="breaks off after 1:02 min of 1:02:03 h.",
        duration=62.0,
        promised=3723.0,
    ),
    _probed("no time", "W217", says="last no time at all", duration=0.0),
    _probed("odd", "W217", says="Is it cut?", questions=("Is it cut?",)),
    Sample(
        name="another file than recorded",
        code="E218",
        inputs=make_inputs(
            make_site(episodes=[make_episode(media={"sha256": "0" * 64})])
        ),
        place=f"{EPISODE}episode.md:6:3",
        fix=f'write "sha256: {_MASTER}"',
    ),
    Sample(
        name="master away",
        code="I219",
        inputs=make_inputs(_AWAY, ledger=_LEDGER),
        place=f"{EPISODE}episode.md:6:3",
        says="published copy stays",
    ),
    Sample(
        name="named master away",
        code="I219",
        inputs=make_inputs(_NAMED_AWAY, ledger=_LEDGER),
        place=f"{EPISODE}episode.md:6:5",
    ),
    Sample(
        name="same file twice",
        code="W220",
        inputs=make_inputs(
            make_site(episodes=[make_episode(), make_episode(slug="a-new-home")]),
            facts={"episodes/a-new-home/audio.mp3": make_facts(_AUDIO)},
        ),
        place="episodes/a-new-home/audio.mp3",
        says=f"that of {EPISODE}",
    ),
    Sample(
        name="chapters out of order",
        code="E221",
        inputs=make_inputs(
            make_site(episodes=[make_episode(chapters=_CHAPTERS[1:] + _CHAPTERS[:1])])
        ),
        place=f"{EPISODE}episode.md:6:9",
        says='"Start" does not begin after "End".',
    ),
    Sample(
        name="chapter after the end",
        code="E222",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(chapters=[{"start": "4:31.3", "title": "Thanks"}])
                ]
            )
        ),
        place=f"{EPISODE}episode.md:6:5",
        says='"Thanks" begins after the end, 0:04:31.',
    ),
    Sample(
        name="soundbite over the end",
        code="W223",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(soundbites=[{"start": "4:00", "duration": "32"}])
                ]
            )
        ),
        place=f"{EPISODE}episode.md:6:3",
        says="0:04:31",
    ),
)

GOOD = (
    Sample(name="one recording", code="E210", inputs=make_inputs()),
    Sample(name="master away", code="E210", inputs=make_inputs(_AWAY, ledger=_LEDGER)),
    Sample(
        name="one of two is named",
        code="E211",
        inputs=make_inputs(
            make_site(episodes=[make_episode(files=_TWO, media="audio.mp3")])
        ),
    ),
    Sample(
        name="the PDF is a document",
        code="E211",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        files=("audio.mp3", "review.pdf", "transcript.vtt"),
                        documents=[{"file": "review.pdf", "title": "A review"}],
                    )
                ]
            )
        ),
    ),
    Sample(
        name="the PDF lies deeper",
        code="E211",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(files=("audio.mp3", "docs/a.pdf", "transcript.vtt"))
                ]
            )
        ),
    ),
    Sample(
        name="named master away",
        code="E212",
        inputs=make_inputs(_NAMED_AWAY, ledger=_LEDGER),
    ),
    Sample(name="whole", code="E213", inputs=make_inputs()),
    *(
        Sample(
            name=kind,
            code="E214",
            inputs=make_inputs(
                facts={_AUDIO: make_facts(_AUDIO, kind=FileKind.AUDIO, media_type=kind)}
            ),
        )
        for kind in (
            "audio/mpeg",
            "audio/x-m4a",
            "audio/aac",
            "audio/aiff",
            "audio/amr",
            "audio/flac",
            "audio/ogg",
            "audio/opus",
            "audio/wav",
            "audio/3gpp",
            "video/mp4",
            "video/x-m4v",
            "video/quicktime",
            "application/pdf",
        )
    ),
    Sample(
        name="capital letters",
        code="W215",
        inputs=make_inputs(
            make_site(episodes=[make_episode(files=["A.MP3", "transcript.vtt"])]),
            facts={f"{EPISODE}A.MP3": make_facts("a.mp3")},
        ),
    ),
    Sample(name="some bytes", code="E216", inputs=make_inputs()),
    Sample(name="whole", code="E225", inputs=make_inputs()),
    Sample(
        name="a PDF has no duration",
        code="W217",
        inputs=make_inputs(make_site(episodes=[make_episode(files=["review.pdf"])])),
    ),
    Sample(
        name="the recorded file",
        code="E218",
        inputs=make_inputs(
            make_site(episodes=[make_episode(media={"sha256": _MASTER})])
        ),
    ),
    Sample(
        name="master there",
        code="I219",
        inputs=make_inputs(
            make_site(episodes=[make_episode(media={"sha256": _MASTER})]),
            ledger=_LEDGER,
        ),
    ),
    Sample(
        name="two files",
        code="W220",
        inputs=make_inputs(
            make_site(episodes=[make_episode(), make_episode(slug="a-new-home")])
        ),
    ),
    Sample(
        name="in order",
        code="E221",
        inputs=make_inputs(make_site(episodes=[make_episode(chapters=_CHAPTERS)])),
    ),
    Sample(
        name="inside",
        code="E222",
        inputs=make_inputs(make_site(episodes=[make_episode(chapters=_CHAPTERS)])),
    ),
    Sample(
        name="inside",
        code="W223",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(soundbites=[{"start": "4:00", "duration": "31"}])
                ]
            )
        ),
    ),
)
