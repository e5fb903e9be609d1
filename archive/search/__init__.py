"""Search: an index on disk that follows the database."""
