"""Administration of people, and what every page of the administration keeps to."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse


class ArchiveAdmin(admin.ModelAdmin):
    """An administration that can be filtered by what it declares, and by nothing else.

    Django takes any column and relation as a parameter, and so would tell by a list's length what is in one that is not
    shown: `?personal__contains=word`.
    """

    view_on_site = False  # the way there would lead to any object of anybody by its number

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        filters: list[Any] = [*self.list_filter, *filter(None, [self.date_hierarchy])]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in map(_parameter, filters))


def no_shortcut(request: HttpRequest, shortcut: str) -> HttpResponse:
    """In place of Django's way from the number of any object to its page, whoever's it is."""
    raise Http404


def _parameter(declared: Any) -> str:
    """What a filter's parameter begins with."""
    if isinstance(declared, type):
        return str(declared.parameter_name)  # type: ignore[attr-defined]
    return str(declared[0] if isinstance(declared, (list, tuple)) else declared)


admin.site.site_header = admin.site.site_title = "Commonplace"
admin.site.index_title = "Administration"
admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(ArchiveAdmin, UserAdmin):
    """Nobody is deleted: what they wrote would be lost, and the page that asks would list it. Take away `is_active`."""

    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
