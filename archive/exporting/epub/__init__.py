"""Books in EPUB 3, of an article or a search's results, for reading devices."""
