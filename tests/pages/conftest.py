"""One site with every kind of page, and one browser, for all tests of pages."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.everything import take_down, write_everything
from tests.pages.visiting import FLAGS, Site
from tests.served import free_port, run, serving


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """The site, published twice and served; workers of one run share it."""
    base = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one of several workers of pytest-xdist
        base = base.parent
    folder = base / "pages"
    folder.mkdir(exist_ok=True)
    with (folder / "users").open("w") as users, ExitStack() as stack:
        state = folder / "site.json"
        with (folder / "starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not state.exists():
                url = stack.enter_context(_everything(folder))
                state.write_text(json.dumps(url))
                stack.callback(fcntl.flock, users, fcntl.LOCK_EX)  # waits for others
            fcntl.flock(users, fcntl.LOCK_SH)
        yield Site(json.loads(state.read_text()))


@contextmanager
def _everything(folder: Path) -> Iterator[str]:
    root = folder / "site"
    write_everything(root)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    publish = ("publish", "--target", "local", "--yes", "--base-url", url)
    run(*publish, cwd=root)
    take_down(root)
    run(*publish, cwd=root)
    with serving(root, port=port):
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium."""
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(FLAGS)
        )
        yield chromium
        chromium.close()
