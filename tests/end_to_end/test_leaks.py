"""What masters say of private persons stays at home: each format, each place."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.leaks import boxed, chunked, pictured, printed, streamed, tagged
from tests.leaks.canaries import Hidden, found_in, found_under
from tests.leaks.table import page
from tests.projects import SHOW, SHOW_GUID, SITE, WORDS, write
from tests.served import PROJECT, free_port, run, serving

Record = Callable[[str, object], None]
Maker = Callable[[Path], Hidden]

MASTERS: dict[str, Maker] = {
    "mp3-v22.mp3": tagged.mp3_v22,
    "mp3-v23.mp3": tagged.mp3_v23,
    "mp3-v24.mp3": tagged.mp3_v24,
    "aac.aac": tagged.aac,
    "m4a.m4a": boxed.m4a,
    "alac.m4a": boxed.alac,
    "film.mp4": boxed.mp4_film,
    "film-qt.mov": boxed.mov,
    "three-gp.3gp": boxed.three_gp,
    "wav.wav": chunked.wav,
    "aiff.aiff": chunked.aiff,
    "flac.flac": streamed.flac,
    "vorbis.ogg": streamed.vorbis,
    "opus.opus": streamed.opus,
    "ogg-flac.oga": streamed.ogg_flac,
    "amr.amr": tagged.amr,
    "pdf.pdf": printed.pdf,
}
CHAPTERED = {"M4A, AAC", "MP3, ID3v2.3", "Ogg Opus"}
FEW = {"AMR"}
FILE_NAME = "name of the file"
ENOUGH = 15
EPISODE = """\
---
show: stories
guid: guid-of-{slug}
number: {number}
title: Story of {slug}
publish: 2026-03-03 09:00
media: {file}
people:
  - name: The host
    role: host
---
What this story is about.
"""
CHAPTERS = """\
chapters:
  - start: 0
    title: Welcome
    image: {image}
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A project whose every file tells too much, as it was published."""

    root: Path
    hidden: dict[str, Hidden]
    out: set[str]
    said: set[str]


def _published(root: Path) -> Site:
    """Publish it, build it, ask for plans and JSON, serve it, let a publish fail."""
    port = free_port()
    hidden = _write(root, f"http://127.0.0.1:{port}")
    said = [run("check", "--json", cwd=root, check=False)]
    said += [run("publish", "--yes", "--json", cwd=root)]
    said += [run("plan", "--json", cwd=root), run("build", cwd=root)]
    with serving(root, port=port) as served:
        for path in ("/", "/stories/", "/stories/feed.xml", "/stories/feed.json"):
            served.get(path)
    broken = root / "episodes/mp3-v23/episode.md"
    broken.write_text(broken.read_text().replace("title:", "titel:"))
    said += [run("publish", "--yes", cwd=root, check=False)]
    assert said[-1].returncode
    logs = [path.read_text() for path in root.glob("*.log")]
    told = "".join([*logs, *(one.stdout + one.stderr for one in said)])
    out = found_under(root / ".peru-media/store") | found_under(root / "build")
    by_form = {hide.form: hide for hide in hidden}
    return Site(root, by_form, out, found_in(told.encode()))


def _write(root: Path, url: str) -> list[Hidden]:
    """One episode a format, with covers, faces and documents that tell too much."""
    hidden = []
    write(root, {"feeds/site.yaml": SITE.format(base_url=url)})
    photo = _made(root / "feeds/stories", "photo.jpg", pictured.jpeg)
    show = SHOW.format(guid=SHOW_GUID).replace(
        "licence:", f"cover: {photo.path.name}\nlicence:"
    )
    write(root, {"feeds/stories/show.md": show})
    for number, (name, make) in enumerate(MASTERS.items(), start=1):
        hide = _made(root / "episodes" / Path(name).stem, name, make)
        hidden.append(hide)
        _describe(hide, number)
    drawing = _drawing(root / "episodes/aac")
    return [*hidden, photo, drawing]


def _made(folder: Path, name: str, make: Maker) -> Hidden:
    """Make a master, and give it a name that tells too much, too."""
    folder.mkdir(parents=True, exist_ok=True)
    hide = make(folder / name)
    hide.path = hide.path.rename(folder / f"{hide.word(FILE_NAME)}{hide.path.suffix}")
    return hide


def _describe(hide: Hidden, number: int) -> None:
    folder = hide.path.parent
    text = EPISODE.format(slug=folder.name, number=number, file=hide.path.name)
    if hide.path.suffix != ".pdf":
        (folder / "transcript.vtt").write_text(WORDS.format(title=folder.name))
    (folder / "episode.md").write_text(text)


def _drawing(folder: Path) -> Hidden:
    """A PNG as the cover of an episode, as a face and as a chapter's picture."""
    hide = _made(folder, "drawing.png", pictured.png)
    data = hide.path.read_bytes()
    (folder / "cover.png").write_bytes(data)
    path, name = folder / "episode.md", hide.path.name
    text = path.read_text().replace("role: host", f"role: host\n    image: {name}")
    path.write_text(text.replace("people:", CHAPTERS.format(image=name) + "people:"))
    return hide


def test_nothing_that_masters_say_of_persons_gets_out(
    tmp_path: Path, record_property: Record
) -> None:
    site = _published(tmp_path / "project")

    for form, hide in site.hidden.items():
        assert _missing(hide) == []
        assert len(hide.places) >= ENOUGH or form in FEW
        survivors = {place for place, word in hide.places.items() if word in site.out}
        assert (form, survivors - hide.public) == (form, set())
        told = {place for place, word in hide.places.items() if word in site.said}
        assert told - hide.public <= {FILE_NAME}
        public = f"{len(survivors)} public by design" if survivors else ""
        figure = f"leaks: {form:12} {len(hide.places):3} places, 0 survivors {public}"
        record_property("figure", figure)
        if form in CHAPTERED:  # the search finds what does get out
            assert survivors


def test_the_page_about_it_names_each_place(tmp_path: Path) -> None:
    hidden = _write(tmp_path / "project", "http://127.0.0.1:9")
    written = (PROJECT / "docs/privacy-of-copies.md").read_text()

    assert written == page(hidden)


def _missing(hide: Hidden) -> list[str]:
    """Places of which the master does not tell: nothing would be shown by them."""
    there = found_in(hide.path.read_bytes() + hide.path.name.encode())
    return [place for place, word in hide.places.items() if word not in there]
