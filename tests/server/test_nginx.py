"""The example of nginx in front, where no server answers behind it."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.fronts import fronted
from tests.served import free_port

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("path", ["/private/", "//private/", "/%70rivate/"])
def test_no_log_of_nginx_names_a_listeners_address(path: str, tmp_path: Path) -> None:
    """A server that is away is a line in its log, and that line holds what was asked."""
    run = tmp_path / "nginx"
    with fronted(run, [free_port()]) as front:
        for asked in (f"{path}{TOKEN}/feed.xml", "/stories"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(front.url + asked, timeout=10)
            caught.value.close()
            assert caught.value.code == 502

    errors = (run / "error.log").read_text()
    assert "GET /stories" in errors
    assert TOKEN not in errors + (run / "access.log").read_text()
