import re
import shutil
from pathlib import Path

import pytest

from peru_media.cli.bars import Bars
from tests.cli.calls import at_terminal
from tests.cli.conftest import Call


def test_a_bar_is_drawn_and_stands(capsys: pytest.CaptureFixture[str]) -> None:
    with Bars(colour=False) as bars:
        bars.start("media", 2_000_000, "B")
        bars.advance("media", 2_000_000)
        bars.finish("media")
        bars.start("copies", 3, "files")
        bars.advance("copies", 1)

    err = capsys.readouterr().err
    assert "media" in err
    assert "2.0/2.0 MB" in err
    assert "1/3 files" in err


def test_nothing_to_do_draws_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Bars() as bars:
        bars.start("pages", 0, "B")
        bars.advance("pages", 10)
        bars.finish("pages")

    assert "pages" not in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["check", "plan", "build", "status"])
def test_who_waits_for_recordings_to_be_heard_sees_how_far_it_is(
    verb: str, call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    silent = call(verb)
    shutil.rmtree(project / ".peru-media")
    shutil.rmtree(project / "build", ignore_errors=True)

    code, screen = at_terminal([verb], typed="", cwd=project)

    assert (code, silent.code) == (0, 0)
    assert "sound" not in silent.out + silent.err
    assert "sound" in screen
    assert "17.2/17.2 kB" in screen
    assert re.search(
        r"0\.0/17\.2 kB.*?-?-:--.*17\.2/17\.2 kB.*?00:00", screen, re.DOTALL
    )
