"""Make every stand-in again: sound, transcripts, chapters, covers and the PDF.

    apt-get install espeak-ng fonts-lato chromium
    python scripts/stand_ins.py            all of them
    python scripts/stand_ins.py homelessness covers

The words are in ``scripts/stand_ins/``. Where the folder of an episode holds a
real recording (its ``episode.md`` no longer says ``stand_in``) nothing is touched.
The same versions of the tools make the same bytes.
"""

import re
import sys
from pathlib import Path

from stand_in_covers import draw_fellowship, draw_show
from stand_in_document import write_pdf
from stand_in_speech import chapters, read_lines, speak, write_mp3, write_vtt

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_TEXTS = _HERE / "stand_ins"
_REVIEW = "rapid-evidence-assessment"
_CHAPTERS = re.compile(r"^chapters:\n(?:[ -].*\n)+", re.MULTILINE)


def main(wanted: list[str]) -> int:
    """Make what was asked for by name; everything, if nothing was."""
    known = {path.stem for path in _TEXTS.iterdir()} | {"covers"}
    if unknown := set(wanted) - known:
        print(f"not known: {', '.join(sorted(unknown))}; there are {sorted(known)}")
        return 2
    for name in sorted(set(wanted) or known):
        print(name, *_make(name), sep="\n  ")
    return 0


def _make(name: str) -> list[str]:
    if name == "covers":
        return _covers()
    folder = _ROOT / "episodes" / name
    episode = folder / "episode.md"
    if "stand_in: true" not in episode.read_text("utf-8"):
        return ["is not a stand-in any more: left as it is"]
    return _review(folder) if name == _REVIEW else _talk(name, folder)


def _covers() -> list[str]:
    show = _ROOT / "feeds" / "personalisation" / "cover.png"
    fellowship = _ROOT / "episodes" / "fellowship-podcast" / "cover.jpg"
    draw_show(show)
    draw_fellowship(fellowship)
    return [_told(show), _told(fellowship)]


def _review(folder: Path) -> list[str]:
    page = _TEXTS / f"{_REVIEW}.html"
    title = re.search(r"<title>(.*)</title>", page.read_text("utf-8"))
    write_pdf(
        page,
        folder / "review.pdf",
        title=title[1] if title else _REVIEW,
        language="en-GB",
    )
    return [_told(folder / "review.pdf")]


def _talk(name: str, folder: Path) -> list[str]:
    """Speak an episode, write its transcript, and set the chapters to its times."""
    talk = speak(read_lines(_TEXTS / f"{name}.txt"))
    write_mp3(talk, folder / "audio.mp3", title=f"Stand-in: {name}")
    write_vtt(talk, folder / "transcript.vtt")
    episode = folder / "episode.md"
    rows = [
        f'  - {{start: "{start // 60}:{start % 60:02d}", title: "{title}"}}\n'
        for start, title in chapters(talk)
    ]
    if rows:
        text = episode.read_text("utf-8")
        block = "".join(["chapters:\n", *rows])
        episode.write_text(_CHAPTERS.sub(lambda _: block, text, count=1), "utf-8")
    return [_told(folder / "audio.mp3"), f"{len(talk.lines)} lines spoken"]


def _told(path: Path) -> str:
    return f"{path.relative_to(_ROOT)} {path.stat().st_size / 1000:,.0f} kB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
