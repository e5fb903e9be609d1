"""Administration of annotations: to be looked at. They are changed on the pages, where every change can be undone.

What people wrote for themselves is theirs, whoever looks after the archive: their private notes, the history of any
note, what colours mean to them. None of it is here.
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
        """Those that this person sees on the pages, too."""
        assert request.user.is_authenticated
        return Annotation.objects.visible_to(request.user).present()
