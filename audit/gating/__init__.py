"""The gate: whether an audit may pass, by a level, by a policy, and beside what was accepted."""
