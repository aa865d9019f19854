"""The corpus of broken files: each put into a sound project, and read there.

``python -m tests.reading.broken`` writes ``corpus/golden.txt`` again.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from peru_media.model.problem import Problem
from peru_media.reading import read_site

CORPUS = Path(__file__).parent / "corpus"
GOLDEN = CORPUS / "golden.txt"

SITE = """\
organisation: {name: PERU}
targets:
  local:
    store: .peru-media/store
    base_url: http://127.0.0.1:8000
"""
SHOW = """\
---
title: Personalisation
language: en-GB
collections:
  - {name: community-reporting, title: Community reporting}
---
About the project.
"""
EPISODE = """\
---
show: personalisation
title: Homelessness
---
Notes.
"""
CONSENT = """\
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website]
obtained: 2026-03-31
"""
SOUND = {
    "feeds/site.yaml": SITE,
    "feeds/personalisation/show.md": SHOW,
    "episodes/homelessness/episode.md": EPISODE,
}
_PLACES = {
    "episode": "episodes/finding-my-feet/episode.md",
    "show": "feeds/personalisation/show.md",
    "site": "feeds/site.yaml",
    "consent": "feeds/contributors/c-017.yaml",
    "withdrawn": "feeds/withdrawn.yaml",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One problem that a broken file must be answered with."""

    line: int
    column: int
    code: str
    fix: str


@dataclass(frozen=True, slots=True)
class Case:
    """One broken file: its name, where it lies in a project, what is expected."""

    name: str
    at: str
    expected: tuple[Expected, ...]

    def read(self, root: Path) -> tuple[Problem, ...]:
        """Put it into a sound project below a folder, and read that."""
        write(root, SOUND)
        target = root / self.at
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((CORPUS / self.name).read_bytes())
        return read_site(root)[1]


def write(root: Path, files: dict[str, str]) -> None:
    """Write texts to paths below a folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")


def cases() -> tuple[Case, ...]:
    """Every broken file of the corpus, with what ``expected.yaml`` says of it."""
    table = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
    return tuple(
        Case(
            name=name,
            at=entry.get("at", _PLACES[name.split("/")[0]]),
            expected=tuple(Expected(**problem) for problem in entry["problems"]),
        )
        for name, entry in table.items()
    )


def printed() -> str:
    """What staff see of every broken file."""
    lines: list[str] = []
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            problems = case.read(Path(folder))
        lines += [f"== {case.name}", *map(str, problems)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(printed(), encoding="utf-8")
