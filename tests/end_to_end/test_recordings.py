"""From a recording to what a listener gets, judged by programs of others."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import av
import pytest
from av.stream import Disposition

from tests.end_to_end.masters import CHAPTERS, MASTERS, PLACE
from tests.media.recordings import decoded, judge
from tests.projects import write, write_project
from tests.served import PROJECT, Served, free_port, run, serving

Record = Callable[[str, object], None]

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
WITNESS = "c-001"
WORDS = """\
WEBVTT

00:00.000 --> 00:03.000
<v Contributor A>These are the words of a test,

00:03.000 --> 00:06.000
<v Contributor A>and these are more of them.
"""
NOTES = "What somebody told us about a service, and what came of it.\n"
ENCODED = {"WAV of a recorder", "Opus", "3GP of a phone"}
CHAPTERED = {"WAV of a recorder", "M4A of a phone", "Opus", "MP3 of an editor"}
BOXES = {"major_brand", "minor_version", "compatible_brands"}


@dataclass(frozen=True, slots=True)
class Chain:
    """A project that was filled by ``make new``, published, and is served."""

    root: Path
    url: str
    masters: dict[str, Path]
    served: Served
    told: str

    def item(self, name: str) -> ET.Element:
        """The item of an episode, as the feed has it."""
        body = self.served.get("/stories/feed.xml")
        items = ET.fromstring(body).iter("item")  # noqa: S314 - our own feed
        [found] = [one for one in items if one.findtext("title") == _title(name)]
        return found

    def enclosure(self, name: str) -> dict[str, str]:
        element = self.item(name).find("enclosure")
        assert element is not None
        return dict(element.attrib)

    def copy(self, name: str, folder: Path) -> Path:
        """What a listener's app downloads."""
        told = self.enclosure(name)
        path = folder / told["url"].rpartition("/")[2]
        path.write_bytes(_fetched(told["url"]))
        assert path.stat().st_size == int(told["length"])
        return path


def _fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - loopback
        body: bytes = answer.read()
    return body


def _title(name: str) -> str:
    return f"A story: {name}, told"


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("chain")
    root, port = folder / "project", free_port()
    url = f"http://127.0.0.1:{port}"
    _project(root, url)
    (folder / "masters").mkdir()
    masters = {name: make(folder / "masters") for name, make in MASTERS.items()}
    for number, (name, master) in enumerate(masters.items(), start=1):
        _begin(root, name, master, number)
    told = run("check", cwd=root).stdout
    run("publish", "--yes", cwd=root)
    with serving(root, port=port) as served:
        yield Chain(root, url, masters, served, told)


def _project(root: Path, url: str) -> None:
    """A project as a clone has it, with an environment that is up to date: ours."""
    write_project(root, episodes=0, base_url=url)
    record = f"feeds/contributors/{WITNESS}.yaml"
    consent = (
        (PROJECT / record).read_text().replace("transcript]", "transcript, video]")
    )
    write(root, {record: consent})
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(PROJECT / name, root / name)
    (root / ".venv/bin").mkdir(parents=True)
    ours = Path(sys.executable).parent / "peru-media"
    (root / ".venv/bin/peru-media").symlink_to(ours)
    (root / ".venv/.runs").touch()


def _begin(root: Path, name: str, master: Path, number: int) -> None:
    """What a member of staff does with a recording that came in."""
    words = (f"AUDIO={master}", f"TITLE={_title(name)}", f"SLUG={_slug(name)}")
    more = (f"NUMBER={number}", f"CONTRIBUTOR={WITNESS}", "PUBLISH=2026-03-03 09:00")
    subprocess.run(
        ["make", "new", *words, *more],
        cwd=root,
        stdin=subprocess.DEVNULL,
        check=True,
        timeout=60,
        capture_output=True,
    )
    folder = root / "episodes" / _slug(name)
    (folder / "transcript.vtt").write_text(WORDS)
    with (folder / "episode.md").open("a") as file:
        file.write(NOTES)


def _probed(path: Path) -> dict[str, Any]:
    """All that ffprobe sees of a file."""
    command = ("ffprobe", "-v", "error", "-of", "json", "-show_format")
    done = subprocess.run(
        [*command, "-show_chapters", "-show_streams", str(path)],
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _packets(path: Path) -> dict[str, list[bytes]]:
    """The packets of sound and of film, as they lie in a file."""
    with av.open(str(path)) as source:
        streams: list[Any] = [
            stream
            for stream in source.streams
            if stream.type in {"audio", "video"}
            and not stream.disposition & Disposition.attached_pic
        ]
        found: dict[str, list[bytes]] = {stream.type: [] for stream in streams}
        for packet in source.demux(streams):
            if packet.size:
                found[packet.stream.type].append(bytes(packet))
    return found


def _files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _copies(root: Path) -> dict[str, bytes]:
    """The recordings that were made ready here, by what they are made from."""
    made = _files(root / ".peru-media/copies")
    endings = (".mp3", ".m4a", ".mp4")
    return {name: data for name, data in made.items() if name.endswith(endings)}


def _clone(chain: Chain, root: Path) -> Path:
    """The project on another computer: what was made and remembered stays behind."""
    ignored = shutil.ignore_patterns(".peru-media", ".venv", "serve-*.log")
    shutil.copytree(chain.root, root, ignore=ignored)
    return root


def _tags(name: str, number: int, chain: Chain, *, guid: str) -> dict[str, str]:
    """All that a copy may tell of its episode, by ffprobe's names."""
    told = {
        "title": _title(name),
        "artist": "Contributor A",
        "album": "Stories",
        "genre": "Podcast",
        "date": "2026-03-03",
        "track": str(number),
        "comment": f"{chain.url}/stories/{_slug(name)}",
    }
    if name in {"M4A of a phone", "MP4 film"}:
        licence = "https://creativecommons.org/licenses/by/4.0/"
        return told | {"copyright": "CC-BY-4.0", "LICENSE": licence, "guid": guid}
    return told | {"copyright": "2026 CC-BY-4.0", "language": "eng", "guid": guid}


@pytest.mark.parametrize("name", MASTERS)
def test_apps_get_the_right_tags_chapters_length_and_loudness(
    name: str, chain: Chain, tmp_path: Path, record_property: Record
) -> None:
    master, copy = chain.masters[name], chain.copy(name, tmp_path)

    seen, number = _probed(copy), list(MASTERS).index(name) + 1
    tags = {k: v for k, v in seen["format"]["tags"].items() if k not in BOXES}
    guid = str(chain.item(name).findtext("guid"))
    assert tags == _tags(name, number, chain, guid=guid)
    assert PLACE.encode() not in copy.read_bytes()
    marks = [(one["start"], one["tags"]["title"]) for one in seen["chapters"]]
    assert marks == (list(CHAPTERS) if name in CHAPTERED else [])
    assert not marks or _published_marks(chain, name) == marks
    seconds = decoded(copy)
    assert seconds == pytest.approx(decoded(master), abs=0.001)
    for told in _lengths(chain, name):
        assert told == pytest.approx(seconds, abs=0.05)
    heard, before = judge(copy), judge(master)
    if name in ENCODED:
        assert heard.loudness == pytest.approx(-16, abs=0.5)
        assert heard.true_peak <= -0.9
    else:
        assert (heard, _packets(copy)) == (before, _packets(master))
        assert f"Its loudness is {before.loudness:.1f} LUFS" in chain.told
    record_property(
        "figure",
        f"{name:17} {'encoded' if name in ENCODED else 'remuxed'}  "
        f"{before.loudness:6.1f} -> {heard.loudness:6.1f} LUFS  "
        f"peak {heard.true_peak:5.1f} dBTP  {seconds:.3f} s  "
        f"{len(tags):2} tags  {len(marks)} chapters",
    )


def _published_marks(chain: Chain, name: str) -> list[tuple[int, str]]:
    """The chapters as apps fetch them beside the recording."""
    element = chain.item(name).find(f"{PODCAST}chapters")
    assert element is not None
    told = json.loads(_fetched(element.attrib["url"]))["chapters"]
    return [(round(one["startTime"] * 1000), one["title"]) for one in told]


def _lengths(chain: Chain, name: str) -> Iterator[float]:
    """How many seconds the feed says, and the page."""
    yield float(str(chain.item(name).findtext(f"{ITUNES}duration")))
    page = chain.served.get(f"/stories/{_slug(name)}").decode()
    found = re.search(r"</time>, (\d+) s<", page)
    assert found is not None, page
    yield float(found[1])


def test_publishing_again_changes_nothing(chain: Chain) -> None:
    store = chain.root / ".peru-media/store"
    before = _files(store)

    done = run("publish", "--yes", cwd=chain.root)

    assert "Nothing to publish: release 1 is what the files say." in done.stdout
    assert _files(store) == before


def test_another_computer_makes_the_same_bytes(chain: Chain, tmp_path: Path) -> None:
    root = _clone(chain, tmp_path / "elsewhere/a clone")
    surroundings = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}

    mask = os.umask(0o077)
    try:
        run("build", cwd=root, env=surroundings)
    finally:
        os.umask(mask)

    made = _copies(root)
    assert len(made) == len(MASTERS)
    assert made == _copies(chain.root)


def test_a_colleague_with_nothing_made_yet_makes_no_copy_again(
    chain: Chain, tmp_path: Path, record_property: Record
) -> None:
    root = _clone(chain, tmp_path / "colleague")
    store = chain.root / ".peru-media/store"
    site = root / "feeds/site.yaml"
    site.write_text(site.read_text().replace(".peru-media/store", str(store)))
    before = _files(store)

    done = run("publish", "--yes", cwd=root)

    made = _copies(root)
    record_property("figure", f"copies that a colleague made again: {len(made)}")
    assert made == {}
    assert "Nothing to publish: release 1 is what the files say." in done.stdout
    assert _files(store) == before
