"""Read-only admin for imports."""

from django.contrib import admin

from archive.articles.admin import ReadOnlyAdmin
from archive.importing.models import ImportProblem, ImportRun, SourceFile


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "state", "started_by", "total", "created", "updated", "failed", "warnings"]
    list_filter = ["state"]
    list_select_related = ["started_by"]
    date_hierarchy = "started_at"


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    list_display = ["path", "line", "severity", "code", "run"]
    list_filter = ["severity", "code"]
    list_select_related = ["run"]
    search_fields = ["path", "message"]


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin):
    list_display = ["path", "size", "run", "missing_since"]
    list_filter = [("missing_since", admin.EmptyFieldListFilter)]
    list_select_related = ["run"]
    search_fields = ["path", "content_hash"]
    fields = ["location", "path", "content_hash", "size", "article", "revision", "run", "missing_since"]
