"""The browsers in which people are signed in."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from archive.accounts.clients import LONGEST_USER_AGENT, address_of
from archive.accounts.models import Device

NOTED = "device"  # session value: [session key (it changes with the password), time of the last update in seconds]
NOTED_EVERY = timedelta(minutes=10)  # seconds; each update costs three writes


def note(request: HttpRequest, person: User) -> None:
    """Record the browser and address of this session, at most every `NOTED_EVERY` seconds."""
    now, key = timezone.now(), request.session.session_key
    noted_key, at = request.session.get(NOTED, (None, 0))
    if key is None or (key == noted_key and now.timestamp() - at < NOTED_EVERY.total_seconds()):
        return
    user_agent = request.headers.get("User-Agent", "").replace("\0", "")[:LONGEST_USER_AGENT]
    used = {"owner": person, "user_agent": user_agent, "address": address_of(request), "used_at": now}
    try:
        with transaction.atomic():
            Device.objects.update_or_create(session_id=key, defaults=used)
    except IntegrityError:  # the session was ended in the meantime
        return
    request.session[NOTED] = (key, now.timestamp())


def note_sign_in(request: HttpRequest, user: User, **_: object) -> None:
    """Handle Django's sign-in signal, since there are several ways to sign in, including the admin's form."""
    note(request, user)


def of(person: User) -> list[Device]:
    """Where this person is signed in. Sessions from before the last password change do not count."""
    valid = person.get_session_auth_hash()
    return [each for each in Device.objects.of(person) if each.session.get_decoded().get(HASH_SESSION_KEY) == valid]


def end(person: User, uuid: UUID) -> bool:
    """Sign this person out in one browser. Returns False if there is no such session."""
    deleted, _ = Session.objects.filter(device__owner=person, device__uuid=uuid).delete()
    return bool(deleted)


def end_others(person: User, session_key: str | None) -> int:
    """Sign this person out everywhere except in one session. Returns the number of sessions ended."""
    others = Session.objects.filter(device__owner=person).exclude(session_key=session_key)
    count = others.count()
    others.delete()
    return count


def forget_expired() -> None:
    """Delete expired sessions, which Django leaves in place."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
