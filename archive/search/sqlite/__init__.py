"""The search on SQLite: an index of FTS5, and what asks it."""
