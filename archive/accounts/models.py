"""Models for what Django's own accounts and sessions do not store."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from archive.accounts.clients import LONGEST_USER_AGENT, device_name

LONGEST_TOKEN_NAME = 100  # characters


class DeviceQuerySet(models.QuerySet["Device"]):
    """Filters tokens and devices by owner."""

    def of(self, person: User) -> DeviceQuerySet:
        """Where this person is signed in, most recently used first."""
        under_way = self.filter(owner=person, session__expire_date__gt=timezone.now())
        return under_way.select_related("session").order_by("-used_at", "uuid")


class Device(models.Model):
    """A browser in which someone is signed in. Deleted with its session."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user_agent = models.CharField(max_length=LONGEST_USER_AGENT, blank=True)
    address = models.GenericIPAddressField(null=True)
    signed_in_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    objects = DeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return device_name(self.user_agent)


class Scope(models.TextChoices):
    """What a token allows, within its owner's own permissions."""

    READ = "read", "Read articles, and your highlights and notes"
    ANNOTATE = "annotate", "Create and change highlights and notes"
    SAVE = "save", "Save articles"


class TokenQuerySet(models.QuerySet["Token"]):
    """Filters tokens by owner."""

    def of(self, person: User) -> TokenQuerySet:
        """This person's tokens, newest first, without revoked ones."""
        return self.filter(owner=person, revoked_at=None).order_by("-created_at", "-pk")


class Token(models.Model):
    """A password for one program of one person. Only its SHA-256 is stored."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=LONGEST_TOKEN_NAME)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True, help_text="exact to a minute")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def allowed(self) -> list[str]:
        """What it allows, as labels."""
        return [str(scope.label) for scope in Scope if scope in self.scopes]


class Profile(models.Model):
    """A person's settings, independent of the device."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    time_zone = models.CharField(max_length=100, blank=True, help_text="IANA name; empty for the browser's")

    def __str__(self) -> str:
        return str(self.person)


class ResetMailManager(models.Manager["ResetMail"]):
    """Limits how often reset emails are sent."""

    def claim(self, person: User) -> bool:
        """Whether this person may be sent an email now. If several requests ask at once, only one gets True."""
        now = timezone.now()
        last = now - timedelta(minutes=settings.MINUTES_BETWEEN_RESET_MAILS)
        _, is_first = self.get_or_create(person=person, defaults={"sent_at": now})
        return is_first or bool(self.filter(person=person, sent_at__lte=last).update(sent_at=now))


class ResetMail(models.Model):
    """When someone was last sent a password reset email, so that nobody can flood a mailbox."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    sent_at = models.DateTimeField()

    objects = ResetMailManager()

    def __str__(self) -> str:
        return f"{self.person}, {self.sent_at:%Y-%m-%d %H:%M}"
