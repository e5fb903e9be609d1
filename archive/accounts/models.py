"""What Django's own accounts and sessions do not tell."""

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
    """Each person sees their own."""

    def of(self, person: User) -> DeviceQuerySet:
        """Where this person is signed in, the latest first."""
        under_way = self.filter(owner=person, session__expire_date__gt=timezone.now())
        return under_way.select_related("session").order_by("-used_at", "uuid")


class Device(models.Model):
    """A browser in which somebody is signed in. It goes with its session."""

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
    """What a token allows. Its owner's own rights limit it further."""

    READ = "read", "Read articles, and your highlights and notes"
    ANNOTATE = "annotate", "Create and change highlights and notes"
    SAVE = "save", "Save articles"


class TokenQuerySet(models.QuerySet["Token"]):
    """Each person sees their own."""

    def of(self, person: User) -> TokenQuerySet:
        """This person's tokens, the newest first. Revoked ones are of no more use to anybody."""
        return self.filter(owner=person, revoked_at=None).order_by("-created_at", "-pk")


class Token(models.Model):
    """A password for one program of one person, of which only the SHA-256 is kept."""

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
        """What it allows, in words."""
        return [str(scope.label) for scope in Scope if scope in self.scopes]


class Profile(models.Model):
    """What somebody has chosen for themselves, on whatever device they read."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    time_zone = models.CharField(max_length=100, blank=True, help_text="IANA name; empty for the browser's")

    def __str__(self) -> str:
        return str(self.person)


class ResetMailManager(models.Manager["ResetMail"]):
    """Asks before a mail is sent."""

    def claim(self, person: User) -> bool:
        """Whether this person may be sent a mail now; of several requests at once, one may."""
        now = timezone.now()
        last = now - timedelta(minutes=settings.MINUTES_BETWEEN_RESET_MAILS)
        _, is_first = self.get_or_create(person=person, defaults={"sent_at": now})
        return is_first or bool(self.filter(person=person, sent_at__lte=last).update(sent_at=now))


class ResetMail(models.Model):
    """When somebody was last sent a mail to choose a new password, so that nobody fills a mailbox."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    sent_at = models.DateTimeField()

    objects = ResetMailManager()

    def __str__(self) -> str:
        return f"{self.person}, {self.sent_at:%Y-%m-%d %H:%M}"
