import pytest

from peru_media.cli.bars import Bars


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
