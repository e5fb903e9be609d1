"""Submitted forms that could not be accepted, because their sender was signed out, the form was too old or was opened
by someone else, are kept.

The form travels in a signed field through the sign-in page, and is shown again filled in. Nothing is stored on the
server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from archive.articles import details
from archive.web.answers import wants_fragment
from archive.web.form_keys import is_anothers
from archive.web.people import person_key

SALT = "archive.web.kept_forms"
LABELS = details.LABELS | {"note": "Note", "exact": "Passage", "name": "Name"}
LONG = ("note", "exact", "authors", "description")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NOT_KEPT = ("csrfmiddlewaretoken", "kept")
SIGNED_OUT = "You are signed out, so this was not saved. Sign in, and it comes back as you filled it in."
EXPIRED = "This form has expired, so this was not saved."
EXPIRED_PAGE = "This form has expired, so nothing was saved yet. Here it is as you typed it."
WAS_OUT = "You were signed out before this was saved. Here it is as you typed it."
ANOTHERS = "You are now signed in as {}, and this form was opened by someone else. It was not saved."


class KeptFormMiddleware:
    """Answers a form submitted while signed out with the sign-in page, which carries the form along, instead of losing
    it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_open = request.path == reverse("preferences")  # visitors can use these too, and return to where they were
        if request.method == "POST" and not request.user.is_authenticated and _leads_to_sign_in(response):
            return response if is_open else signed_out(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Never accept one person's form as another's who has since signed in with the same browser."""
        is_of_person = request.method == "POST" and not hasattr(view, "takes_token")  # its view reads the body
        if not is_of_person or not _is_plain(request) or not request.user.is_authenticated:
            return None
        return anothers(request) if is_anothers(request) else None


def signed_out(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The sign-in page, from which the form is shown again as it was filled in."""
    if wants_fragment(request):
        return HttpResponse(SIGNED_OUT, status=401, content_type="text/plain; charset=utf-8")
    kept = keep(request)
    return way_in(request, kept) if kept else response


def form_expired(request: HttpRequest) -> HttpResponse | None:
    """The form again if its CSRF token is not this session's. None if the form was not sent by one of our pages."""
    if wants_fragment(request):
        return HttpResponse(EXPIRED, status=403, content_type="text/plain; charset=utf-8")
    # Another site's form must not become one of ours with a click.
    kept = (request.POST.get("kept") or keep(request)) if _is_from_here(request) else ""
    if kept and not request.user.is_authenticated:
        return way_in(request, kept)
    return given_back(request, kept, EXPIRED_PAGE, 403)


def anothers(request: HttpRequest) -> HttpResponse:
    """Nothing another person typed is shown; they can sign in to see it."""
    if wants_fragment(request):
        said = ANOTHERS.format(request.user.get_username())
        return HttpResponse(said, status=403, content_type="text/plain; charset=utf-8")
    page = given_back(request, keep(request))
    return page or HttpResponse(ANOTHERS.format(request.user.get_username()), status=409, content_type="text/plain")


def given_back(request: HttpRequest, kept: str, said: str = WAS_OUT, status: int = 200) -> HttpResponse | None:
    """The kept form, filled in, for the person now signed in. None if there is none."""
    try:
        form = signing.loads(kept, salt=SALT)
    except signing.BadSignature:
        return None
    opened_by = dict(form["fields"]).get("opened_by", "")
    if opened_by and opened_by != person_key(request.user):
        said = ANOTHERS.format(request.user.get_username())
        return render(request, "kept_form.html", {"said": said, "kept": kept, "is_anothers": True}, status=409)
    return render(request, "kept_form.html", {"said": said, **_as_form(form)}, status=status)


def keep(request: HttpRequest) -> str:
    """A form's address and fields, signed. Empty for files, passwords, and the sign-in form itself."""
    if not _is_plain(request) or request.path.startswith((reverse("sign-in"), reverse("sign-out"), "/admin/")):
        return ""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    if not fields or any("password" in name for name, _ in fields):
        return ""
    return signing.dumps({"action": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)


def _as_form(form: dict[str, Any]) -> dict[str, Any]:
    """How the page shows a kept form: fields to type in, and the rest hidden."""
    typed = [
        {"name": name, "label": LABELS[name], "value": value, "is_long": name in LONG}
        for name, value in form["fields"]
        if name in LABELS
    ]
    hidden = [(name, value) for name, value in form["fields"] if name not in LABELS]
    return {"action": form["action"], "typed": typed, "hidden": hidden}


def way_in(request: HttpRequest, kept: str) -> HttpResponse:
    """The sign-in page, with a kept form in a hidden field."""
    context = {"form": AuthenticationForm(request), "kept": kept, "said": SIGNED_OUT, "next": ""}
    return render(request, "sign_in.html", context, status=401)


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response.headers.get("Location", "").startswith(
        resolve_url(settings.LOGIN_URL)
    )


def _is_plain(request: HttpRequest) -> bool:
    """Whether a form contains only text. An upload is left unread, since its view checks its size first."""
    return request.path != reverse("upload") and request.content_type in FORMS and not request.FILES


def _is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(origin) and url_has_allowed_host_and_scheme(f"{origin}/", {request.get_host()})
