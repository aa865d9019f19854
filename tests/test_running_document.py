"""The examples of docs/running.md work: they are run, not read."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from peru_media.cli.verbs import verbs
from peru_media.model.files import TargetField
from tests.projects import write_project
from tests.served import PROJECT, awaited, free_port, run

PAGE = PROJECT / "docs" / "running.md"
FOLDER = PROJECT / "docs" / "running"
PROGRAM = "/srv/peru-media/.venv/bin/peru-media"


def _container() -> list[tuple[str, str]]:
    """Each instruction of the Containerfile, with its words."""
    lines = (FOLDER / "Containerfile").read_text().splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in kept]


def _words(instruction: str) -> list[str]:
    [written] = [words for name, words in _container() if name == instruction]
    found: list[str] = yaml.safe_load(written)
    return found


def test_the_container_has_all_that_installing_takes(tmp_path: Path) -> None:
    work = tmp_path / "srv"
    work.mkdir()
    for name, words in _container():
        if name == "COPY" and not words.startswith(("--from", "feeds/")):
            *sources, place = words.split()
            for source in sources:
                _copy(PROJECT / source, work / place)
        if name == "RUN" and words.startswith("uv sync"):
            subprocess.run(
                [_uv(), *words.split()[1:], "--system-certs"],
                cwd=work,
                check=True,
                timeout=300,
                capture_output=True,
            )
    installed = work / ".venv/bin/peru-media"
    done = subprocess.run(
        [installed, "--version"], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("peru-media")


def _uv() -> str:
    """The program as make has it: of this machine, or beside the environment."""
    kept = PROJECT / ".peru-media" / "tools" / "bin" / "uv"
    found = shutil.which("uv") or shutil.which(kept)
    assert found, "make setup brings it"
    return str(found)


def _copy(source: Path, place: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, place)
    else:
        shutil.copy(source, place if place.name == source.name else place / source.name)


def test_the_container_serves_with_the_sites_file_alone(tmp_path: Path) -> None:
    project = tmp_path / "project"
    write_project(project, episodes=1)
    run("publish", "--yes", cwd=project)
    site = tmp_path / "site"
    (site / "feeds").mkdir(parents=True)
    text = (project / "feeds/site.yaml").read_text()
    store = str(project / ".peru-media/store")
    (site / "feeds/site.yaml").write_text(
        re.sub(r"store: \S+store\b", f"store: {store}", text, count=1)
    )
    port = free_port()
    words = _words("CMD")
    words[words.index("production")] = "local"
    words[words.index("8000")] = str(port)
    words[words.index("0.0.0.0")] = "127.0.0.1"  # noqa: S104  # what is replaced
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "peru_media", *words],
            cwd=site,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            awaited(f"http://127.0.0.1:{port}/readyz", process, log)
        finally:
            process.terminate()
            assert process.wait(20) in {0, 130, -15}


@pytest.mark.parametrize(
    "unit",
    ["peru-media@8001.service", "peru-media-due.service", "peru-media-due.timer"],
)
def test_systemd_finds_nothing_wrong_with_a_unit(tmp_path: Path, unit: str) -> None:
    for source in FOLDER.glob("peru-media*"):
        text = source.read_text().replace(PROGRAM, sys.executable)
        (tmp_path / source.name.replace("@", "@8001")).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert (done.returncode, said) == (0, [])


def test_a_unit_with_a_mistake_is_found_out(tmp_path: Path) -> None:
    unit = tmp_path / "peru-media@8001.service"
    text = (FOLDER / "peru-media@.service").read_text().replace(PROGRAM, sys.executable)
    unit.write_text(text.replace("Restart=", "Restrt="))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert "Restrt" in done.stderr


def _commands() -> list[str]:
    """What units and the container start, as they write it."""
    units = [path.read_text() for path in FOLDER.glob("*.service")]
    started = [line for text in units for line in text.splitlines() if PROGRAM in line]
    return [*(line.partition(PROGRAM)[2].strip() for line in started)]


@pytest.mark.parametrize("command", [*_commands(), " ".join(_words("CMD"))])
def test_what_is_started_are_verbs_with_options_that_there_are(command: str) -> None:
    verb, *words = command.replace("%i", "8001").split()

    found = verbs.get_command(click.Context(verbs), verb)

    assert found is not None
    known = {name for option in found.params for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_targets_of_the_page_can_be_read() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    whole, purge = (re.sub(r"(?m)^   ", "", block) for block in blocks)
    field = yaml.safe_load(whole)["targets"]["production"] | yaml.safe_load(purge)

    assert TargetField.model_validate(field).purge is not None
    assert (
        PROJECT / field["purge"].split()[0].removeprefix("/srv/peru-media/")
    ).exists()


def test_every_file_that_the_page_names_is_there() -> None:
    text = PAGE.read_text()
    for name in re.findall(r"docs/[\w./@-]+\w", text):
        assert (PROJECT / name).exists(), name
    for name in re.findall(r"\]\((running/[^)]+)\)", text):
        assert (PROJECT / "docs" / name).exists(), name
