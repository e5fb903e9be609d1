"""Importing files as articles: finding them, reading front matter, rendering in parallel, and writing with one
writer."""
