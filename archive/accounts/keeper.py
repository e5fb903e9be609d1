"""Who looks after the archive, for what nobody in particular does."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

LOCAL = "local"  # whom `make run` signs in


def keeper() -> User:
    """The first of the active superusers; where there is none, the account that `make run` signs in is made."""
    return first_keeper() or _local()


def make_account(name: str) -> User:
    """An account that can sign in by a link alone. The first one may do everything, a later one reads and annotates.

    Raises ValidationError for a name that no account may have, or that somebody has.
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
    """The first of the active superusers, if any."""
    return get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
