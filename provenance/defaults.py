"""What is the same everywhere: our version, and how long we wait for the store."""

from __future__ import annotations

VERSION = "0.1.0"

WAIT_S = 30.0
"""Seconds to wait while another process holds the store."""

MEMORY = "600MB"
"""How much an instance of DuckDB holds before it spills to disk."""

AUDIT_MEMORY = "1500MB"
"""The same for an audit, whose table of hosts grows with the store."""
