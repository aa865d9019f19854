"""What README, docs and Makefile say is true: it is run, or looked up."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import peru_media
from peru_media.cli.exits import run
from peru_media.cli.verbs import VERBS
from peru_media.model.problem import Severity
from peru_media.reading import read_site
from scripts import code_reference, rule_reference, tag_reference
from scripts.cli_reference import PLACE, reference
from tests.projects import write
from tests.served import PROJECT, own_content

DOCUMENTS = sorted([PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")])
README = (PROJECT / "README.md").read_text()
MAKEFILE = (PROJECT / "Makefile").read_text()
TARGETS = dict(
    re.findall(r"^([a-z][a-z-]*):[^=\n]*?(?:## (.*))?$", MAKEFILE, re.MULTILINE)
)


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def _words(pattern: str) -> list[tuple[str, str]]:
    """Every use of a command in the documents, by document."""
    return [
        (path.name, word)
        for path in DOCUMENTS
        for word in sorted(set(re.findall(pattern, path.read_text())))
    ]


@pytest.mark.parametrize(("document", "name"), _words(r"(?:`|^|\$ )make ([a-z]+)"))
def test_every_make_in_the_documents_is_a_target(document: str, name: str) -> None:
    assert name in TARGETS, document


@pytest.mark.parametrize(("document", "name"), _words(r"peru-media ([a-z]+)\b"))
def test_every_verb_in_the_documents_is_a_verb(document: str, name: str) -> None:
    assert name in VERBS, document


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_says_what_it_does(name: str) -> None:
    assert TARGETS[name]


def test_every_target_is_phony() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)

    assert set(" ".join(phony).split()) == set(TARGETS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_documents(verb: str) -> None:
    assert f"## peru-media {verb}\n" in PLACE.read_text()


def test_the_reference_is_what_the_commands_say() -> None:
    assert PLACE.read_text() == reference(), "make golden, and read the difference"


def test_the_tags_are_what_comes_out_of_the_examples() -> None:
    written = tag_reference.PLACE.read_text()

    assert written == tag_reference.reference(), "make golden, and read the difference"


def test_the_rules_are_those_of_the_table() -> None:
    written = rule_reference.PLACE.read_text()

    assert written == rule_reference.reference(), "make golden, and read the difference"


def test_there_is_a_page_for_every_code_and_it_is_what_the_code_says() -> None:
    written = {path.name: path.read_text() for path in code_reference.PLACE.iterdir()}

    assert written == code_reference.pages(), "make golden, and read the difference"


@pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT))
)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_ten_lines_of_the_readme_do_what_they_say(tmp_path: Path) -> None:
    own_content(tmp_path)
    _, code = _blocks("python")
    script = tmp_path / "ten_lines.py"
    script.write_text(code + "print(type(app).__mro__)\n")

    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("release 1 holds 6 episodes\n")
    assert "starlette.applications.Starlette" in done.stdout
    assert len([line for line in code.splitlines() if line]) <= 10


def test_the_feed_of_the_readme_has_nothing_wrong_with_it() -> None:
    code, _ = _blocks("python")
    names: dict[str, object] = {}

    exec(code, names)  # noqa: S102  # our own example

    feed = names["feed"]
    assert isinstance(feed, bytes)
    problems = peru_media.check_feed(feed)
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert len([line for line in code.splitlines() if line]) <= 10


def test_the_episode_of_the_readme_is_an_episode(tmp_path: Path) -> None:
    own_content(tmp_path)
    episode, _ = _blocks("yaml")
    words = ["--title", "Finding my feet", "--show", "personalisation"]
    assert run(["new", *words, "--project", str(tmp_path)]) == 0
    made = tmp_path / "episodes/finding-my-feet/episode.md"
    assert _but_guid(made.read_text()) == _but_guid(episode)
    write(tmp_path, {"episodes/finding-my-feet/episode.md": episode})

    site, problems = read_site(tmp_path)

    assert problems == ()
    assert site is not None
    assert "finding-my-feet" in {one.slug for one in site.episodes}


def _but_guid(text: str) -> str:
    return re.sub(r"(?m)^guid: \S+$", "guid:", text)


def test_the_bucket_of_the_readme_is_a_target(tmp_path: Path) -> None:
    own_content(tmp_path)
    _, targets = _blocks("yaml")
    page = (tmp_path / "feeds/site.yaml").read_text()
    write(tmp_path, {"feeds/site.yaml": page[: page.index("targets:")] + targets})

    site, problems = read_site(tmp_path)

    assert problems == ()
    assert site is not None
    assert site.site.value.targets["production"].store == "s3://example-bucket/media"


def test_the_version_is_the_same_everywhere() -> None:
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]

    assert told == peru_media.__version__
    assert f"## [{told}] - " in (PROJECT / "CHANGELOG.md").read_text()
