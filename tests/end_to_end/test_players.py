"""What players and command-line tools do with a served episode."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.listening import Expected, expected, version
from tests.served import Served

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def sound(site: Served) -> Expected:
    """The longest recording."""
    every = [one for one in expected(site.feed_url) if one.url.endswith(".mp3")]
    return next(one for one in every if "fellowship" in one.url)


def _curl(*words: str) -> bytes:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "20", *words],
        capture_output=True,
        check=True,
        timeout=30,
    )
    return done.stdout


def test_curl_gets_every_kind_of_range(
    sound: Expected, record_property: Record
) -> None:
    record_property("part", f"curl {version('curl', '--version')}: ranges")
    whole = _curl(sound.url)

    for span, wanted in {
        "0-1": whole[:2],
        "1000-1999": whole[1000:2000],
        "-500": whole[-500:],
        f"{len(whole) - 10}-": whole[-10:],
    }.items():
        assert _curl("--range", span, sound.url) == wanted
    head = _curl("--head", sound.url).decode().lower()
    assert f"content-length: {len(whole)}" in head
    assert "accept-ranges: bytes" in head
    past = _curl("--range", f"{len(whole)}-", "--write-out", "%{http_code}", sound.url)
    assert past.endswith(b"416")


def test_curl_resumes_a_download(sound: Expected, tmp_path: Path) -> None:
    whole = _curl(sound.url)
    part = tmp_path / "audio.mp3"
    part.write_bytes(whole[:100_000])

    _curl("--continue-at", "-", "--output", str(part), sound.url)

    assert part.read_bytes() == whole


def test_ffmpeg_seeks_over_http(sound: Expected, record_property: Record) -> None:
    record_property("part", f"ffmpeg {version('ffmpeg', '-version')}: seeks over HTTP")
    probe = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_chapters"]
    told = subprocess.run(
        [*probe, sound.url], capture_output=True, check=True, timeout=60
    )
    facts = json.loads(told.stdout)
    seek = ["ffmpeg", "-v", "error", "-ss", "120", "-i", sound.url, "-t", "1"]
    heard = subprocess.run(
        [*seek, "-f", "s16le", "-ac", "1", "-"],
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert float(facts["format"]["duration"]) == pytest.approx(253, abs=3)
    assert len(facts["chapters"]) >= 5
    assert len(heard.stdout) > 40_000
