"""The search on PostgreSQL: an index of GIN, and what asks it."""
