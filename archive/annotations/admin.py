"""Read-only admin for annotations. They are edited on the pages, where every change can be undone.

Private notes, the history of notes and the meanings of colours are nobody's business, not even an administrator's: the
admin does not show them.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.annotations.models import Annotation
from archive.articles.admin import ReadOnlyAdmin


@admin.register(Annotation)
class AnnotationAdmin(ReadOnlyAdmin):
    list_display = ["uuid", "article", "owner", "motivation", "colour", "status", "created_at"]
    list_filter = ["status", "motivation", "colour"]
    list_select_related = ["article", "owner"]
    search_fields = ["uuid", "owner__username"]
    fields = ["uuid", "article", "owner", "motivation", "colour", "status", "score", "version", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Annotation]:
        """Limit the list to annotations this person can see on the pages."""
        assert request.user.is_authenticated
        return Annotation.objects.visible_to(request.user).present()
