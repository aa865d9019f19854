"""What is no PDF is not published as one, whatever its name says."""

from pathlib import Path

from tests.projects import write, write_project
from tests.served import run

PAGE = "<!doctype html><title>x</title><script>alert(1)</script>\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n'


def test_a_page_or_a_drawing_named_pdf_is_refused(tmp_path: Path) -> None:
    write_project(tmp_path, episodes=2)
    first, second = (tmp_path / f"episodes/story-{n}" for n in (1, 2))
    named = "documents:\n  - {file: docs/page.pdf, title: One}\n"
    named += "  - {file: docs/drawing.pdf, title: Two}\n---\nWhat"
    written = (first / "episode.md").read_text()
    write(
        first,
        {
            "docs/page.pdf": PAGE,
            "docs/drawing.pdf": DRAWING,
            "episode.md": written.replace("---\nWhat", named),
        },
    )
    for sound in second.glob("audio.*"):
        sound.unlink()
    write(second, {"review.pdf": PAGE})

    done = run("publish", "--yes", cwd=tmp_path, check=False)

    assert done.returncode == 3
    said = done.stdout + done.stderr
    assert "E312  docs/page.pdf is not a PDF that can be read." in said
    assert "E312  docs/drawing.pdf is not a PDF that can be read." in said
    assert "E214  review.pdf is no recording" in said
    assert not [*tmp_path.glob(".peru-media/store/**/*.pdf")]
