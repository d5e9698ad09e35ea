"""One capture, as it was recorded."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tests.audit.world import GATED, World
from tests.command import provisor

if TYPE_CHECKING:
    from pathlib import Path

TOLD = """\
capture 1: robots of site.example
  address            https://site.example/robots.txt
  captured at (UTC)  2024-02-10 00:00:00
  method             crawl
  run                test
  status             200
  outcome            parsed
  body SHA-256       SHA256

OCTETS octets:
    1  User-agent: *
    2  Disallow: /\\u{1b}[31m
"""


def shown(folder: Path, *words: str) -> tuple[int, str, str]:
    return provisor("show", *words, "--store", "store.duckdb", cwd=folder)


def test_all_that_is_recorded_is_told_and_nothing_of_it_reaches_the_terminal(
    tmp_path: Path,
) -> None:
    body = "User-agent: *\r\nDisallow: /\x1b[31m"
    World(tmp_path).robots("2024-02-10", body)

    code, out, _ = shown(tmp_path, "1")

    assert code == 0
    digest = hashlib.sha256(body.encode()).hexdigest()
    assert out == TOLD.replace("SHA256", digest).replace("OCTETS", str(len(body)))


def test_what_was_read_from_a_page_is_told(tmp_path: Path) -> None:
    World(tmp_path).page("2024-02-10", "/a", status=401, signals=(GATED,))

    _, out, _ = shown(tmp_path, "1")

    assert "  status             401\n" in out
    assert "  read from it       kind access-gate, scope page, usage crawl" in out


def test_the_octets_come_out_as_they_were_received(tmp_path: Path) -> None:
    World(tmp_path).robots("2024-02-10", "User-agent: *\r\nDisallow: /\n")

    code, out, _ = shown(tmp_path, "1", "--raw")

    assert (code, out) == (0, "User-agent: *\nDisallow: /\n")  # text mode of the test folds CRLF


def test_a_number_that_no_capture_has_is_refused(tmp_path: Path) -> None:
    World(tmp_path).robots("2024-02-10", "")

    code, out, err = shown(tmp_path, "7")

    assert (code, out) == (3, "")
    assert err == "provisor: error: store.duckdb: it holds no capture 7; check the number\n"
