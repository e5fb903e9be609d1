"""The models, a module per noun."""

from archive.annotations.models.annotation import (
    Annotation,
    AnnotationQuerySet,
    Colour,
    Motivation,
    Status,
    Visibility,
)
from archive.annotations.models.change import Change
from archive.annotations.models.imported_mark import ImportedMark
from archive.annotations.models.meaning import ColourMeaning
from archive.annotations.models.sent_form import SentForm

__all__ = [
    "Annotation",
    "AnnotationQuerySet",
    "Change",
    "Colour",
    "ColourMeaning",
    "ImportedMark",
    "Motivation",
    "SentForm",
    "Status",
    "Visibility",
]
