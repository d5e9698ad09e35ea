"""What users choose by name on the command line, told without loading what it stands for."""

from __future__ import annotations

FORMS = (
    "ab2013", "croissant", "csv", "eu-summary", "html", "jco-checklist", "json", "junit",
    "markdown", "parquet", "principle-code", "sarif", "text",
)  # fmt: skip
"""The reports (audit/reports/)."""

GATES = ("critical", "high", "medium", "low", "never")
"""From which level on; `unknown` goes with `medium`."""

LANGUAGES = ("en", "ja")
"""Those that reports are written in."""

MODALITIES = ("text", "image", "audio", "video", "other")
"""What the rows of a dataset hold."""
