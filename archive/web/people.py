"""Who asks."""

from django.contrib.auth.models import User
from django.http import HttpRequest


def reader(request: HttpRequest) -> User:
    """The person of a request that got past `login_required`."""
    assert request.user.is_authenticated
    return request.user
