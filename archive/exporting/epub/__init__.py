"""Books in EPUB 3: an article, or what a search finds, for reading devices."""
