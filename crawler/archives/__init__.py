"""Captures that others made in the past, read with the same eyes as our own."""
