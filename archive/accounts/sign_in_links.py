"""Single-use sign-in links, by django-sesame."""

from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from sesame.backends import ModelBackend
from sesame.utils import get_query_string

BACKEND = "sesame.backends.ModelBackend"


def link_for(person: User, base_url: str) -> str:
    """A sign-in link for this person. `base_url` is the archive's address, with or without the subpath it is served
    at."""
    subpath = get_script_prefix().rstrip("/")
    base = base_url.rstrip("/")
    if subpath and urlsplit(base).path.endswith(subpath):
        base = base.removesuffix(subpath)
    return f"{base}{reverse('sign-in-by-link')}{get_query_string(person)}"


def person_of(token: str) -> User | None:
    """The person a link signs in; None if it is invalid, expired or used.

    This does not use `django.contrib.auth.authenticate`, which counts failures against a name. A link holds 80 random
    bits and no name, so counting would only lock people out.
    """
    found: User | None = ModelBackend().authenticate(None, sesame=token)
    return found


def use_up(person: User) -> bool:
    """Mark this person's link, as read by `person_of`, as used. Returns False if another request was first."""
    unspent = get_user_model().objects.filter(pk=person.pk, last_login=person.last_login)
    return bool(unspent.update(last_login=timezone.now()))
