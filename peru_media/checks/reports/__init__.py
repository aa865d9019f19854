"""Problems as other programs read them: JUnit, SARIF, GitHub's annotations.

Each report is one text, made of problems alone. What stands in a problem may come
from a stranger's feed, so each escapes whatever its format takes for its own.
"""

from peru_media.checks.reports.github import github_report
from peru_media.checks.reports.junit import junit_report
from peru_media.checks.reports.meaning import Meaning, meanings
from peru_media.checks.reports.sarif import sarif_report

__all__ = ["Meaning", "github_report", "junit_report", "meanings", "sarif_report"]
