"""One site with every kind of page, and one browser, for all tests of pages."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.everything import take_down, write_everything
from tests.pages.payloads import write_hostile
from tests.pages.visiting import FLAGS, Site
from tests.served import free_port, run, serving

Serve = Callable[[Path], AbstractContextManager[str]]
Factory = pytest.TempPathFactory


@pytest.fixture(scope="session")
def site(tmp_path_factory: Factory, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The site with everything, published twice and served."""
    with _shared(_base(tmp_path_factory, request) / "site", _everything) as shared:
        yield shared


@pytest.fixture(scope="session")
def hostile(
    tmp_path_factory: Factory, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """A site whose every text tries to be more than text."""
    with _shared(_base(tmp_path_factory, request) / "hostile", _hostile) as shared:
        yield shared


def _base(factory: Factory, request: pytest.FixtureRequest) -> Path:
    base = factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one of several workers of pytest-xdist
        base = base.parent
    return base / "pages"


@contextmanager
def _shared(folder: Path, serve: Serve) -> Iterator[Site]:
    """Serve a site, if nobody does yet; workers of one run share it.

    Each holds a shared lock while it visits; who serves waits for the others' end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users").open("w") as users, ExitStack() as stack:
        state = folder / "site.json"
        with (folder / "starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not state.exists():
                url = stack.enter_context(serve(folder / "project"))
                state.write_text(json.dumps(url))
                stack.callback(fcntl.flock, users, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_SH)
        yield Site(json.loads(state.read_text()))


@contextmanager
def _everything(root: Path) -> Iterator[str]:
    port = free_port()
    _publish(write_everything(root), port)
    take_down(root)
    _publish(root, port)
    with serving(root, port=port) as served:
        yield served.url


@contextmanager
def _hostile(root: Path) -> Iterator[str]:
    port = free_port()
    _publish(write_hostile(root), port)
    with serving(root, port=port) as served:
        yield served.url


def _publish(root: Path, port: int) -> None:
    url = f"http://127.0.0.1:{port}"
    run("publish", "--target", "local", "--yes", "--base-url", url, cwd=root)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium; its event loop ends before tests that start their own."""
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(FLAGS)
        )
        yield chromium
        chromium.close()
