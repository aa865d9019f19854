"""A site in memory, served by the real app to a real client."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from peru_media.ports import Store
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from tests.clocks import SetClock
from tests.releases import NOON
from tests.server.stores import TroubledStore

PATIENCE = 10.0


@dataclass
class Served:
    """A running app and the client that asks it."""

    app: Starlette
    client: TestClient

    def ask(self, path: str, method: str = "GET", **headers: str) -> Response:
        """Ask for a path; ``if_none_match="…"`` is a header field."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"http://testserver{path}"
        answer = self.client.request(method, url, headers=fields)
        assert answer.headers["x-content-type-options"] == "nosniff"  # of all there are
        return answer

    def until(
        self, path: str, true: Callable[[Response], bool], **headers: str
    ) -> Response:
        """Ask again until the answer is as hoped."""
        deadline = time.monotonic() + PATIENCE
        while not true(answer := self.ask(path, **headers)):
            assert time.monotonic() < deadline, f"still {answer.status_code}"
            time.sleep(0.01)
        return answer

    def until_release(self, number: int) -> None:
        """Wait until a release is live."""
        self.until("/healthz", lambda said: said.headers["x-release"] == str(number))


Serve = Callable[..., Served]


@pytest.fixture
def clock() -> SetClock:
    """A clock that moves only when told."""
    return SetClock(NOON)


@pytest.fixture
def store(clock: SetClock) -> TroubledStore:
    """An empty store."""
    return TroubledStore(clock=clock)


@pytest.fixture
def serve(clock: SetClock) -> Iterator[Serve]:
    """Start an app over a store; it stops with the test."""
    with ExitStack() as stack:

        def start(store: Store, **settings: object) -> Served:
            quick: dict[str, object] = {"poll_seconds": 0.02, "first_wait_seconds": 5}
            chosen = ServerSettings(**(quick | settings))  # type: ignore[arg-type]  # a test's choice
            app = create_app(store, clock=clock, settings=chosen)
            client = TestClient(app, follow_redirects=False)
            client.headers.clear()
            return Served(app, stack.enter_context(client))

        yield start
