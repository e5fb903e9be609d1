"""The preparation of text, as the engines take it."""

from archive.query.preparing import prepare, remembered_prepare

__all__ = ["prepare", "remembered_prepare"]
