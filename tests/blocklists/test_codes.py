from __future__ import annotations

import re
from pathlib import Path

from blocklists.codes import CODES, WARNINGS, explain
from blocklists.documents import ENCODINGS
from blocklists.formats.table import COLUMNS
from blocklists.packages import BASES, ROLES
from blocklists.targets import SCOPES
from blocklists.vetting import CATEGORIES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "blocklists.md"
CODE = re.compile(r"\"([EFQW]_[A-Z_0-9]+)\"")


def used() -> set[str]:
    """Return the codes that the package, or the address reader below it, can give."""
    files = [*(ROOT / "blocklists").rglob("*.py"), ROOT / "provenance" / "urls.py"]
    return {
        code
        for file in files
        if file.name != "codes.py"
        for code in CODE.findall(file.read_text("utf-8"))
    }


def test_every_code_in_use_is_explained_and_every_explained_code_is_in_use() -> None:
    assert used() == set(CODES) | set(WARNINGS)


def test_the_documentation_says_what_the_command_says() -> None:
    rows = [row for row in DOCS.read_text("utf-8").splitlines() if re.match(r"\| [EFQW]_", row)]

    assert rows == [
        *(f"| {c} | {e.cause.replace('{what}', '…')} | {e.remedy} |" for c, e in CODES.items()),
        *(f"| {code} | {meaning} |" for code, meaning in WARNINGS.items()),
    ]


def test_the_documentation_names_every_word_that_can_be_written() -> None:
    text = DOCS.read_text("utf-8")
    words = {*ROLES, *BASES, *CATEGORIES, *COLUMNS, *SCOPES, *ENCODINGS}

    assert {word for word in words if word not in text.replace("UTF-8", "utf-8")} == set()


def test_no_message_calls_anybody_a_pirate() -> None:
    text = DOCS.read_text("utf-8") + "".join(map("".join, CODES.values()))

    assert "pirate" not in text
    assert "infringing site" not in text


def test_what_was_found_is_made_visible() -> None:
    assert explain("E_PUBLIC_SUFFIX", "co\u202ejp") == (
        "co\\u{202e}jp is a registry's suffix: it would cover every site below it",
        "name the site",
    )
