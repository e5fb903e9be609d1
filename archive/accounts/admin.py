"""The admin for user accounts, and the base class of every model admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse


class ArchiveAdmin(admin.ModelAdmin):
    """A model admin that can be filtered only by the filters it declares.

    By default Django accepts any column or relation as a query parameter, so the length of a list would leak values
    that are not shown: `?personal__contains=word`.
    """

    view_on_site = False  # its link would reveal any object by its primary key

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        filters: list[Any] = [*self.list_filter, *filter(None, [self.date_hierarchy])]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in map(_parameter, filters))


def no_shortcut(request: HttpRequest, shortcut: str) -> HttpResponse:
    """Replaces Django's redirect from any object's primary key to its page, whoever owns it."""
    raise Http404


def _parameter(declared: Any) -> str:
    """The prefix of a filter's query parameter."""
    if isinstance(declared, type):
        return str(declared.parameter_name)  # type: ignore[attr-defined]
    return str(declared[0] if isinstance(declared, (list, tuple)) else declared)


admin.site.site_header = admin.site.site_title = "Commonplace"
admin.site.index_title = "Administration"
admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(ArchiveAdmin, UserAdmin):
    """Accounts cannot be deleted: what the person wrote would be lost, and the confirmation page would list it. Clear
    `is_active` instead."""

    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
