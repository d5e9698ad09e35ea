"""Bringing past captures into the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.archives.importing import import_captures
from provenance.errors import InputRefused
from provenance.store import reading

if TYPE_CHECKING:
    from pathlib import Path

JAN, FEB = "2025-01-03T00:00:00Z", "2025-02-03T00:00:00Z"


def line(host: str, at: str, body: str) -> str:
    return json.dumps(
        {"url": f"https://{host}/robots.txt", "captured_at": at, "status": 200, "body": body}
    )


def robots(host: str, *, more: str = "") -> str:
    return f"User-agent: *\nDisallow: /{host}/\nSitemap: https://{host}/s.xml\n{more}"


def rows(store: Path, query: str) -> list[tuple[object, ...]]:
    with reading(store) as connection:
        return connection.execute(query).fetchall()


def imported(folder: Path, store: Path, *lines: str) -> list[tuple[object, ...]]:
    path = folder / "captures.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    import_captures(store, path)
    return rows(store, "SELECT host, outcome, reason FROM capture ORDER BY capture_id")


def test_a_file_imported_twice_counts_once(tmp_path: Path, store_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    path.write_text(line("a.example", JAN, robots("a.example")), "utf-8")

    first, second = import_captures(store_path, path), import_captures(store_path, path)

    assert (first.captures, first.new, first.known) == (1, 1, 0)
    assert (second.captures, second.new, second.known) == (1, 0, 1)
    assert rows(store_path, "SELECT count(*) FROM capture") == [(1,)]


def test_a_body_is_kept_and_compiled_once(tmp_path: Path, store_path: Path) -> None:
    same = robots("a.example")

    imported(tmp_path, store_path, line("a.example", JAN, same), line("a.example", FEB, same))

    assert rows(store_path, "SELECT count(*) FROM body") == [(1,)]
    assert rows(store_path, "SELECT token, class FROM robots_group") == [("*", "by-path")]


def test_a_file_with_a_wrong_line_leaves_nothing(tmp_path: Path, store_path: Path) -> None:
    path = tmp_path / "captures.jsonl"
    path.write_text(line("a.example", JAN, robots("a.example")) + "\n{}", "utf-8")

    with pytest.raises(InputRefused, match="line 2"):
        import_captures(store_path, path)

    assert not store_path.exists()


def test_a_body_that_slipped_to_the_next_host_is_no_evidence(
    tmp_path: Path, store_path: Path
) -> None:
    found = imported(
        tmp_path,
        store_path,
        line("one.com", JAN, robots("one.com")),
        line("two.com", JAN, robots("two.com")),
        line("one.com", FEB, robots("two.com")),
        line("two.com", FEB, robots("three.com")),
    )

    assert found == [
        ("one.com", "parsed", ""),
        ("two.com", "parsed", ""),
        ("one.com", "unreadable", "body of another site: two.com"),
        ("two.com", "parsed", ""),
    ]


def test_a_site_that_redirects_to_another_keeps_its_body(tmp_path: Path, store_path: Path) -> None:
    found = imported(
        tmp_path,
        store_path,
        line("old.com", JAN, robots("new.com")),
        line("new.com", JAN, robots("new.com")),
        line("old.com", FEB, robots("new.com", more="# 2\n")),
        line("new.com", FEB, robots("new.com", more="# 2\n")),
    )

    assert [outcome for _, outcome, _ in found] == ["parsed"] * 4


def test_what_a_robots_txt_says_beside_its_rules_is_stored_once_per_body(
    tmp_path: Path, store_path: Path
) -> None:
    said = robots("a.example", more="Content-Usage: /a train-ai=n\nLicense: https://l.example/l\n")

    imported(tmp_path, store_path, line("a.example", JAN, said), line("a.example", FEB, said))

    assert rows(
        store_path,
        "SELECT kind, scope, path, usage, value, offer FROM robots_signal ORDER BY kind",
    ) == [
        ("aipref", "agent:*", "/a", "train-genai", "deny", ""),
        ("rsl", "agent:*", "", "licence", "unspecified", "https://l.example/l"),
    ]
