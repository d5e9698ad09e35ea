from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blocklists.formats import Candidate, formats
from blocklists.vetting import vet

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs" / "blocklists.md"


def test_the_folder_is_the_registry() -> None:
    assert sorted(formats()) == [
        "adblock", "csv", "dnsmasq", "hashes", "hosts", "jsonl", "plain", "rpz", "squidguard",
        "unbound", "wildcard",
    ]  # fmt: skip


def test_each_format_has_its_test_and_its_line_in_the_documentation() -> None:
    text = DOCS.read_text("utf-8")

    for name, one in formats().items():
        module = one.parse.__module__.rpartition(".")[2]
        assert (HERE / f"test_{module}.py").exists(), module
        assert f"\n| `{name}` | " in text, name


LONG = [
    text * (8000 // len(text))
    for text in (
        "a", ".", "a.", "/", "a/", "a ", '"', "{", "-", "*.", "a\\.", "(?", "((", "a:", "1.", "||",
        "0.0.0.0 ", "IN ", " 1h", "https://", "@", "%", "xn--", "あ", "\u200b", "#", "$", "[", "<a",
    )
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(formats()))
def test_no_line_takes_long(name: str) -> None:
    before = time.process_time()

    for text in LONG:
        for line in (text, f"||{text}^", f"address=/{text}/#", f"{text} CNAME .", f"a:{text}"):
            formats()[name].fits([line])
            list(formats()[name].parse([(1, line)]))

    assert time.process_time() - before < 2


@pytest.mark.parametrize("text", LONG)
def test_no_value_takes_long(text: str) -> None:
    before = time.process_time()

    for scope in ("", "domain", "url"):
        for value in (
            text,
            f"https://{text}",
            f"https://a.example/{text}",
            f"a:{text}",
            f"{text}.com",
        ):
            vet(Candidate(1, value, scope=scope), now=datetime(2026, 2, 3, tzinfo=UTC))

    assert time.process_time() - before < 1
