"""Who looks after the archive, for what nobody in particular does."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

LOCAL = "local"  # whom `make run` signs in


def keeper() -> User:
    """The first of the active superusers; where there is none, the account that `make run` signs in is made."""
    first = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    return first or account(LOCAL)


def account(name: str) -> User:
    """The person of this name; where there is none, one of the staff is made, who can sign in by a link alone."""
    people = get_user_model().objects
    return people.filter(username=name).first() or people.create_superuser(username=name, email="", password=None)
