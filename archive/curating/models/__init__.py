"""The models, a module per noun."""

from archive.curating.models.bulk_change import RENAMES, BulkChange, Portion, Stage, Verb
from archive.curating.models.collection import Collection, CollectionItem
from archive.curating.models.double_pair import DoublePair
from archive.curating.models.saved_search import SavedSearch
from archive.curating.models.text_sketch import TextSketch

__all__ = [
    "RENAMES",
    "BulkChange",
    "Collection",
    "CollectionItem",
    "DoublePair",
    "Portion",
    "SavedSearch",
    "Stage",
    "TextSketch",
    "Verb",
]
