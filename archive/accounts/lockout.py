"""Rate limits for password guessing, by django-axes. Sign-in links cannot be guessed and are not counted.

Wrong API tokens are counted separately: a program with an old token must not lock out people at its address.
"""

import logging
from datetime import datetime
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from archive.accounts.clients import is_proxy_unknown, network_of

LONGEST_NAME = 150  # characters of an account name
TOKENS = "a token"  # the name under which wrong tokens are counted; account names cannot contain a space
logger = logging.getLogger(__name__)


def counted_address(request: HttpRequest) -> str | None:
    """The address that django-axes counts by."""
    return network_of(request)


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes has no types
    """Counts wrong passwords by name and address, and by address alone with a higher limit.

    Never by name alone: anyone who knows a name could lock its owner out. Nothing else of the request is stored: its
    URL or redirect target may contain a sign-in link.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether passwords for this name are currently refused from this address."""
        address, name = request.axes_ip_address, _name(credentials)  # type: ignore[attr-defined]  # by django-axes
        recent = _recent(address, get_cool_off_threshold(request)).exclude(username=TOKENS)
        return (
            _failures(recent) >= settings.MOST_FAILURES_BY_ADDRESS
            or _failures(recent.filter(username=name)) >= settings.AXES_FAILURE_LIMIT
        )

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count the failure, unless the name is already locked, so that waiting helps."""
        name = _name(credentials)
        if request is None or not name or "password" not in credentials:
            return
        if self.is_locked(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]  # django-axes answers with its page then
            request.axes_credentials = credentials  # type: ignore[attr-defined]
            return
        address = request.axes_ip_address  # type: ignore[attr-defined]
        self.clean_expired_user_attempts(request, credentials)
        _count(name, address, request.axes_attempt_time)  # type: ignore[attr-defined]
        # The name is not logged: people type their password there by mistake.
        _log("A password was wrong", address, request)


def count_wrong_token(request: HttpRequest) -> bool:
    """Count an unknown token. Returns False, without counting, if there were too many from this address recently.

    Nobody can guess the 256 random bits of a token, so a valid one is accepted even then.
    """
    address, now = network_of(request), timezone.now()
    recently = now - get_cool_off(request)
    wrong = AccessAttempt.objects.filter(username=TOKENS)
    if _failures(_recent(address, recently).filter(username=TOKENS)) >= settings.MOST_FAILURES_BY_ADDRESS:
        return False
    wrong.filter(attempt_time__lt=recently).delete()
    _count(TOKENS, address, now)
    _log("A token was wrong", address, request)
    return True


def forget(name: str) -> None:
    """Clear the failures for this name, after its owner has proved their identity."""
    AccessAttempt.objects.filter(username=name).delete()


def _recent(address: str | None, since: datetime) -> QuerySet[AccessAttempt]:
    attempts: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)
    return attempts


def _count(name: str, address: str | None, now: datetime) -> None:
    with transaction.atomic():
        attempt, _ = AccessAttempt.objects.get_or_create(
            username=name, ip_address=address, user_agent="", defaults={"failures_since_start": 0, "attempt_time": now}
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            failures_since_start=F("failures_since_start") + 1, attempt_time=now
        )


def _log(said: str, address: str | None, request: HttpRequest) -> None:
    unknown = "; ARCHIVE_TRUSTED_PROXIES does not name it, so its X-Forwarded-For was ignored"
    logger.warning("%s, from %s%s", said, address, unknown if is_proxy_unknown(request) else "")


def _name(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username") or "").replace("\0", "")[:LONGEST_NAME]


def _failures(attempts: Any) -> int:
    return attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
