"""Make the stand-in of a document: a tagged PDF with a title and a language."""

import subprocess
import tempfile
from pathlib import Path

import pikepdf

__all__ = ["write_pdf"]

_CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


def write_pdf(page: Path, path: Path, *, title: str, language: str) -> None:
    """Print a page as a tagged PDF, and take out what changes from day to day."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        subprocess.run(
            [
                *_CHROMIUM,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={printed}",
                page.resolve().as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        _finish(printed, path, title=title, language=language)


def _finish(printed: Path, path: Path, *, title: str, language: str) -> None:
    with pikepdf.open(printed) as pdf:
        del pdf.docinfo
        pdf.docinfo["/Title"] = title
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [language]
        pdf.save(
            path,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
