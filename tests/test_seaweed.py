import http.client
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.seaweed import seaweed


def _answers(endpoint: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def test_who_comes_later_shares_the_server_and_the_last_ends_it(
    tmp_path: Path,
) -> None:
    with seaweed(tmp_path) as first:
        with seaweed(tmp_path) as second:
            assert first == second
        time.sleep(0.5)
        assert _answers(first.endpoint)

    end = time.monotonic() + 20
    while _answers(first.endpoint) or (tmp_path / "data").exists():
        assert time.monotonic() < end
        time.sleep(0.1)
    port = urlsplit(first.endpoint).port
    assert not [*Path("/tmp").glob(f"seaweedfs-s3-{port}.*")]  # noqa: S108  (it puts its sockets there)
