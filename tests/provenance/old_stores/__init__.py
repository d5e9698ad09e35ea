"""Stores as provisor wrote them before: one for each state that the schema was in.

`<migrations>.duckdb.gz` was written by the code of its time, never by that of today:

    git archive COMMIT | tar -x -C then && cd then
    python -P …/tests/provenance/old_stores/written.py old.duckdb && gzip -9n old.duckdb
"""
