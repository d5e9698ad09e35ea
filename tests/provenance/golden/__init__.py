"""Stores as earlier releases left them, each with its leaves; made by `python -m tests.provenance.golden`.

A store is never made anew: a later release must read what an earlier one wrote.
"""
