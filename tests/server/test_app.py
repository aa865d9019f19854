"""Alive, ready, and what a monitor is told."""

from datetime import timedelta

import pytest

from tests.clocks import SetClock
from tests.releases import page, publish_release
from tests.server.conftest import Serve
from tests.server.stores import TroubledStore


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_process_lives_before_it_has_a_release(
    serve: Serve, store: TroubledStore, method: str
) -> None:
    site = serve(store)

    assert site.ask("/healthz", method).status_code == 200
    assert site.ask("/readyz", method).status_code == 503
    assert site.ask("/readyz").json() == {"release": 0, "status": "no release yet"}


def test_it_is_ready_once_it_has_a_release(serve: Serve, store: TroubledStore) -> None:
    publish_release(store, {"/": page("home")}, number=7)

    answer = serve(store).ask("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"release": 7, "status": "ready"}
    assert answer.headers["x-release"] == "7"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_ten_minutes_without_the_store_are_too_long(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    publish_release(store, {"/": page("home")})
    site = serve(store)
    assert site.ask("/").status_code == 200
    store.away = True
    clock.advance(timedelta(minutes=9, seconds=59))
    assert site.ask("/readyz").status_code == 200

    clock.advance(timedelta(seconds=2))

    late = site.until("/readyz", lambda answer: answer.status_code == 503)
    assert late.json()["status"] == "the store is away"
    assert site.ask("/healthz").status_code == 200
    assert site.ask("/").status_code == 200

    store.away = False
    site.until("/readyz", lambda answer: answer.status_code == 200)


def test_health_answers_no_other_method(serve: Serve, store: TroubledStore) -> None:
    answer = serve(store).ask("/healthz", "POST")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["x-release"] == "0"
