"""A store as a folder of Parquet files: to keep, to hand on, and to read with other tools.

The folder holds `export.json`, which names every file with its digest; a file for each table; and
the files of evidence, where they were asked for. What is read back is compared with all of that,
and then with its own ledger, before anything is put where a store belongs.
"""
