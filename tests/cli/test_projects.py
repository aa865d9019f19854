import json
from pathlib import Path

import pytest

from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.seaweed import Seaweed

PAGE = "episodes/story-1/episode.md"


@pytest.fixture
def bucket(project: Path, seaweed: Seaweed) -> str:
    """A second target in a real bucket; gives the store's address."""
    name, site = seaweed.make_bucket(), project / "feeds/site.yaml"
    with site.open("a") as file:
        file.write(
            f"  far:\n    store: s3://{name}/site\n    base_url: http://127.0.0.1:9\n"
            f"    endpoint: {seaweed.endpoint}\n    region: us-east-1\n"
        )
    return seaweed.endpoint


def test_a_check_knows_without_network_what_a_bucket_showed(
    call: Call, project: Path, bucket: str
) -> None:
    assert call("check", "--target", "far").code == 0
    assert call("publish", "--yes", "--target", "far").code == 0
    assert call("publish", "--yes", "--target", "far").code == 0
    edit(project / "feeds/site.yaml", bucket, "http://127.0.0.1:9")
    edit(project / PAGE, "guid: guid-of-story-1", "guid: another")

    called = call("check", "--target", "far")

    assert called.code == 3
    assert "guid" in called.out


def test_what_is_known_of_a_bucket_needs_its_ledger(
    call: Call, project: Path, bucket: str
) -> None:
    call("publish", "--yes", "--target", "far")
    assert (project / ".peru-media/live-far.json").exists()
    for cache in (project / ".peru-media").glob("cache.sqlite*"):
        cache.unlink()
    edit(project / "feeds/site.yaml", bucket, "http://127.0.0.1:9")
    edit(project / PAGE, "guid: guid-of-story-1", "guid: another")

    assert call("check", "--target", "far").code == 0


def test_a_folder_that_is_no_store_is_as_good_as_none(
    call: Call, project: Path
) -> None:
    (project / ".peru-media/store").mkdir(parents=True)
    current = {"format": 1, "release": 1, "key": "releases/1-0.json", "sha256": "0"}
    place = project / ".peru-media/store/current.json"
    place.write_text(json.dumps(current))

    assert call("check").code == 0
