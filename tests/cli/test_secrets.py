"""Thirty ways to fail, and more: no key, token or consent record reaches any output."""

import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from peru_media.cli.exits import run
from peru_media.model.target import Target
from peru_media.publishing.listeners import let_in
from peru_media.reading import read_site
from peru_media.wiring import create_app, open_desk, open_store
from tests.cli.calls import edit
from tests.cli.failures import (
    ACCESS,
    BUCKET,
    CANARIES,
    FAILING,
    FORM,
    PERSON,
    RECEIPT,
    RECORD,
    SECRET,
    SESSION,
    STORY,
    TOKEN,
    Failing,
    refusing,
)
from tests.fetching.loopback import serving
from tests.private_shows import SHOW, closed_files
from tests.projects import write, write_project

Record = Callable[[str, object], None]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials as a person or a server has them."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_SESSION_TOKEN", SESSION)
    monkeypatch.setenv("PERU_MEDIA_RECEIPT_KEY", RECEIPT)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A store that refuses everything, and says back whatever it was given."""
    with serving(refusing) as server:
        yield server.url


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, bucket: str) -> Path:
    """A project that is live here, with a listener and somebody's consent."""
    root = tmp_path_factory.mktemp("secrets") / "project"
    write_project(root, episodes=1)
    write(root, {**closed_files(), PERSON: RECORD})
    site = root / "feeds/site.yaml"
    site.write_text(site.read_text() + BUCKET.format(url=bucket))
    edit(root / STORY, "name: The host", "contributor: c-017")
    assert run(["publish", "--yes", "--project", str(root)]) in {0, 8}
    _let_in(root)
    return root


def _let_in(root: Path) -> None:
    site, _ = read_site(root)
    assert site is not None
    settings = site.site.value
    target = Target(name="local", root=root, field=settings.targets["local"])
    with open_desk(target, settings) as desk:
        let_in(desk, SHOW, randomness=bytes(range(16)))


@pytest.fixture
def project(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same, put in order again after a test."""
    monkeypatch.chdir(published)
    before = {path: path.read_bytes() for path in _changing(published)}
    yield published
    for path in _changing(published) - before.keys():
        path.unlink()
    for path, data in before.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def _changing(project: Path) -> set[Path]:
    """Files that a test may write: all but the cache, and what is immutable."""
    files = (path for path in project.rglob("*") if path.is_file())
    kept = (project / ".peru-media/store", project / ".peru-media/copies")
    current = project / ".peru-media/store/current.json"
    return {current} | {
        path
        for path in files
        if ".sqlite" not in path.name and not any(map(path.is_relative_to, kept))
    }


def _told(data: bytes) -> list[str]:
    """The canaries in some bytes, packed ones too."""
    whole = data + b"".join(_unpacked(data))
    return [canary for canary in CANARIES if canary.encode() in whole]


def _unpacked(data: bytes) -> Iterator[bytes]:
    at = data.find(b"\x1f\x8b\x08")
    while at >= 0:
        with suppress(zlib.error):  # these three bytes may begin no gzip
            yield zlib.decompressobj(31).decompress(data[at:])
        at = data.find(b"\x1f\x8b\x08", at + 1)


def _written(project: Path, known: set[Path]) -> Iterator[tuple[Path, bytes]]:
    """Every file that the project has now, but those that hold what is secret."""
    for path in project.rglob("*"):
        if path.is_file() and path not in known:
            yield path, path.read_bytes()
            if path.suffix == ".sqlite":
                yield path, b"".join(_values(path))


def _values(path: Path) -> Iterator[bytes]:
    """What a cache keeps, value by value, for its pages may cut them."""
    with sqlite3.connect(path) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in tables.fetchall():
            for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608  # its own tables
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


@pytest.mark.parametrize("name", FAILING)
def test_no_failure_tells_what_is_secret(
    name: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing: Failing = FAILING[name]
    caplog.set_level(logging.DEBUG, "peru_media")
    failing.prepare(project)
    secret = {path for path, data in _written(project, set()) if _told(data)}
    capsys.readouterr()

    code = run([*failing.words, "--project", str(project)])

    said = capsys.readouterr()
    assert code == failing.code, said.err
    assert _told(said.out.encode()) == []
    assert _told(said.err.encode()) == []
    assert _told(caplog.text.encode()) == []
    told = {path for path, data in _written(project, secret) if _told(data)}
    assert told == set()


def test_nothing_that_was_published_holds_what_is_secret(published: Path) -> None:
    allowed = {published / PERSON}
    told = {path for path, data in _written(published, allowed) if _told(data)}

    assert told == set()


@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_not_even_a_bug_that_speaks_of_keys_tells_them(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    debug: list[str],
) -> None:
    site, _ = read_site(project)
    assert site is not None
    (record,) = site.contributors
    signed = f"https://b/k?X-Amz-Credential={ACCESS}&X-Amz-Signature={FORM}"

    def stumble(*_: object) -> None:
        msg = f"{SECRET} {SESSION} {RECEIPT} /private/{TOKEN}/f {record!r} {signed}"
        raise RuntimeError(msg) from ValueError(ACCESS)

    monkeypatch.setattr("peru_media.cli.check.look", stumble)
    assert run(["check", "--project", str(project), *debug]) == 1

    said = capsys.readouterr()
    trace = (project / ".peru-media/traceback.txt").read_bytes()
    assert b"RuntimeError" in trace
    assert b"c-017" in trace
    assert _told(said.out.encode() + said.err.encode() + trace) == []


def test_a_server_without_its_store_logs_no_key(
    caplog: pytest.LogCaptureFixture, project: Path
) -> None:
    caplog.set_level(logging.DEBUG, "peru_media")
    site, _ = read_site(project)
    assert site is not None
    field = site.site.value.targets["production"]
    app = create_app(open_store(Target(name="x", root=project, field=field)))

    with TestClient(app) as client:
        answers = [client.get(path) for path in ("/", f"/private/{TOKEN}/feed.xml")]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert "does not let these credentials" in caplog.text
    records = [one for one in caplog.records if one.name.startswith("peru_media")]
    logged = "".join(one.getMessage() for one in records)
    assert _told(logged.encode() + b"".join(a.content for a in answers)) == []


def test_there_are_thirty_ways_and_more(record_property: Record) -> None:
    record_property("figure", f"secrets: {len(FAILING)} failing calls, 0 canaries told")
    assert len(FAILING) >= 30
