"""A project with every kind of page, and everything on them that a page can have.

write_everything(root)    # before the first release
take_down(root)           # before the second: one episode is gone then
"""

import shutil
from pathlib import Path

import pikepdf

from tests.media.samples import pdf
from tests.media.samples import sound as film
from tests.projects import cover, tone, write
from tests.served import PROJECT

__all__ = ["EPISODE", "LISTED", "take_down", "write_everything"]

LISTED = 80
EPISODE = "/evidence/talk"
_TALK = PROJECT / "episodes" / "fellowship-podcast"
_SITE = """\
organisation:
  name: The unit
  ror: https://ror.org/02hstj355
  contact: media@example.ac.uk
timezone: Europe/London
languages: [en-GB, cy]
targets:
  local:
    store: .peru-media/store
    base_url: http://127.0.0.1:9
"""
_SHOW = """\
---
title: {title}
guid: {guid}
language: en-GB
author: The unit
owner: {{name: The unit, email: media@example.ac.uk}}
categories: [Education, Science > Social Sciences]
explicit: false
licence: CC-BY-4.0
{more}---
{text}
"""
_EVIDENCE = """\
copyright: The unit
funding: {url: 'https://example.ac.uk/give', text: Support our research}
funder: {name: A research council, ror: 'https://ror.org/02hstj355', grant: AB/123456/1}
links:
  apple: https://podcasts.apple.com/podcast/id1
  website: https://example.ac.uk/evidence
people:
  - {name: The host, role: host, orcid: 0000-0002-1825-0097}
documents:
  - file: whole.pdf
    title: What the whole project found
    kind: report
    doi: 10.5281/zenodo.1234567
    authors: [First Author, Second Author]
    year: 2026
    licence: CC-BY-4.0
    summary: Five years in *two* pages.
    accessible: true
collections:
  - name: voices
    title: Voices
    season: 1
    description: Stories of lived experience.
  - name: papers
    title: Papers
    season: 2
"""
_EPISODES = {
    "talk": """\
number: 1
season: 1
collection: voices
title: A talk with everything
subtitle: One page on which each part can be found
publish: 2026-03-03 09:00
content_note: Speaks of homelessness.
people:
  - {name: The host, role: host, url: 'https://example.ac.uk/host'}
  - {name: A guest, role: guest, orcid: 0000-0002-1825-0097, group: The group}
chapters:
  - {start: "0:00", title: "What you are hearing"}
  - {start: "0:35", title: "What is studied", url: 'https://example.ac.uk/study'}
  - {start: "2:14", title: "Finding your way"}
  - {start: "3:17", title: "Consent"}
soundbites:
  - {start: 0:02, duration: 15, title: Where to begin}
documents:
  - {file: first.pdf, title: A first paper, kind: report, accessible: true, year: 2026,
     authors: [First Author], doi: 10.5281/zenodo.7654321, summary: What it says.}
  - {file: second.pdf, title: A second paper, kind: slides, accessible: false}
related: [review, film]
doi: 10.5281/zenodo.1111111
""",
    "film": """\
number: 2
collection: voices
title: A film with captions
captions: captions.srt
publish: 2026-03-04 09:00
""",
    "machine": """\
number: 3
title: A talk that a machine wrote down
publish: 2026-03-05 09:00
transcript: {file: transcript.vtt, made_by: machine}
""",
    "waived": """\
number: 4
title: A talk that is not written down yet
publish: 2026-03-06 09:00
transcript:
  waiver: {reason: The transcript is being typed., until: 2099-12-31}
""",
    "review": """\
number: 5
collection: papers
title: A paper to read
publish: 2026-03-07 09:00
media: {file: review.pdf, stand_in: true}
cite: The unit (2026) A paper to read.
""",
    "sgwrs": """\
number: 6
title: Sgwrs yn Gymraeg
language: cy
publish: 2026-03-08 09:00
""",
    "hadith": """\
number: 7
title: حديث عن المدينة
language: ar
publish: 2026-03-09 09:00
""",
    "plain": """\
number: 8
title: A talk with a transcript without times
publish: 2026-03-10 09:00
explicit: true
type: bonus
transcript: {file: words.txt}
""",
    "gone": """\
number: 9
title: A talk that is taken down
publish: 2026-03-11 09:00
""",
}
_WORDS = """\
WEBVTT

00:00.000 --> 00:00.900
<v {speaker}>{words}
"""
_NOTES = """\
What **{slug}** is about, with [a link](https://example.ac.uk/further).

- one thing
- and *another*
"""
_LISTED = """\
---
show: many
guid: listed-{number}
number: {number}
title: Number {number} of many
publish: 2026-02-{day:02d} {hour:02d}:00
---
Short.
"""


def write_everything(root: Path) -> Path:
    """Write the project, small enough to be published in a few seconds."""
    _write_shows(root)
    for slug, fields in _EPISODES.items():
        write(root / "episodes" / slug, {"episode.md": _episode(slug, fields)})
    _write_media(root / "episodes")
    _write_words(root / "episodes")
    for number in range(LISTED):
        folder = root / "episodes" / f"listed-{number}"
        text = _LISTED.format(number=number + 1, day=number // 20 + 1, hour=number % 20)
        sound = tone(300 + number, seconds=0.3)
        write(folder, {"episode.md": text, "audio.mp3": sound})
    return root


def take_down(root: Path) -> None:
    """Remove an episode; its address says so ever after."""
    shutil.rmtree(root / "episodes" / "gone")


def _write_shows(root: Path) -> None:
    guid = "5cd87abd-e6cc-5f88-bdf7-7be85cce{}"
    shows = {
        "evidence": _SHOW.format(
            title="Evidence",
            guid=guid.format("2993"),
            more=_EVIDENCE,
            text="What research has found, and the people whom it is about.",
        ),
        "many": _SHOW.format(
            title="Many short ones",
            guid=guid.format("2994"),
            more="defaults: {transcript: optional}\n",
            text="A list that goes on.",
        ),
        "aside": _SHOW.format(
            title="Aside",
            guid=guid.format("2995"),
            more="visibility: unlisted\n",
            text="Nothing is here yet.",
        ),
    }
    write(root, {"feeds/site.yaml": _SITE})
    for slug, text in shows.items():
        write(root / "feeds" / slug, {"show.md": text, "cover.png": cover()})
    _paper(root / "feeds/evidence/whole.pdf", "What the whole project found")


def _episode(slug: str, fields: str) -> str:
    head = f"---\nshow: evidence\nguid: guid-of-{slug}\n{fields}---\n"
    return head + _NOTES.format(slug=slug)


def _write_media(episodes: Path) -> None:
    for name in ("audio.mp3", "cover.jpg", "transcript.vtt"):
        shutil.copy(_TALK / name, episodes / "talk" / name)
    _paper(episodes / "talk/first.pdf", "A first paper")
    _paper(episodes / "talk/second.pdf", "A second paper")
    _paper(episodes / "review/review.pdf", "A paper to read")
    film(episodes / "film/film.mp4", "aac", film=True)
    for number, slug in enumerate(_heard()):
        write(episodes / slug, {"audio.mp3": tone(200 + 20 * number)})


def _write_words(episodes: Path) -> None:
    words = {
        "film": "These are the words of the film.",
        "machine": "These words may be wrong.",
        "sgwrs": "Dyma eiriau'r sgwrs.",
        "hadith": "هذه كلمات الحديث.",
        "gone": "These words go away.",
    }
    for slug, text in words.items():
        cues = _WORDS.format(speaker="The host", words=text)
        write(episodes / slug, {"transcript.vtt": cues})
    captions = "1\n00:00:00,000 --> 00:00:00,900\nMusic swells.\n"
    write(episodes / "film", {"captions.srt": captions})
    write(episodes / "plain", {"words.txt": "Words without times.\n\nAnd more."})


def _heard() -> list[str]:
    return [slug for slug in _EPISODES if slug not in {"talk", "film", "review"}]


def _paper(path: Path, title: str) -> None:
    pdf(path)
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        with made.open_metadata(set_pikepdf_as_editor=False) as notes:
            notes["dc:title"] = title
        made.save(path)
