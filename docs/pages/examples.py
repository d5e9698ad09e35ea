"""The examples, whole: each is run by our tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_LINK = re.compile(r"\]\(\.\./examples/(\w+)\.py\)")


def page() -> str:
    """Return every file of `examples/`."""
    lines = ["# Examples", "", "Files of `examples/`; see [pipelines](../pipelines.md)."]
    for file in sorted((ROOT / "examples").glob("*.py")):
        if file.stem != "__init__":
            source = file.read_text("utf-8").rstrip()
            lines += ["", f"## {file.name} {{ #{file.stem} }}", "", "```python", source, "```"]
    return "\n".join(lines) + "\n"


def linked(markdown: str) -> str:
    """Return *markdown* with links to files of `examples/` led to that page."""
    return _LINK.sub(r"](reference/examples.md#\1)", markdown)
