"""Two audits compared: what became risky, what was cured, and why."""
