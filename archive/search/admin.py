"""Administration of what the indexes follow: read-only, as triggers write it."""

from django.contrib import admin

from archive.articles.admin import ReadOnlyAdmin
from archive.search.models import AnnotationChange, ArticleChange


@admin.register(ArticleChange, AnnotationChange)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["number", "object_id"]
