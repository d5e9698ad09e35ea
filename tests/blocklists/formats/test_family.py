from __future__ import annotations

from pathlib import Path

from blocklists.formats import formats

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
