"""What users choose by name on the command line, told without loading what it stands for."""

from __future__ import annotations

FORMS = ("croissant", "csv", "html", "json", "junit", "markdown", "sarif", "text")
"""The reports (audit/reports/)."""

GATES = ("critical", "high", "medium", "low", "never")
"""From which level on; `unknown` goes with `medium`."""

LANGUAGES = ("en", "ja")
"""Those that reports are written in."""
