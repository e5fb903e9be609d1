"""The archive is private unless its owner decides otherwise."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from archive.accounts import devices

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class PrivateArchiveMiddleware(LoginRequiredMiddleware):
    """Requires an account for every page except those marked `login_not_required`.

    With public reading on, read-only pages are open. Views that show personal or staff-only content check that
    themselves, with `login_required` or `staff_required`.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_READING and request.method in SAFE_METHODS:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def note_device(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep the list of browsers in which people are signed in up to date."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            devices.note(request, request.user)
        return get_response(request)

    return middleware
