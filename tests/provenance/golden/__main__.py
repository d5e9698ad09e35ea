"""Write a store of this release and the leaves of its records, for the releases to come."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from provenance.ledger.verifying import last_checkpoint
from provenance.migrating import migrations
from provenance.store import reading
from tests.provenance.stores import handed_in, matched, recorded

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

here = Path(__file__).parent
name = f"{max(migrations()):04}"
with TemporaryDirectory() as folder:
    store = Path(folder) / "store.duckdb"
    recorded(store, "one.example", "two.example")
    handed_in(store, "2026-01-01", "pirate.example", "h.example")
    matched(store)
    (here / f"{name}.duckdb.zst").write_bytes(zstd.compress(store.read_bytes(), 19))
    with reading(store) as connection:
        leaves = connection.execute(
            "SELECT kind, key, hex(leaf) FROM ledger ORDER BY seq"
        ).fetchall()
        said = {"checkpoint": str(last_checkpoint(connection)), "leaves": leaves}
    (here / f"{name}.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")
