"""API tokens: created, shown once, looked up by SHA-256, and revoked. See `token_requests` for their use."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.accounts.models import LONGEST_TOKEN_NAME, Scope, Token
from archive.accounts.refusing import Refused

PREFIX = "cp_"
RANDOM_BYTES = 32
USE_NOTED_EVERY = timedelta(minutes=1)  # limits the writes that requests cost


class UnknownToken(Refused):
    """The token was never issued here. Unlike a revoked one, it may be a guess."""


def make(
    owner: User, name: str, scopes: Collection[str], *, lasts: timedelta | None = None, sending_key: UUID | None = None
) -> str:
    """Create a token and return it. It cannot be shown again. It never expires if `lasts` is None.

    Sending the same form twice (`sending_key`) creates one token and returns it both times. Raises Refused.
    """
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > LONGEST_TOKEN_NAME:
        raise Refused(f"Give the token a name of at most {LONGEST_TOKEN_NAME} characters.")
    if unknown := sorted(set(scopes) - set(Scope.values)):
        raise Refused(f"There is no scope “{unknown[0]}”. Use {', '.join(Scope.values)}.")
    if not scopes:
        raise Refused("Choose at least one thing that the token allows.")
    token = f"{PREFIX}{_secret(owner, sending_key)}"
    now = timezone.now()
    made, _ = Token.objects.get_or_create(
        digest=_digest(token),
        defaults={
            "owner": owner,
            "name": name,
            "scopes": [scope for scope in Scope.values if scope in scopes],
            "created_at": now,
            "expires_at": now + lasts if lasts is not None else None,
        },
    )
    if made.revoked_at is not None:
        raise Refused("This token was revoked. Create a new one.")
    return token


def _secret(owner: User, sending_key: UUID | None) -> str:
    """A random secret, or, for a form, one derived from the form's key with this archive's secret. It is not stored."""
    if sending_key is None:
        return secrets.token_urlsafe(RANDOM_BYTES)
    return salted_hmac("archive.accounts.tokens", f"{owner.pk} {sending_key}", algorithm="sha256").hexdigest()


def find(token: str) -> Token:
    """The token with this text. Raises UnknownToken, or Refused if it is no longer valid."""
    found = Token.objects.select_related("owner").filter(digest=_digest(token)).first()
    if found is None:
        raise UnknownToken("This token does not exist.")
    if found.revoked_at is not None:
        raise Refused("This token was revoked.")
    if found.has_expired:
        raise Refused("This token has expired.")
    if not found.owner.is_active:
        raise Refused("The account of this token is not active.")
    return found


def note_use(token: Token) -> None:
    """Record that a token was used, at most once a minute."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at >= USE_NOTED_EVERY:
        is_due = Q(used_at=None) | Q(used_at__lte=now - USE_NOTED_EVERY)
        Token.objects.filter(is_due, pk=token.pk).update(used_at=now)


def revoke(owner: User, uuid: UUID) -> Token | None:
    """Revoke one of this person's tokens for good. Returns None if there is nothing to revoke."""
    found = Token.objects.of(owner).filter(uuid=uuid).first()
    if found is None or not Token.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return None
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
