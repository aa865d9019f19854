"""What listeners and directories see first: words, covers, categories, people."""

from typing import Any

from tests.checks.samples.sample import EPISODE, SHOW, Sample, make_inputs
from tests.factories import (
    make_consent,
    make_episode,
    make_facts,
    make_picture,
    make_show,
    make_site,
)

__all__ = ["BAD", "GOOD"]

_COVER = f"{SHOW}cover.png"
_LONG = "x" * 129


def _show(
    name: str,
    code: str,
    *,
    says: str = "",
    fix: str = "",
    line: str = "",
    **change: Any,
) -> Sample:
    inputs = make_inputs(make_site(shows=[make_show(**change)]))
    place = f"{SHOW}show.md{line}"
    return Sample(name=name, code=code, inputs=inputs, place=place, says=says, fix=fix)


def _episode(
    name: str,
    code: str,
    *,
    says: str = "",
    fix: str = "",
    line: str = "",
    **change: Any,
) -> Sample:
    inputs = make_inputs(make_site(episodes=[make_episode(**change)]))
    place = f"{EPISODE}episode.md{line}"
    return Sample(name=name, code=code, inputs=inputs, place=place, says=says, fix=fix)


def _title(title: str, code: str, **change: Any) -> Sample:
    says = "The title"
    return _episode(title, code, says=says, line=":4:1", title=title, **change)


def _cover(name: str, code: str, *, says: str = "", **change: Any) -> Sample:
    picture = make_picture(**change)
    facts = make_facts(_COVER, picture=picture, media_type=picture.media_type)
    inputs = make_inputs(facts={_COVER: facts})
    return Sample(name=name, code=code, inputs=inputs, place=_COVER, says=says)


def _orcid(orcid: str) -> Sample:
    people = [{"name": "Chris Fox", "orcid": orcid}]
    return _episode(orcid, "E901", says=orcid, line=":6:7", people=people)


BAD = (
    _show(
        "title of a show",
        "E601",
        says="The title has 256 letters.",
        line=":2:1",
        title="x" * 256,
    ),
    _show("author", "E601", says="The author has 300", line=":5:1", author="x" * 300),
    _episode(
        "subtitle", "E601", says="The subtitle has 256", line=":6:1", subtitle="x" * 256
    ),
    _title("Episode 12: My feet", "W602"),
    _title("ep. 3 - My feet", "W602"),
    _title("S01E02 My feet", "W602"),
    _title("#7 My feet", "W602"),
    _title("3. My feet", "W602"),
    _title("12 - My feet", "W602"),
    _title("Personalisation", "W603"),
    _title("PERSONALISATION: My feet", "W603"),
    _title("My feet - Personalisation", "W603"),
    _show(
        "letters with accents",
        "E604",
        says="4002 bytes, 2 too many",
        line=":10:1",
        body="é" * 2001,
    ),
    _episode(
        "long notes",
        "W605",
        says="4001 bytes, 1 too many",
        line=":7:1",
        body="x" * 4001,
    ),
    _show("no words of a show", "W606", line=":10:1", body=" \n"),
    _episode("no words of an episode", "W606", line=":7:1", body=""),
    _episode("in the title", "E607", says="U+0008", line=":4:1", title="My\bfeet"),
    _episode(
        "in the notes",
        "E607",
        says="U+FFFF",
        line=":8:4",
        body="One\nTwo\uffff three\nFour\x00",
    ),
    _episode(
        "deep down", "E607", line=":6:7", people=[{"name": "Amy", "group": "\x1fcast"}]
    ),
    _show(
        "in a tag",
        "E607",
        line=":9:9",
        podcast={"txt": [{"text": "\x7f is fine", "purpose": "\x00"}]},
    ),
    Sample(
        name="in a record",
        code="E607",
        inputs=make_inputs(
            make_site(contributors=[make_consent(public_name="D\x01n")])
        ),
        place="feeds/contributors/c-017.yaml:3:1",
    ),
    _episode(
        "of a person", "E608", says="129 letters", line=":6:5", people=[{"name": _LONG}]
    ),
    _show(
        "of a collection",
        "E608",
        line=":9:7",
        collections=[{"name": "a", "title": _LONG}],
    ),
    Sample(
        name="of a contributor",
        code="E608",
        inputs=make_inputs(make_site(contributors=[make_consent(public_name=_LONG)])),
        place="feeds/contributors/c-017.yaml:3:1",
    ),
    _show(
        "no picture",
        "E701",
        says="cover.png is not there",
        fix=f"Put cover.png into {SHOW}",
        files=(),
    ),
    _show("other ending", "E701", fix='Write "cover: cover.jpg".', files=["cover.jpg"]),
    _show(
        "misspelt",
        "E701",
        fix="did you mean logo.png?",
        line=":9:1",
        cover="lego.png",
        files=["logo.png"],
    ),
    _show(
        "default of episodes",
        "E701",
        says="default.png",
        line=":9:3",
        defaults={"cover": "default.png"},
    ),
    Sample(
        name="a text",
        code="E702",
        inputs=make_inputs(facts={_COVER: make_facts("a.txt")}),
        place=_COVER,
        says="neither a JPEG nor a PNG",
    ),
    _cover("WebP", "E702", media_type="image/webp"),
    Sample(
        name="damaged",
        code="E702",
        inputs=make_inputs(facts={_COVER: make_facts(_COVER, fault="It is cut off.")}),
        place=_COVER,
    ),
    _cover("wide", "E703", says="1600 x 1400 pixels, and not square.", width=1600),
    _cover("small", "E704", says="900 x 900 pixels, too small.", width=900, height=900),
    _cover("large", "E704", says="too large", width=3001, height=3001),
    _cover(
        "for print",
        "E705",
        says="colours made for print (CMYK) instead of RGB.",
        mode="CMYK",
    ),
    _cover("grey", "E705", says="shades of grey", mode="L"),
    _cover("palette", "E705", says="a palette", mode="P"),
    _cover("see-through", "W706", mode="RGBA", alpha=True),
    _cover(
        "JPEG named PNG", "E707", says="really a .jpg file", media_type="image/jpeg"
    ),
    Sample(
        name="cover of an episode",
        code="E704",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(files=["audio.mp3", "transcript.vtt", "cover.jpg"])
                ]
            ),
            facts={
                f"{EPISODE}cover.jpg": make_facts(
                    "cover.jpg",
                    picture=make_picture(media_type="image/jpeg", width=10, height=10),
                )
            },
        ),
        place=f"{EPISODE}cover.jpg",
    ),
    _show("none", "E801", says="no category", categories=None),
    _show(
        "unknown",
        "E802",
        says='"Jazz" is not one',
        line=":7:3",
        fix="Apple's list",
        categories=["Jazz"],
    ),
    _show(
        "subcategory alone",
        "E802",
        line=":7:5",
        fix="Did you mean Science > Social Sciences?",
        categories=["Science", "social sciences"],
    ),
    _show(
        "misspelt",
        "E802",
        line=":7:1",
        fix="Did you mean Education?",
        categories="Educatoin",
    ),
    _show(
        "by name",
        "E803",
        says='"English"',
        line=":4:1",
        fix="Did you mean en?",
        language="English",
    ),
    _show(
        "no such country",
        "E803",
        line=":4:1",
        fix="Did you mean en-GB?",
        language="en-UK",
    ),
    _episode("nonsense", "E803", line=":6:1", fix="two letters", language="xx-yy"),
    _show("unsaid", "W804", explicit=None),
    Sample(
        name="serial",
        code="E805",
        inputs=make_inputs(make_site(shows=[make_show(type="serial")])),
        place=f"{EPISODE}episode.md",
    ),
    _show("none", "I806", owner=None),
    _show("none", "W807", author=None),
    _show("unlocked", "I808", line=":9:1", locked="false"),
    Sample(
        name="twice",
        code="W809",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(number="3"),
                    make_episode(slug="a-new-home", number="3"),
                ]
            )
        ),
        place="episodes/a-new-home/episode.md:6:1",
        says=f"{EPISODE}episode.md",
    ),
    _orcid("0000-0002-1825-0096"),
    _orcid("0000-0002-1694-2330"),
    Sample(
        name="of a host",
        code="E901",
        inputs=make_inputs(
            make_site(
                shows=[
                    make_show(people=[{"name": "A", "orcid": "0000-0000-0000-0000"}])
                ]
            )
        ),
        place=f"{SHOW}show.md:9:7",
    ),
)

GOOD = (
    _episode("255 letters", "E601", title="x" * 255, subtitle="y" * 255),
    _title("12 angry men", "W602"),
    _title("2026: a year", "W602"),
    _title("Season of change", "W602"),
    _title("Part-time work", "W602"),
    _title("What personalisation means", "W603"),
    _title("Personalisation-led services", "W603"),
    _title("Personalisation: an introduction", "W603", type="trailer"),
    _title("Of feet", "W603", show="unknown"),
    _show("4000 bytes", "E604", body="é" * 2000 + "\n"),
    _episode("4000 bytes", "W605", body="x" * 4000),
    _episode("words", "W606"),
    _episode("tabs, accents and signs", "E607", body="One\ttwo\r\né 😀 \x7f\ue000"),
    _episode("128 letters", "E608", people=[{"name": "x" * 128}]),
    _show("there", "E701"),
    _cover("PNG", "E702"),
    _cover("square", "E703"),
    _cover("smallest", "E704", width=1400, height=1400),
    _cover("largest", "E704", width=3000, height=3000),
    _cover("RGB", "E705", mode="RGB"),
    _cover("RGB with transparency", "E705", mode="RGBA"),
    _cover("opaque", "W706"),
    _cover("PNG", "E707"),
    _show("one", "E801"),
    *(
        _show(text, "E802", categories=[text])
        for text in (
            "Science",
            "tv and film>film reviews",
            "Religion & Spirituality > Religion",
        )
    ),
    *(
        _show(text, "E803", language=text)
        for text in ("en", "EN-gb", "en_GB", "es-419", "zh-Hant-TW", "cy")
    ),
    _show("said", "W804", explicit="true"),
    Sample(
        name="numbered serial with a trailer",
        code="E805",
        inputs=make_inputs(
            make_site(
                shows=[make_show(type="serial")],
                episodes=[
                    make_episode(number="1"),
                    make_episode(slug="trailer", type="trailer"),
                ],
            )
        ),
    ),
    _episode("not a serial", "E805"),
    _show("there", "I806"),
    _show("there", "W807"),
    _show("locked", "I808"),
    Sample(
        name="in two seasons",
        code="W809",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(number="3", season="1"),
                    make_episode(slug="a-new-home", number="3", season="2"),
                    make_episode(slug="bonus", number="3", season="2", type="bonus"),
                ]
            )
        ),
    ),
    _orcid("0000-0002-1825-0097"),
    _orcid("0000-0002-1694-233X"),
)
