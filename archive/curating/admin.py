"""Administration of what people keep. The secrets of their feeds are theirs alone."""

from django.contrib import admin

from archive.curating.models import SavedSearch


@admin.register(SavedSearch)
class SavedSearchAdmin(admin.ModelAdmin):
    list_display = ["name", "owner", "address"]
    search_fields = ["name"]
    show_full_result_count = False
    raw_id_fields = ["owner"]
    exclude = ["secret"]
