"""Where people are signed in: noted as they go, shown to themselves, and ended."""

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

NOTED = "device"  # in the session: its key, which changes with the password, and when it was noted last, in seconds
NOTED_EVERY = timedelta(minutes=10)  # each time costs three writes


def note(request: HttpRequest, person: User) -> None:
    """Note which browser uses this session, and from where, now and then."""
    now, key = timezone.now(), request.session.session_key
    noted_key, at = request.session.get(NOTED, (None, 0))
    if key is None or (key == noted_key and now.timestamp() - at < NOTED_EVERY.total_seconds()):
        return
    user_agent = request.headers.get("User-Agent", "").replace("\0", "")[:LONGEST_USER_AGENT]
    used = {"owner": person, "user_agent": user_agent, "address": address_of(request), "used_at": now}
    try:
        with transaction.atomic():
            Device.objects.update_or_create(session_id=key, defaults=used)
    except IntegrityError:  # the session was ended meanwhile
        return
    request.session[NOTED] = (key, now.timestamp())


def note_sign_in(request: HttpRequest, user: User, **_: object) -> None:
    """For Django's signal: people sign in by several ways, the administration's own form among them."""
    note(request, user)


def of(person: User) -> list[Device]:
    """Where this person is signed in. A session from before the password was changed is none any more."""
    valid = person.get_session_auth_hash()
    return [each for each in Device.objects.of(person) if each.session.get_decoded().get(HASH_SESSION_KEY) == valid]


def end(person: User, uuid: UUID) -> bool:
    """Sign one of this person's browsers out; False where there is no such one."""
    deleted, _ = Session.objects.filter(device__owner=person, device__uuid=uuid).delete()
    return bool(deleted)


def end_others(person: User, session_key: str | None) -> int:
    """Sign this person out everywhere but in one session; in how many browsers that was."""
    others = Session.objects.filter(device__owner=person).exclude(session_key=session_key)
    count = others.count()
    others.delete()
    return count


def forget_expired() -> None:
    """Delete sessions that have run out. Django leaves them."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
