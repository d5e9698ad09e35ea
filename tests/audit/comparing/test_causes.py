"""Why a verdict changed: a notice is one however it names the row."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.comparing.compare import compare
from audit.comparing.comparison import Change
from audit.inputs import open_manifests
from audit.run import run
from tests.audit.corpus import QUESTION
from tests.audit.world import ALLOW, World

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = hashlib.sha256(b"a file that somebody lists").digest()
ROWS = f"""\
url,collected_at,sha256
https://site.example/a,2024-02-10T12:00:00Z,{DIGEST.hex()}
https://web.archive.org/web/2020/https://copied.example/a,2024-02-10T12:00:00Z,
https://court.example/a,2024-02-10T12:00:00Z,
https://site.example/b,2024-02-10T12:00:00Z,
"""


def test_a_notice_is_one_whether_it_names_host_digest_or_what_is_copied(tmp_path: Path) -> None:
    world = World(tmp_path)
    for host in ("site.example", "web.archive.org", "court.example"):
        world.robots("2024-02-10", ALLOW, host=host)
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    other = replace(QUESTION, declaration=replace(QUESTION.declaration, sources=("c4",)))
    for name, question in (("old", QUESTION), ("new", other)):
        parts = open_manifests([tmp_path / "rows.csv"], digests=("sha256",))
        run(parts, question, world.store, tmp_path / name)
        world.digests("2024-01-01", ("sha256", DIGEST))
        world.listed("2024-01-01", host="copied.example")
        world.listed("2024-01-01", host="court.example", status="quarantined")

    said = compare(tmp_path / "old", tmp_path / "new")

    # Something else is declared as well, and no verdict hangs on it.
    assert said.changes == (Change("riskier", ("notice",), 3, (0, 1, 2)),)
    assert said.unchanged == 1
