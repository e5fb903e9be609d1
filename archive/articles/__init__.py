"""Articles and what belongs to them: revisions, authors, publications and attachments."""
