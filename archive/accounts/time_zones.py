"""The reader's time zone: the one chosen on the account page, else the browser's, else the server's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from archive.accounts.models import Profile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

COOKIE = "time-zone"  # set by static/js/time_zone.js
REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,32}){0,2}")

Choices = list[tuple[str, list[tuple[str, str]]]]


def time_zone(name: str) -> ZoneInfo | None:
    """The time zone with this name; None if there is none."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a time zone file, or a folder of time zones
        return None


def choices() -> Choices:
    """The time zones to choose from, as (region, [(name, place)]), without names that only old systems use."""
    names = sorted(available_timezones())
    regions = {region: [name for name in names if name.startswith(f"{region}/")] for region in REGIONS}
    found = [(region, [(name, _place(name)) for name in names]) for region, names in regions.items()]
    return [*found, ("Other", [("UTC", "UTC")])]


def _place(name: str) -> str:
    """The place in a name: `America/Argentina/Buenos_Aires` becomes `Argentina, Buenos Aires`."""
    return name.partition("/")[2].replace("/", ", ").replace("_", " ")


def of_person(person: User | AnonymousUser) -> ZoneInfo | None:
    """The time zone this person chose, if any."""
    if not person.is_authenticated:
        return None
    name = Profile.objects.filter(person=person.pk).values_list("time_zone", flat=True).first()
    return time_zone(name) if name else None


def choose(person: User, name: str) -> None:
    """Save this person's choice; an empty name means the browser's."""
    Profile.objects.update_or_create(person=person, defaults={"time_zone": name})


def in_readers_time_zone(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Activate the reader's time zone for templates and `timezone.localdate()`, for this request and thread only."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        zone = of_person(request.user) or time_zone(request.COOKIES.get(COOKIE, ""))
        with timezone.override(zone):
            return get_response(request)

    return middleware
