"""The models, a module per noun."""

from archive.curating.models.saved_search import SavedSearch

__all__ = ["SavedSearch"]
