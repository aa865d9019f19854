"""What programs of others say about pages: axe, html-validate and Lighthouse."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

__all__ = ["axe", "axe_source", "html_validate", "lighthouse", "release_of"]

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".peru-media" / "tests" / "pages"
MODULES = INSTALLED / "node_modules"
ADVICE = "The judges of pages are not installed: make parts\n{why}"
CHROME = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
)
# WCAG 2.0, 2.1 and 2.2 at the levels A and AA, and what axe holds to be good habits.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => {
  const options = { runOnly: rules, resultTypes: ["violations", "incomplete"] };
  const { violations, incomplete, passes } = await axe.run(document, options);
  const told = (found) => found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
  return [told(violations), told(incomplete), passes.length];
}"""


@cache
def axe_source() -> str:
    """The script that axe is; a page in which it lies already is judged sooner."""
    file = MODULES / "axe-core" / "axe.min.js"
    if not file.exists():
        pytest.fail(ADVICE.format(why=file))
    return file.read_text()


def axe(page: Page) -> tuple[list[str], list[str], int]:
    """What axe finds on a page as it is now: violations, doubts, rules passed.

    It comes in by the debugger's own way, which the page's policy does not concern.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    violations, doubts, passed = page.evaluate(_RUN, TAGS)
    return violations, doubts, passed


def html_validate(pages: dict[str, str], folder: Path) -> list[str]:
    """What html-validate finds wrong in documents, by their names."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    done = _node("html_validate.mjs", str(folder))
    return [str(line) for line in json.loads(done)]


def lighthouse(url: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report on an address: its categories and their audits."""
    report = folder / "lighthouse.json"
    command = [
        "node",
        str(MODULES / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={CHROME}",
        "--no-enable-error-reporting",
        "--only-categories=performance,accessibility,best-practices,seo",
    ]
    environment = {**os.environ, "CHROME_PATH": "/usr/bin/chromium"}
    done = subprocess.run(
        command, env=environment, capture_output=True, timeout=150, check=False
    )
    if done.returncode:
        pytest.fail(ADVICE.format(why=done.stderr.decode()[-2000:]))
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def _node(script: str, *arguments: str) -> str:
    done = subprocess.run(
        ["node", str(HERE / script), str(INSTALLED), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        pytest.fail(ADVICE.format(why=done.stderr[-2000:]))
    return done.stdout


def release_of(package: str) -> str:
    """The release that the lock file names; an installed one is no other."""
    locked = json.loads((HERE / "package-lock.json").read_text())
    return str(locked["packages"][f"node_modules/{package}"]["version"])
