"""What leaves the archive: a module per format."""
