"""The archive is private unless its owner says otherwise."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from archive.accounts import devices

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class PrivateArchiveMiddleware(LoginRequiredMiddleware):
    """Ask for an account on every page but those marked `login_not_required`.

    With public reading on, pages that only show something are open. A view that shows what belongs to one person or to
    the staff asks for itself, with `login_required` or `staff_required`.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_READING and request.method in SAFE_METHODS:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def note_device(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep the list of browsers that people are signed in with."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            devices.note(request, request.user)
        return get_response(request)

    return middleware
