"""Keeping order: the searches that people keep."""
