"""Who asks."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


def reader(request: HttpRequest) -> AbstractBaseUser:
    """The person of a request that got past `login_required`."""
    assert request.user.is_authenticated
    return request.user
