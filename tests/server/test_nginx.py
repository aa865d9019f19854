"""The example of nginx in front, where no server answers behind it."""

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.fronts import fronted
from tests.served import free_port

LISTENER = "0123456789abcdef0123456789abcdef"


def _status(url: str, path: str) -> int:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/private/", "//private/", "/%70rivate/"])
def test_no_log_of_nginx_names_a_listeners_address(path: str, tmp_path: Path) -> None:
    """That a server is away is a line in its log, which says what was asked for."""
    run = tmp_path / "nginx"
    with fronted(run, [free_port()]) as front:
        asked = (f"{path}{LISTENER}/feed.xml", "/stories")
        assert [_status(front.url, one) for one in asked] == [502, 502]

    errors = (run / "error.log").read_text()
    assert "GET /stories" in errors
    assert LISTENER not in errors + (run / "access.log").read_text()
