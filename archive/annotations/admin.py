"""Administration of annotations: to be looked at. They are changed on the pages, where every change can be undone."""

from django.contrib import admin

from archive.annotations.models import Annotation, Change, ColourMeaning
from archive.articles.admin import ReadOnlyAdmin


@admin.register(Annotation)
class AnnotationAdmin(ReadOnlyAdmin):
    list_display = ["uuid", "article", "owner", "motivation", "colour", "status", "created_at", "trashed_at"]
    list_filter = ["status", "motivation", "colour", "visibility", ("trashed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["article", "owner"]
    search_fields = ["uuid", "owner__username"]
    # What people wrote for themselves is theirs, whoever looks after the archive.
    fields = [
        "uuid",
        "article",
        "owner",
        "motivation",
        "colour",
        "status",
        "score",
        "visibility",
        "version",
        "created_at",
    ]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["annotation_id", "person", "made_at", "undone_at"]
    fields = ["person", "made_at", "undone_at", "batch"]
    list_select_related = ["person"]
    search_fields = ["person__username"]


@admin.register(ColourMeaning)
class ColourMeaningAdmin(ReadOnlyAdmin):
    list_display = ["colour", "meaning", "owner"]
    list_filter = ["colour"]
    list_select_related = ["owner"]
