"""Keeping order: the searches that people keep, and the same done to all that one finds."""
