"""Guessing passwords is slowed down, by django-axes; sign-in links cannot be guessed and are never counted."""

import logging
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest

from archive.accounts.clients import is_proxy_unknown, network_of

LONGEST_NAME = 150  # characters of an account's name
logger = logging.getLogger(__name__)


def counted_address(request: HttpRequest) -> str | None:
    """What django-axes counts by."""
    return network_of(request)


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes has no types
    """Counts wrong passwords by name and address, and by address alone, at a higher limit.

    Never by name alone: whoever knows a name could keep its owner out. Nothing else of a request is kept: in its
    address, or in where it leads to, there may be a sign-in link.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether passwords for this name are refused from this address for now."""
        address, name = request.axes_ip_address, _name(credentials)  # type: ignore[attr-defined]  # by django-axes
        recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=get_cool_off_threshold(request))
        return (
            _failures(recent) >= settings.MOST_FAILURES_BY_ADDRESS
            or _failures(recent.filter(username=name)) >= settings.AXES_FAILURE_LIMIT
        )

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count it. While the name is locked it is not counted, so that waiting helps."""
        name = _name(credentials)
        if request is None or not name or "password" not in credentials:
            return
        if self.is_locked(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]  # django-axes answers with its page then
            request.axes_credentials = credentials  # type: ignore[attr-defined]
            return
        address = request.axes_ip_address  # type: ignore[attr-defined]
        self.clean_expired_user_attempts(request, credentials)
        with transaction.atomic():
            given = {"failures_since_start": 0, "attempt_time": request.axes_attempt_time}  # type: ignore[attr-defined]
            attempt, _ = AccessAttempt.objects.get_or_create(
                username=name, ip_address=address, user_agent="", defaults=given
            )
            AccessAttempt.objects.filter(pk=attempt.pk).update(
                failures_since_start=F("failures_since_start") + 1,
                attempt_time=request.axes_attempt_time,  # type: ignore[attr-defined]
            )
        # The name is left out: people type their password there.
        unknown = "; ARCHIVE_TRUSTED_PROXIES does not name it, so its X-Forwarded-For was ignored"
        logger.warning("A password was wrong, from %s%s", address, unknown if is_proxy_unknown(request) else "")


def forget(name: str) -> None:
    """Whoever has this name has shown who they are; what was guessed before counts no more."""
    AccessAttempt.objects.filter(username=name).delete()


def _name(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username") or "").replace("\0", "")[:LONGEST_NAME]


def _failures(attempts: Any) -> int:
    return attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
