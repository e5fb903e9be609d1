"""The models, a module per noun."""

from archive.curating.models.bulk_change import RENAMES, BulkChange, Portion, Stage, Verb
from archive.curating.models.collection import Collection, CollectionItem
from archive.curating.models.saved_search import SavedSearch

__all__ = ["RENAMES", "BulkChange", "Collection", "CollectionItem", "Portion", "SavedSearch", "Stage", "Verb"]
