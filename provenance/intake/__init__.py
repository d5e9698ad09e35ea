"""From a manifest's file to its rows: which form, which columns, which dates."""
