"""Administration of what the index of articles follows: read-only, as triggers write it. That of annotations is not
there, as its rows tell when people write for themselves.
"""

from django.contrib import admin

from archive.articles.admin import ReadOnlyAdmin
from archive.search.models import ArticleChange


@admin.register(ArticleChange)
class ArticleChangeAdmin(ReadOnlyAdmin):
    list_display = ["number", "object_id"]
