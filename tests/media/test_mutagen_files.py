"""The files that mutagen's authors gathered for their faults, all through probing."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from peru_media.media.maker import Maker
from tests.packages import unpacked

SECONDS = 60
NEVER = re.compile("\n|Error|Traceback|break down|took")


def test_every_file_ends_in_facts_or_one_sentence(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    data = unpacked("mutagen", tmp_path) / "tests/data"
    paths = sorted(path for path in data.iterdir() if path.is_file())
    began = time.monotonic()

    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as maker:
        found = maker.facts(paths)

    told = [facts for facts in found.values() if facts.fault is None]
    faults = [facts.fault for facts in found.values() if facts.fault is not None]
    figure = f"{len(told)} with facts, {len(faults)} with a sentence"
    record_property("figure", f"mutagen's own files: {len(paths)} probed, {figure}")
    assert len(paths) == 100
    assert len(told) >= 40
    assert time.monotonic() - began < SECONDS
    assert all(len(facts.sha256) == 64 for facts in found.values())
    for fault in faults:
        assert fault.endswith((".", "?"))
        assert not NEVER.search(fault)
    assert all(facts.duration for facts in told if facts.kind in {"audio", "video"})
