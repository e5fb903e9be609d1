"""The archive's owner, who acts where no particular person does."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

LOCAL = "local"  # the account that `make run` signs in


def keeper() -> User:
    """The first active superuser; if there is none, create the account that `make run` signs in."""
    return first_keeper() or _local()


def make_account(name: str) -> User:
    """Create an account that can only sign in by link. The first one is a superuser; later ones can read and annotate.

    Raises ValidationError if the name is invalid or taken.
    """
    person = get_user_model()(username=get_user_model().normalize_username(name))
    if first_keeper() is None:
        person.is_staff = person.is_superuser = True
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    return person


def _local() -> User:
    people = get_user_model().objects
    return people.filter(username=LOCAL).first() or people.create_superuser(username=LOCAL, email="", password=None)


def first_keeper() -> User | None:
    """The first active superuser, if any."""
    return get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
