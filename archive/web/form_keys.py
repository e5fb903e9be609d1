"""Which form was sent, and who opened it (see the template tag `form_key`)."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.http import HttpRequest

from archive.web.people import person_key

_PERSONAL = ("csrfmiddlewaretoken", "opened_by")


def form_key(form: Mapping[str, str]) -> UUID | None:
    """The key the form was shown with; None for a form that has none."""
    try:
        return UUID(form.get("form_key", ""))
    except ValueError:
        return None


def sending_key(request: HttpRequest) -> UUID | None:
    """The key of what was sent: the same only where the same form is sent with the same in it. None as for `form_key`.

    A form can be sent, gone back to, and sent for something else: those are two.
    """
    key = form_key(request.POST)
    fields = [
        (name, value) for name, values in sorted(request.POST.lists()) for value in values if name not in _PERSONAL
    ]
    return key and uuid5(key, f"{request.path}?{urlencode(fields)}")


def is_anothers(request: HttpRequest) -> bool:
    """Whether a form was opened by a person other than the one who is signed in now."""
    opened_by = request.POST.get("opened_by", "")
    return bool(opened_by) and opened_by != person_key(request.user)
