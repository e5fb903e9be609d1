"""The person making a request."""

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

KEY_LENGTH = 16  # hexadecimal digits


def reader(request: HttpRequest) -> User:
    """The person of a request to a view with `login_required`."""
    assert request.user.is_authenticated
    return request.user


def person_key(person: User | AnonymousUser | None) -> str:
    """Identifies a person in pages and in browser storage. It differs between archives, and is empty for visitors."""
    if person is None or not person.is_authenticated:
        return ""
    return salted_hmac("archive.web.people", str(person.pk), algorithm="sha256").hexdigest()[:KEY_LENGTH]
