"""Judge a manifest by what is known of its sources."""
