"""Pictures for the docs, made by commands: real pages in a real browser."""
