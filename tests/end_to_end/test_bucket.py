"""Publish to a real bucket, and serve from it by processes of their own."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from tests.seaweed import Seaweed
from tests.served import Served, free_port, own_content, run, serving

Record = Callable[[str, object], None]
PAGES = (
    "/",
    "/personalisation",
    "/personalisation/feed.xml",
    "/personalisation/fellowship-podcast",
    "/personalisation/fellowship-podcast/transcript.vtt",
    "/personalisation/fellowship-podcast/chapters.json",
    "/personalisation/rapid-evidence-assessment",
)


def _bucket_target(root: Path, seaweed: Seaweed, bucket: str) -> None:
    path = root / "feeds/site.yaml"
    path.write_text(
        f"{path.read_text().rstrip()}\n\n"
        f"  bucket:\n"
        f"    store: s3://{bucket}/site\n"
        f"    base_url: http://127.0.0.1:8000\n"
        f"    endpoint: {seaweed.endpoint}\n"
        f"    region: us-east-1\n"
    )


def _undated(feed: bytes) -> bytes:
    """A feed without the moment of its publish."""
    return re.sub(rb"<lastBuildDate>[^<]*", b"", feed)


def test_a_bucket_serves_the_same_bytes_as_a_folder(
    tmp_path: Path, seaweed: Seaweed, record_property: Record
) -> None:
    record_property("part", "SeaweedFS 4.48: published to, served from by a redirect")
    root, env = own_content(tmp_path), seaweed.environment()
    _bucket_target(root, seaweed, seaweed.make_bucket())
    for target in ("local", "bucket"):
        run("publish", "--target", target, "--yes", cwd=root, env=env)

    workers = ("--target", "bucket", "--workers", "2")
    with (
        serving(root, port=free_port()) as folder,
        serving(root, *workers, port=free_port(), env=env) as bucket,
    ):
        for path in PAGES:
            assert _undated(bucket.get(path)) == _undated(folder.get(path))
        mine, theirs = _media(bucket), _media(folder)

    assert mine == theirs
    assert len(mine) == 6


def _media(served: Served) -> dict[str, str]:
    """Hash of the sound or paper behind every enclosure, by its path."""
    feed = served.get("/personalisation/feed.xml").decode()
    paths = re.findall(r'<enclosure [^>]*url="http://127.0.0.1:8000([^"]+)"', feed)
    return {path: hashlib.sha256(served.get(path)).hexdigest() for path in paths}


def test_a_bucket_without_credentials_says_what_is_missing(
    tmp_path: Path, seaweed: Seaweed
) -> None:
    root = own_content(tmp_path)
    _bucket_target(root, seaweed, seaweed.make_bucket())
    env = {"AWS_ACCESS_KEY_ID": "WRONG", "AWS_SECRET_ACCESS_KEY": "secret-canary"}

    done = run("publish", "--target", "bucket", "--yes", cwd=root, env=env, check=False)

    assert done.returncode in {4, 5}
    assert "secret-canary" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
