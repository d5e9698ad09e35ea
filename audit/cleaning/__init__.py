"""Cleaning: what is kept of a manifest, what is looked at first, and what is left out, and why."""
