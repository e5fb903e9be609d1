"""Syntax beyond Markdown from clippers, Obsidian, Hugo and Jekyll, and the clean-up it needs."""
