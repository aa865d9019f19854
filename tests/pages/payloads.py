"""Two hundred texts that try to be more than text, and a project full of them.

write_hostile(root)    # ten shows; each has a tenth of them in every text field
"""

from html import escape
from pathlib import Path
from typing import Any

import yaml

from tests.media.samples import pdf
from tests.projects import cover, tone, write

__all__ = ["GROUPS", "PAYLOADS", "write_hostile"]

PAYLOADS = (Path(__file__).parent / "payloads.txt").read_text("utf-8").splitlines()
_LONGEST = 250  # what a title may have, nearly


def _groups() -> list[list[str]]:
    """The texts in their order, as many together as a title may hold."""
    groups: list[list[str]] = [[]]
    for text in PAYLOADS:
        if len(" ".join([*groups[-1], text])) > _LONGEST:
            groups.append([])
        groups[-1].append(text)
    return groups


GROUPS = _groups()


def write_hostile(root: Path) -> Path:
    """Write the project: each group of texts in one show and its one episode."""
    site = {
        "organisation": {"name": "The unit", "contact": "media@example.ac.uk"},
        "languages": ["en-GB", "cy"],
        "targets": {
            "local": {"store": ".peru-media/store", "base_url": "http://127.0.0.1:9"}
        },
    }
    write(root, {"feeds/site.yaml": _yaml(site)})
    for number, texts in enumerate(GROUPS):
        _write_show(root / "feeds" / f"show-{number}", number, texts)
        _write_episode(root / "episodes" / f"story-{number}", number, texts)
    return root


def _write_show(folder: Path, number: int, texts: list[str]) -> None:
    joined = " ".join(texts)
    fields = {
        "title": joined,
        "guid": f"5cd87abd-e6cc-5f88-bdf7-7be85cce29{number:02d}",
        "language": "en-GB",
        "author": joined,
        "owner": {"name": texts[-1], "email": "media@example.ac.uk"},
        "categories": ["Education"],
        "copyright": joined,
        "licence": {"name": texts[-1], "url": "https://example.ac.uk/licence"},
        "funding": {"url": "https://example.ac.uk/give", "text": texts[0]},
        "funder": {"name": texts[0], "grant": joined},
        "people": _people(texts),
        "documents": _documents(texts),
        "collections": [
            {"name": "all", "title": texts[0], "season": 1, "description": joined}
        ],
    }
    _write_page(folder / "show.md", fields, texts)
    write(folder, {"cover.png": cover()})
    _write_papers(folder)


def _write_episode(folder: Path, number: int, texts: list[str]) -> None:
    joined = " ".join(texts)
    fields: dict[str, Any] = {
        "show": f"show-{number}",
        "guid": f"guid-of-{number}",
        "collection": "all",
        "title": joined,
        "subtitle": joined,
        "publish": "2026-03-03 09:00",
        "content_note": joined,
        "licence": {"name": texts[-1], "url": "https://example.ac.uk/licence"},
        "cite": joined,
        "people": _people(texts),
        "documents": _documents(texts),
        "chapters": [
            {"start": at / 100, "title": text} for at, text in enumerate(texts)
        ],
        "location": {"name": texts[0], "country": "GB"},
    }
    if number % 2:
        waiver = {"reason": joined, "until": "2099-12-31"}
        fields["transcript"] = {"waiver": waiver}
    else:
        write(folder, {"transcript.vtt": _cues(texts)})
    _write_page(folder / "episode.md", fields, texts)
    write(folder, {"audio.mp3": tone(300 + number)})
    _write_papers(folder)


def _people(texts: list[str]) -> list[dict[str, str]]:
    return [{"name": text, "role": "guest", "group": text} for text in texts]


def _documents(texts: list[str]) -> list[dict[str, Any]]:
    joined = " ".join(texts)
    said = {"title": joined, "kind": joined, "authors": texts, "summary": joined}
    return [{"file": "paper.pdf", "year": 2026, **said}]


def _write_papers(folder: Path) -> None:
    pdf(folder / "paper.pdf")


def _write_page(path: Path, fields: dict[str, Any], texts: list[str]) -> None:
    body = "\n\n".join(texts)
    write(path.parent, {path.name: f"---\n{_yaml(fields)}---\n{body}\n"})


def _yaml(fields: dict[str, Any]) -> str:
    return yaml.safe_dump(fields, allow_unicode=True)


def _cues(texts: list[str]) -> str:
    """Each text as a speaker and as words: once as it is, once as VTT escapes it."""
    lines = ["WEBVTT\n"]
    for number, text in enumerate(text for one in texts for text in (one, escape(one))):
        at = number * 0.02
        line = text.replace("-->", "--&gt;")
        speaker = line.replace(">", "&gt;")
        lines += [f"00:{at:06.3f} --> 00:{at + 0.02:06.3f}", f"<v {speaker}>{line}\n"]
    return "\n".join(lines)
