import itertools
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND
from tests.served import free_port, run, serving

NOTHING = "Nothing is published in .peru-media/store yet: make publish"


def test_serve_says_where_to_look_once_it_answers(project: Path) -> None:
    run("publish", "--yes", cwd=project)
    port = free_port()
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--bind", "0.0.0.0"],  # noqa: S104  # as staff would
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(3)]
        process.send_signal(signal.SIGINT)
        code = process.wait(20)

    assert lines == [
        f"Serving release 1 at http://0.0.0.0:{port}   (Ctrl-C stops)",
        f"page  http://127.0.0.1:{port}/",
        f"feed  http://127.0.0.1:{port}/stories/feed.xml",
    ]
    assert code == 0


def test_before_the_first_publish_it_says_so(project: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = itertools.islice(process.stderr, 20)
        assert any(NOTHING in line for line in said)
        process.send_signal(signal.SIGINT)
        process.wait(20)


@pytest.mark.parametrize(
    ("base_url", "page", "sentence"),
    [
        (
            "http://127.0.0.1:9",
            "http://127.0.0.1:{port}/",
            "and not here: make start PORT={port} publishes for",
        ),
        (
            "http://127.0.0.1:{port}/media",
            "http://127.0.0.1:{port}/media/",
            "answer there, and take /media away before",
        ),
    ],
)
def test_it_says_where_pages_lead_if_not_here(
    project: Path, base_url: str, page: str, sentence: str
) -> None:
    port = free_port()
    url = base_url.format(port=port)
    run("publish", "--yes", "--base-url", url, cwd=project)
    with serving(project, port=port) as served:
        log = _said(served.root / f"serve-{port}.log", "lead")

    assert f"page  {page.format(port=port)}\n" in log
    assert f"to {url}/" in log
    assert sentence.format(port=port) in log


def test_a_store_that_cannot_be_read_is_said_to_be_so(project: Path) -> None:
    run("publish", "--yes", cwd=project)
    next((project / ".peru-media/store/releases").iterdir()).unlink()
    port = free_port()
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = itertools.islice(process.stderr, 20)
        assert any("The store of target local cannot be read" in line for line in said)
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _said(log: Path, sentence: str) -> str:
    for _ in range(100):
        if sentence in log.read_text():
            break
        time.sleep(0.1)
    return log.read_text()


def test_a_taken_port_is_4_and_another_is_named(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = run("serve", "--port", str(port), cwd=project, check=False)

    assert done.returncode == 4
    assert f"make start PORT={port + 1}" in done.stderr


def test_several_workers_serve_the_same(project: Path) -> None:
    run("publish", "--yes", cwd=project)
    port = free_port()
    with serving(project, "--workers", "2", port=port) as served:
        answers = {served.get("/stories/feed.xml") for _ in range(8)}

    assert len(answers) == 1
