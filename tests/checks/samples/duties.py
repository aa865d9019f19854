"""What is owed to people: transcripts, consent, stand-ins, usable documents."""

from datetime import UTC, datetime
from typing import Any

from peru_media.model.facts import FileFacts, PdfFacts
from peru_media.model.files import ConsentRecord
from peru_media.model.release import Ledger
from peru_media.model.site import Written
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

_VTT = f"{EPISODE}transcript.vtt"
_EPISODE_FILE = f"{EPISODE}episode.md:6"
_DAN = [{"contributor": "c-017"}]
_OPTIONAL = make_show(defaults={"transcript": "optional"})
_LAPSED = {"expires": "2026-11-30"}
_SOON = {"expires": "2026-12-22"}


def _wordless(**transcript: Any) -> Sample:
    fields: dict[str, Any] = {"transcript": transcript} if transcript else {}
    site = make_site(episodes=[make_episode(files=["audio.mp3"], **fields)])
    name = "without words" if transcript else "without anything"
    return Sample(name=name, code="E201", inputs=make_inputs(site), place=EPISODE)


def _waived(until: str, code: str) -> Sample:
    waiver = {"reason": "being typed", "until": until}
    episode = make_episode(files=["audio.mp3"], transcript={"waiver": waiver})
    return Sample(
        name=f"waiver to {until}",
        code=code,
        inputs=make_inputs(make_site(episodes=[episode])),
        place=f"{_EPISODE_FILE}:7",
        says=until,
    )


def _transcript(name: str, says: str, facts: FileFacts, fix: str = "") -> Sample:
    return Sample(
        name=name,
        code="E203",
        inputs=make_inputs(facts={_VTT: facts}),
        place=_VTT,
        says=f"transcript.vtt {says}",
        fix=fix,
    )


def _timed(name: str, code: str, says: str, line: str = "", **change: Any) -> Sample:
    """A transcript whose times were found to be so."""
    also = ["E203"] if "media_type" in change else []
    facts = make_facts(_VTT, **{"cues": 3, "words_end": 271.3} | change)
    return Sample(
        name=name,
        code=code,
        inputs=make_inputs(facts={_VTT: facts}),
        place=f"{_VTT}{line}",
        says=says,
        also=also,
    )


def _told(  # noqa: PLR0913  # one argument a thing that can be special
    name: str,
    code: str,
    *records: Written[ConsentRecord],
    place: str = f"{_EPISODE_FILE}:5",
    says: str = "",
    fix: str = "",
    files: tuple[str, ...] = ("audio.mp3", "transcript.vtt"),
    publish: str = "2026-11-01 09:00",
    ledger: Ledger | None = None,
) -> Sample:
    """An episode in which Dan tells his story."""
    episode = make_episode(people=_DAN, files=files, publish=publish)
    site = make_site(episodes=[episode], contributors=records)
    inputs = make_inputs(site, ledger=ledger)
    return Sample(name=name, code=code, inputs=inputs, place=place, says=says, fix=fix)


def _unrecorded(name: str, contributor: str, *, says: str, fix: str) -> Sample:
    """An episode that names somebody of whom there is no record."""
    site = make_site(
        episodes=[make_episode(people=[{"contributor": contributor}])],
        contributors=[make_consent(id="d-002"), make_consent(id="c-018")],
    )
    return Sample(
        name=name,
        code="E401",
        inputs=make_inputs(site),
        place=f"{_EPISODE_FILE}:5",
        says=says,
        fix=fix,
    )


def _pdf(name: str, code: str, says: str = "", **change: Any) -> Sample:
    path = f"{EPISODE}review.pdf"
    site = make_site(episodes=[make_episode(files=["review.pdf"])])
    inputs = make_inputs(site, facts={path: make_facts(path, **change)})
    return Sample(name=name, code=code, inputs=inputs, place=path, says=says)


def _paper(
    name: str, code: str, *, said: str | None, says: str = "", **change: Any
) -> Sample:
    """A document with everything that a person has to judge."""
    named = {"file": "review.pdf", "title": "A review", "accessible": said}
    change = {"pages": 21, "pdf": PdfFacts(mute_figures=1)} | change
    facts = make_facts(_REVIEW, **change)
    files = ("audio.mp3", "transcript.vtt", "review.pdf")
    site = make_site(episodes=[make_episode(documents=[named], files=files)])
    inputs = make_inputs(site, facts={_REVIEW: facts})
    also = [one for one in ("W315", "I316") if one != code] if said is None else []
    return Sample(
        name=name, code=code, inputs=inputs, place=_REVIEW, says=says, also=also
    )


_DOCUMENTED: dict[str, Any] = {
    "documents": [{"file": "review.pdf", "title": "A review"}],
    "files": ("audio.mp3", "transcript.vtt", "review.pdf"),
}
_REVIEW = f"{EPISODE}review.pdf"
_STAND_IN = make_site(episodes=[make_episode(media={"stand_in": "true"})])
_LIVE = make_ledger(make_site())
_RETIRED = make_ledger(make_site(), retired=datetime(2026, 11, 20, tzinfo=UTC))
_HOSTED = make_show(people=_DAN)
_HOST = f"{SHOW}show.md:9:5"

BAD = (
    _wordless(),
    _wordless(made_by="human"),
    Sample(
        name="kept copy of a recording",
        code="E201",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        files=[],
                        media={"sha256": make_facts(f"{EPISODE}audio.mp3").sha256},
                    )
                ]
            ),
            ledger=_LIVE,
        ),
        place=EPISODE,
        also=["I219"],
    ),
    Sample(
        name="misspelt",
        code="E202",
        inputs=make_inputs(
            make_site(episodes=[make_episode(transcript="transkript.vtt")])
        ),
        place=f"{_EPISODE_FILE}:1",
        says="transkript.vtt is not there.",
        fix="did you mean transcript.vtt?",
    ),
    Sample(
        name="none",
        code="E202",
        inputs=make_inputs(make_site(episodes=[make_episode(transcript="none")])),
        place=f"{_EPISODE_FILE}:1",
        says="none is not there.",
        fix="transcript: {waiver: {reason: being typed, until: ",
    ),
    _transcript("a picture", "cannot be read", make_facts("a.png")),
    _transcript("SubRip inside", "holds SubRip", make_facts("a.srt"), "ends in .srt."),
    _transcript("no cues inside", "holds plain text", make_facts("a.txt"), ".txt."),
    _transcript(
        "not UTF-8",
        "cannot be read as a transcript: it is not UTF-8.",
        make_facts("a.vtt", fault="It is not UTF-8."),
    ),
    _transcript("empty", "is empty", make_facts("a.vtt", size=0)),
    _timed("no words", "E207", "transcript.vtt has no words", cues=0, words_end=0.0),
    _timed("ends before it begins", "E208", "This line", ":12:1", broken_line=12),
    _timed(
        "segment ends before it begins",
        "E208",
        "Segment 3 does not",
        media_type="application/json",
        broken_line=3,
    ),
    _timed("a little long", "W209", "go on for 3 s after", words_end=274.4),
    _timed("far too long", "E224", "go on for 31 s after", words_end=302.0),
    Sample(
        name="nobody checked",
        code="W204",
        inputs=make_inputs(
            make_site(episodes=[make_episode(transcript={"made_by": "machine-edited"})])
        ),
        place=f"{_EPISODE_FILE}:3",
    ),
    _waived("2026-11-30", "E205"),
    Sample(
        name="show does without",
        code="W206",
        inputs=make_inputs(
            make_site(shows=[_OPTIONAL], episodes=[make_episode(files=["audio.mp3"])])
        ),
        place=EPISODE,
    ),
    _pdf("no tags", "W310", "review.pdf has no tags: screen", tagged=False),
    _pdf("a scan", "W314", "has no text, only pictures", pdf=PdfFacts(text=False)),
    _pdf(
        "figures", "W315", "has 3 figures without words", pdf=PdfFacts(mute_figures=3)
    ),
    _pdf("long", "I316", "has 21 pages and no bookmarks.", pages=21),
    _pdf("no language", "I313", "no language: its copy says en-GB.", language=None),
    _paper("not tried", "W315", said=None, says="has a figure without words"),
    _paper("tried, and yet", "W310", said="true", tagged=False),
    _paper("tried, and a scan", "W314", said="true", pdf=PdfFacts(text=False)),
    Sample(
        name="document of a show",
        code="I313",
        inputs=make_inputs(
            make_site(
                shows=[
                    make_show(
                        language="cy",
                        documents=[{"file": "review.pdf", "title": "A review"}],
                        files=("cover.png", "review.pdf"),
                    )
                ]
            ),
            facts={f"{SHOW}review.pdf": make_facts("review.pdf", language=None)},
        ),
        place=f"{SHOW}review.pdf",
        says="review.pdf has no language: its copy says cy.",
    ),
    Sample(
        name="misspelt",
        code="E311",
        inputs=make_inputs(
            make_site(episodes=[make_episode(**_DOCUMENTED)]), facts={_REVIEW: None}
        ),
        place=f"{_EPISODE_FILE}:5",
        says="review.pdf is not there.",
    ),
    Sample(
        name="a Word file",
        code="E312",
        inputs=make_inputs(
            make_site(episodes=[make_episode(**_DOCUMENTED)]),
            facts={_REVIEW: make_facts("review.docx")},
        ),
        place=f"{_EPISODE_FILE}:5",
    ),
    Sample(
        name="locked by a password",
        code="E312",
        inputs=make_inputs(
            make_site(episodes=[make_episode(**_DOCUMENTED)]),
            facts={_REVIEW: make_facts("a.pdf", fault="It asks for a password.")},
        ),
        place=f"{_EPISODE_FILE}:5",
    ),
    _told("no record", "E401", says='no consent record "c-017"', fix="c-017.yaml"),
    _unrecorded(
        "a real name",
        "Anna Smith",
        says="This is not the id of a consent record.",
        fix="such as c-017, which does not tell their name. Known ids: d-002, c-018.",
    ),
    _unrecorded(
        "a real name in small letters",
        "anna-smith",
        says='no consent record "anna-smith"',
        fix="Write the id of their record in feeds/contributors/, such as c-017",
    ),
    _unrecorded(
        "misspelt",
        "c-0018",
        says='no consent record "c-0018"',
        fix="Add feeds/contributors/c-0018.yaml, or correct the id. Known ids: c-018,",
    ),
    Sample(
        name="no record of a host",
        code="E401",
        inputs=make_inputs(make_site(shows=[_HOSTED])),
        place=_HOST,
    ),
    _told(
        "podcast",
        "E402",
        make_consent(scope=["website", "transcript"]),
        says='"Dan" (c-017) does not cover being in a podcast',
        fix='add "podcast" to feeds/contributors/c-017.yaml',
    ),
    _told(
        "website",
        "E402",
        make_consent(scope=["podcast", "transcript"]),
        says="named on the website",
    ),
    _told(
        "transcript",
        "E402",
        make_consent(scope=["podcast", "website"]),
        says="transcript of their words",
    ),
    _told(
        "film",
        "E402",
        make_consent(),
        files=("film.mp4", "transcript.vtt"),
        says="being on film",
    ),
    Sample(
        name="host who did not agree to the website",
        code="E402",
        inputs=make_inputs(
            make_site(
                shows=[_HOSTED],
                contributors=[make_consent(scope="podcast", on_expiry="keep")],
            )
        ),
        place=_HOST,
        says="named on the website",
    ),
    _told(
        "ended",
        "E403",
        make_consent(**_LAPSED),
        says="ended on 2026-11-30",
        fix="publish: draft",
    ),
    _told(
        "ends before it comes out",
        "E403",
        make_consent(expires="2027-03-31"),
        publish="2027-04-01",
        says="ends before this comes out, on 2027-03-31",
    ),
    _told(
        "stops what is new",
        "E403",
        make_consent(on_expiry="stop-new", **_LAPSED),
        ledger=Ledger(),
    ),
    _told(
        "stops what comes out now",
        "E403",
        make_consent(on_expiry="stop-new", **_LAPSED),
        publish="now",
    ),
    _told(
        "stops what comes back",
        "E403",
        make_consent(on_expiry="stop-new", **_LAPSED),
        ledger=_RETIRED,
    ),
    _told(
        "withdrawn", "E404", make_consent(withdrawn="2026-11-20"), says="is withdrawn"
    ),
    _told(
        "in three weeks",
        "W405",
        make_consent(**_SOON),
        place="feeds/contributors/c-017.yaml:7:1",
        says='"Dan" (c-017) ends in 21 days (2026-12-22); 1 file relies on it.',
    ),
    _told(
        "today",
        "W405",
        make_consent(expires="2026-12-01"),
        place="feeds/contributors/c-017.yaml:7:1",
        says="ends within two days",
    ),
    Sample(
        name="two episodes",
        code="W405",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(people=_DAN),
                    make_episode(slug="a-new-home", people=_DAN),
                ],
                contributors=[make_consent(**_SOON)],
            )
        ),
        place="feeds/contributors/c-017.yaml:7:1",
        says="2 files rely on it.",
    ),
    _told(
        "review today",
        "W406",
        make_consent(review="2026-12-01"),
        place="feeds/contributors/c-017.yaml:8:1",
        says="due for review",
    ),
    _told("dated tomorrow", "E407", make_consent(obtained="2026-12-02"), says="future"),
    Sample(
        name="host until a day",
        code="E408",
        inputs=make_inputs(
            make_site(
                shows=[_HOSTED], contributors=[make_consent(expires="2028-03-31")]
            )
        ),
        place=_HOST,
        says="ends on 2028-03-31",
    ),
    Sample(
        name="away",
        code="E501",
        inputs=make_inputs(_STAND_IN, here=False),
        place=f"{_EPISODE_FILE}:3",
    ),
    Sample(
        name="at home",
        code="I502",
        inputs=make_inputs(_STAND_IN),
        says="not the recording.",
        place=f"{_EPISODE_FILE}:3",
    ),
    Sample(
        name="in place of a PDF",
        code="I502",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(files=["review.pdf"], media={"stand_in": "true"})
                ]
            )
        ),
        place=f"{_EPISODE_FILE}:3",
        says="not the document.",
    ),
)

GOOD = (
    *(
        _timed("in time", code, "", words_end=273.2)
        for code in ("E207", "E208", "W209", "E224")
    ),
    Sample(
        name="nobody knows how long the recording is",
        code="W209",
        inputs=make_inputs(
            facts={
                _VTT: make_facts(_VTT, cues=3, words_end=900.0),
                f"{EPISODE}audio.mp3": make_facts("a.mp3", duration=None),
            }
        ),
    ),
    Sample(name="with", code="E201", inputs=make_inputs()),
    Sample(
        name="a PDF needs none",
        code="E201",
        inputs=make_inputs(make_site(episodes=[make_episode(files=["review.pdf"])])),
    ),
    _waived("2026-12-01", "E201"),
    _waived("2026-11-30", "E201"),
    _waived("2026-12-01", "E205"),
    Sample(
        name="words came after all",
        code="E205",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        transcript={"waiver": {"reason": "late", "until": "2026-11-01"}}
                    )
                ]
            )
        ),
    ),
    Sample(
        name="named",
        code="E202",
        inputs=make_inputs(
            make_site(episodes=[make_episode(transcript="transcript.vtt")])
        ),
    ),
    *(
        Sample(
            name=f"a.{ending}",
            code="E203",
            inputs=make_inputs(
                make_site(
                    episodes=[make_episode(files=["audio.mp3", f"transcript.{ending}"])]
                ),
                facts={f"{EPISODE}transcript.{ending}": make_facts(f"a.{ending}")},
            ),
        )
        for ending in ("vtt", "srt", "json", "html", "txt")
    ),
    Sample(
        name="checked",
        code="W204",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        transcript={"made_by": "machine", "checked": "2026-11-01"}
                    )
                ]
            )
        ),
    ),
    Sample(
        name="a machine, but no text",
        code="W204",
        inputs=make_inputs(
            make_site(
                episodes=[make_episode(files=[], transcript={"made_by": "machine"})]
            )
        ),
    ),
    Sample(
        name="show requires it",
        code="W206",
        inputs=make_inputs(make_site(episodes=[make_episode(files=["audio.mp3"])])),
    ),
    _pdf("all there", "W310"),
    _pdf("nobody knows of tags", "W310", tagged=None),
    _pdf("no title of its own", "W310", title=None),
    _pdf("in Welsh", "I313", language="cy"),
    _pdf("words and pictures", "W314", pdf=PdfFacts(title_shown=True)),
    _pdf("bookmarks", "I316", pages=900, pdf=PdfFacts(bookmarks=True)),
    _pdf("twenty pages", "I316", pages=20),
    _paper("tried: figures", "W315", said="true"),
    _paper("tried: pages", "I316", said="true"),
    _paper("known not to be", "W310", said="false", tagged=False, language=None),
    Sample(
        name="there",
        code="E311",
        inputs=make_inputs(make_site(episodes=[make_episode(**_DOCUMENTED)])),
    ),
    Sample(
        name="a PDF",
        code="E312",
        inputs=make_inputs(make_site(episodes=[make_episode(**_DOCUMENTED)])),
    ),
    _told("record", "E401", make_consent()),
    _told("all agreed", "E402", make_consent()),
    _told(
        "film",
        "E402",
        make_consent(scope=["website", "video", "transcript"]),
        files=("film.mp4", "transcript.vtt"),
    ),
    _told("a PDF", "E402", make_consent(scope="website"), files=("review.pdf",)),
    _told("to the end of today", "E403", make_consent(expires="2026-12-01")),
    _told("for ever", "E403", make_consent(expires=None)),
    _told("for ever, as some write it", "E403", make_consent(expires="9999-12-31")),
    _told(
        "stops what is new, this is not",
        "E403",
        make_consent(on_expiry="stop-new", **_LAPSED),
        ledger=_LIVE,
    ),
    _told(
        "stops what is new; by its date this is not",
        "E403",
        make_consent(on_expiry="stop-new", **_LAPSED),
    ),
    _told("keeps all", "E403", make_consent(on_expiry="keep", **_LAPSED)),
    Sample(
        name="a host stays",
        code="E403",
        inputs=make_inputs(
            make_site(
                shows=[_HOSTED],
                contributors=[make_consent(on_expiry="stop-new", **_LAPSED)],
            )
        ),
    ),
    _told("holds", "E404", make_consent()),
    _told("in 31 days", "W405", make_consent(expires="2027-01-01")),
    _told("over", "W405", make_consent(**_LAPSED)),
    _told("withdrawn", "W405", make_consent(withdrawn="2026-11-20", **_SOON)),
    Sample(
        name="in no use",
        code="W405",
        inputs=make_inputs(make_site(contributors=[make_consent(**_SOON)])),
    ),
    _told("review tomorrow", "W406", make_consent(review="2026-12-02")),
    _told("dated today", "E407", make_consent(obtained="2026-12-01")),
    _told("in an episode", "E408", make_consent(expires="2028-03-31")),
    Sample(
        name="host for good",
        code="E408",
        inputs=make_inputs(
            make_site(shows=[_HOSTED], contributors=[make_consent(on_expiry="keep")])
        ),
    ),
    Sample(name="recording", code="E501", inputs=make_inputs(here=False)),
    Sample(name="at home", code="E501", inputs=make_inputs(_STAND_IN)),
    Sample(name="away", code="I502", inputs=make_inputs(_STAND_IN, here=False)),
)
