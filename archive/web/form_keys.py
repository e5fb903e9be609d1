"""Which form was sent, and who opened it (see the template tag `form_key`)."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest

from archive.web.people import person_key


def form_key(form: Mapping[str, str]) -> UUID | None:
    """The key the form was shown with; None for a form that has none."""
    try:
        return UUID(form.get("form_key", ""))
    except ValueError:
        return None


def is_anothers(request: HttpRequest) -> bool:
    """Whether a form was opened by a person other than the one who is signed in now."""
    opened_by = request.POST.get("opened_by", "")
    return bool(opened_by) and opened_by != person_key(request.user)
