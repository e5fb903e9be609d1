"""Finding articles: one index, kept by the database."""
