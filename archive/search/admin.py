"""Administration of the index: to be looked at, as the database keeps it by itself."""

from django.contrib import admin

from archive.articles.admin import ReadOnlyAdmin
from archive.search.models import Document, Label, State, Word


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["title", "position", "word_count"]
    search_fields = ["title", "path"]
    raw_id_fields = ["article", "revision"]
    exclude = ["personal"]  # what people write for themselves is theirs, whoever looks after the archive


@admin.register(Word)
class WordAdmin(ReadOnlyAdmin):
    list_display = ["word", "stem"]
    search_fields = ["word__startswith"]


@admin.register(Label)
class LabelAdmin(ReadOnlyAdmin):
    list_display = ["label", "kind", "documents"]
    list_filter = ["kind"]
    search_fields = ["words"]


@admin.register(State)
class StateAdmin(ReadOnlyAdmin):
    list_display = ["documents", "rebuilt_to"]
    fields = ["documents", "rebuilt_to"]  # `version` changes with everybody's notes
