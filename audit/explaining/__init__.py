"""Why one row has its verdict: what was known when, which rules speak, what would change it."""
