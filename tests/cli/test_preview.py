"""The verb that shows what is being written."""

import signal
import socket
from pathlib import Path

import pytest

from peru_media.cli.listening import free_port
from peru_media.errors import SettingsError
from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.previewing import previewing
from tests.projects import episode_files, write


def test_it_says_where_to_look_and_ends_like_a_server(project: Path) -> None:
    with previewing(project, "story-1") as preview:
        stream = socket.create_connection(("127.0.0.1", preview.port), timeout=20)
        host = f"Host: 127.0.0.1:{preview.port}"
        stream.sendall(f"GET /__preview/events HTTP/1.1\r\n{host}\r\n\r\n".encode())
        assert b"text/event-stream" in stream.recv(4096)

        code = preview.stop()
        stream.close()

        assert code == 0
        said = preview.said()
        assert said.startswith(
            f"Preview at {preview.url}/__preview/episodes/story-1   "
            "(saved changes appear by themselves; Ctrl-C stops)\n"
        )
        assert "refused to" not in said


def test_other_hosts_are_refused_and_nothing_is_written(project: Path) -> None:
    before = sorted(
        path for path in project.rglob("*") if ".peru-media" not in str(path)
    )
    with previewing(project) as preview:
        status, _, text = preview.ask("/", Host=f"evil.example:{preview.port}")
        assert (status, text) == (
            421,
            "A preview is for the computer that it runs on.\n",
        )
        assert preview.stop(signal.SIGTERM) in {0, -signal.SIGTERM}

    after = sorted(
        path for path in project.rglob("*") if ".peru-media" not in str(path)
    )
    assert after == before
    assert not (project / ".peru-media/store").exists()


@pytest.mark.parametrize(
    ("words", "drafts", "due"),
    [
        ((), True, True),
        (("--show", "public"), False, False),
        (("--show", "public", "--at", "2199-12-02 09:00"), False, True),
    ],
)
def test_it_shows_what_was_asked_for(
    project: Path, words: tuple[str, ...], *, drafts: bool, due: bool
) -> None:
    write(project, episode_files(2, publish="draft"))
    write(project, episode_files(3, publish="2199-12-02 09:00"))
    with previewing(project, *words) as preview:
        found = [preview.ask(f"/stories/story-{number}")[0] for number in (2, 3)]

    assert found == [200 if drafts else 404, 200 if due else 404]


def test_a_project_that_cannot_be_read_says_so_until_it_can(project: Path) -> None:
    edit(project / "feeds/site.yaml", "Europe/London", "Atlantis")
    with previewing(project) as preview:
        text = preview.until("/", "feeds/site.yaml cannot be read.")
        assert "feeds/site.yaml:3" in text

        edit(project / "feeds/site.yaml", "Atlantis", "Europe/London")

        preview.until("/", "cannot be read", there=False)
        assert preview.ask("/stories/story-1")[0] == 200


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--at", "tomorrow"), '"tomorrow" is not a date'),
        (("--show", "everything"), "'everything' is not one of 'drafts', 'public'"),
        (("--port", "0"), '"0" is no port'),
    ],
)
def test_wrong_words_are_2(call: Call, words: tuple[str, ...], sentence: str) -> None:
    called = call("preview", *words)

    assert called.code == 2
    assert sentence in called.err


def test_a_moment_is_read_though_the_site_is_not(call: Call, project: Path) -> None:
    edit(project / "feeds/site.yaml", "Europe/London", "Atlantis")

    called = call("preview", "--at", "2026-13-01")

    assert called.code == 2
    assert "is not a date" in called.err


def test_a_taken_port_is_4_and_another_is_named(call: Call) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        called = call("preview", "--port", str(port))

    assert called.code == 4
    assert f"make preview PORT={port + 1}" in called.err


def test_where_a_port_is_taken_the_next_is_found() -> None:
    first = free_port("127.0.0.1")
    with socket.socket() as other:
        other.bind(("127.0.0.1", first))
        other.listen()

        assert free_port("127.0.0.1") > first


def test_where_nobody_may_listen_that_is_said() -> None:
    with pytest.raises(SettingsError, match="are all taken: choose one with --port"):
        free_port("192.0.2.1")


def test_it_opens_in_the_browser_where_that_is_asked_for(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {opened}.part; mv {opened}.part {opened}\n'
    )
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))

    with previewing(project, "--open") as preview:
        while not opened.exists():
            preview.ask("/")

        assert opened.read_text() == f"{preview.url}/\n"
