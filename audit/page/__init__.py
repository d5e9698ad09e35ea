"""The page that an audit is read on: its words, its charts, its tables."""
