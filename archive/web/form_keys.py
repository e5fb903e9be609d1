"""Identifies a submitted form and who opened it (see the template tag `form_key`)."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.http import HttpRequest

from archive.web.people import person_key

_PERSONAL = ("csrfmiddlewaretoken", "opened_by")


def form_key(form: Mapping[str, str]) -> UUID | None:
    """The key the form was shown with; None for a form without one."""
    try:
        return UUID(form.get("form_key", ""))
    except ValueError:
        return None


def sending_key(request: HttpRequest) -> UUID | None:
    """The key of a submission, the same only for the same form with the same content. None as for `form_key`.

    A form can be submitted, gone back to, and submitted with different content: those are two.
    """
    key = form_key(request.POST)
    fields = [
        (name, value) for name, values in sorted(request.POST.lists()) for value in values if name not in _PERSONAL
    ]
    return key and uuid5(key, f"{request.path}?{urlencode(fields)}")


def is_anothers(request: HttpRequest) -> bool:
    """Whether the form was opened by someone other than the person now signed in."""
    opened_by = request.POST.get("opened_by", "")
    return bool(opened_by) and opened_by != person_key(request.user)
