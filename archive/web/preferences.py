"""A reader's display preferences, kept in cookies, so that the server sends the right page and nothing flashes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive.web.parameters import way_back

YEAR = 365 * 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Preference:
    """A preference: its cookie, its label, its values with their labels, and its default."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]
    default: str
    note: str = ""

    def choice(self, value: str | None) -> str:
        """The value, if it is valid; else the default."""
        return next((known for known, _ in self.values if known == value), self.default)


LOOK = (
    Preference("theme", "Colours", (("auto", "Match system"), ("light", "Light"), ("dark", "Dark")), "auto"),
    Preference(
        "size", "Text", (("small", "Small"), ("medium", "Medium"), ("large", "Large"), ("largest", "Largest")), "medium"
    ),
    Preference("width", "Line", (("narrow", "Narrow"), ("medium", "Medium"), ("wide", "Wide")), "medium"),
    Preference("face", "Font", (("serif", "Serif"), ("sans", "Sans")), "serif"),
    Preference("density", "Lists", (("comfortable", "Comfortable"), ("compact", "Compact")), "comfortable"),
)
BEHAVIOUR = (
    Preference(
        "images",
        "Images on other sites",
        (("ask", "Ask me"), ("always", "Always load")),
        "ask",
        "Those sites can see that you load them.",
    ),
    Preference(
        "keys",
        "Keyboard shortcuts",
        (("on", "On"), ("off", "Off")),
        "on",
        "Press / to search and ? to see the others.",
    ),
    Preference(
        "marks",
        "Highlights in a screen reader",
        (("on", "Announce where they begin and end"), ("off", "Don’t announce them")),
        "on",
    ),
)


class Preferences:
    """The preferences in a request's cookies. Invalid values are ignored."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self.chosen = {each.name: each.choice(cookies.get(each.name)) for each in (*LOOK, *BEHAVIOUR)}

    def __getitem__(self, name: str) -> str:
        return self.chosen[name]

    @property
    def look(self) -> Iterator[tuple[Preference, str]]:
        """The preferences for a page's appearance, each with its current value."""
        return ((each, self.chosen[each.name]) for each in LOOK)

    @property
    def behaviour(self) -> Iterator[tuple[Preference, str]]:
        return ((each, self.chosen[each.name]) for each in BEHAVIOUR)


@login_not_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The page with all preferences. Submitting some redirects back to where they were sent from; the rest stay the
    same."""
    if request.method == "GET":
        return render(request, "preferences.html", {"next": _next(request.GET)})
    response = redirect(_next(request.POST))
    for each in (*LOOK, *BEHAVIOUR):
        if each.name in request.POST:
            value = each.choice(request.POST[each.name])
            path, secure = settings.SESSION_COOKIE_PATH, request.is_secure()
            response.set_cookie(each.name, value, YEAR, path=path, samesite="Lax", httponly=True, secure=secure)
    return response


def _next(data: QueryDict) -> str:
    return way_back(data.get("next", "")) or reverse("library")
