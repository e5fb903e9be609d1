"""The admin for articles, built for large tables: it never counts a whole table or shows a whole text."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from taggit.models import Tag

from archive.accounts.admin import ArchiveAdmin
from archive.articles import tagging
from archive.articles.models import Article, Attachment, Author, Authorship, Publication, Revision

# Set by imports, and editable here; `published_precision` is part of the date.
EDITABLE = {
    *("title", "source_url", "publication", "published", "clipped", "modified", "description", "language", "image"),
    *("tags", "word_count_stated"),
}


class InTrash(admin.SimpleListFilter):
    title = "trash"
    parameter_name = "trashed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "in the library"), ("yes", "in the trash")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        match self.value():
            case "no":
                return queryset.filter(trashed_at=None)
            case "yes":
                return queryset.exclude(trashed_at=None)
        return queryset


class AuthorshipInline(admin.TabularInline):
    model = Authorship
    autocomplete_fields = ["author"]
    extra = 0


@admin.register(Article)
class ArticleAdmin(ArchiveAdmin):
    list_display = ["title", "publication", "published", "language", "word_count", "trashed_at"]
    list_filter = [InTrash, "language", "published_precision"]
    list_select_related = ["publication"]
    search_fields = ["title", "source_url"]
    show_full_result_count = False
    list_per_page = 50
    autocomplete_fields = ["publication"]
    raw_id_fields = ["revision"]
    readonly_fields = ["identity", "created_at", "joined_into", "metadata", "word_count"]
    inlines = [AuthorshipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).defer("metadata", "description")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Articles are moved to the trash instead: deleting one would lose its notes, and the confirmation page would
        list them."""
        return False

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        # What a person changes here is protected from re-imports, as on the article's page.
        changed = {"published" if name == "published_precision" else name for name in form.changed_data}
        obj.edited_fields = sorted({*obj.edited_fields, *(changed & EDITABLE)})
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Authorship and formset.has_changed():
            article: Article = form.instance
            article.edited_fields = sorted({*article.edited_fields, "authors"})
            article.save(update_fields=["edited_fields"])


@admin.register(Author)
class AuthorAdmin(ArchiveAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    show_full_result_count = False


@admin.register(Publication)
class PublicationAdmin(ArchiveAdmin):
    list_display = ["name", "host"]
    search_fields = ["name", "host"]
    show_full_result_count = False


class ReadOnlyAdmin(ArchiveAdmin):
    """For rows that only an import creates."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    """Read-only admin for the tags of articles. Tags of notes belong to their owners."""

    list_display = ["name"]
    search_fields = ["name"]
    fields = ["name"]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).filter(pk__in=tagging.tagged(Article).values("tag"))


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["path", "article", "encoding", "renderer_version", "created_at"]
    list_filter = ["renderer_version", "encoding"]
    list_select_related = ["article"]
    search_fields = ["path", "content_hash"]
    fields = ["article", "path", "encoding", "content_hash", "renderer_version", "created_at", "headings"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).defer("original", "html", "text", "article__metadata")


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "media_type", "size"]
    list_filter = ["media_type"]
    search_fields = ["sha256"]
