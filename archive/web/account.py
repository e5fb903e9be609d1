"""The account page: name, password, time zone, sessions, sign-in links and tokens."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.accounts import devices, tokens
from archive.accounts.forms import DetailsForm, PasswordForm, TimeZoneForm, TokenForm
from archive.accounts.models import Token
from archive.accounts.refusing import Refused
from archive.accounts.sign_in_links import link_for
from archive.web.form_keys import sending_key
from archive.web.people import reader


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The account page."""
    return _page(request)


@require_http_methods(["GET", "POST"])
@login_required
def change_details(request: HttpRequest) -> HttpResponse:
    """Change the user name or email address."""
    return _change(request, "details", DetailsForm)


@require_http_methods(["GET", "POST"])
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password, or set the first one. This ends every other session."""
    if request.method == "GET":
        return redirect("account")
    form = PasswordForm(request, request.POST)
    if not form.is_valid():
        return _page(request, password=form)
    person = form.save()
    update_session_auth_hash(request, person)
    ended = devices.end_others(person, request.session.session_key)
    messages.success(request, "Password changed. You are signed out everywhere else." if ended else "Password changed.")
    return redirect("account")


@require_http_methods(["GET", "POST"])
@login_required
def change_time_zone(request: HttpRequest) -> HttpResponse:
    """Override the browser's time zone wherever this person is signed in."""
    return _change(request, "time_zone", TimeZoneForm)


@require_POST
@login_required
def end_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End one of one's own sessions."""
    if devices.end(reader(request), uuid):
        messages.success(request, "That session has been signed out.")
    else:
        messages.info(request, "That session had already ended.")
    return redirect("account")


@require_http_methods(["GET", "POST"])
@login_required
def make_link(request: HttpRequest) -> HttpResponse:
    """Create a link that signs the same person in elsewhere. It is shown once and not stored."""
    if request.method == "GET":
        return redirect("account")
    return _page(request, link=link_for(reader(request), f"{request.scheme}://{request.get_host()}"))


@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
@login_required
def make_token(request: HttpRequest) -> HttpResponse:
    """Create a token for a program. It is shown once; submitting the form twice creates one token and shows it
    again."""
    if request.method == "GET":
        return redirect("account")
    person = reader(request)
    form = TokenForm(person, request.POST)
    if not form.is_valid():
        return _page(request, new_token=form)
    try:
        name, scopes = form.cleaned_data["name"], form.cleaned_data["scopes"]
        token = tokens.make(person, name, scopes, lasts=form.lasts(), sending_key=sending_key(request))
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, new_token=form)
    return _page(request, token=token)


@require_POST
@login_required
def revoke_token(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Revoke one of one's own tokens."""
    revoked = tokens.revoke(reader(request), uuid)
    if revoked is not None:
        messages.success(request, f"“{revoked.name}” was revoked.")
    else:
        messages.info(request, "That token had already been revoked.")
    return redirect("account")


def _change(request: HttpRequest, name: str, form_class: type[DetailsForm | TimeZoneForm]) -> HttpResponse:
    """Save one of the page's forms. A GET, as after signing in again, shows the page."""
    if request.method == "GET":
        return redirect("account")
    form = form_class(request, request.POST)
    if not form.is_valid():
        wrong: dict[str, Any] = {name: form}
        return _page(request, **wrong)
    form.save()
    messages.success(request, "Saved.")
    return redirect("account")


def _page(request: HttpRequest, *, link: str = "", token: str = "", **forms: BaseForm) -> HttpResponse:
    """The page, with status 400 if it shows a form with errors."""
    context: dict[str, Any] = {
        "devices": devices.of(reader(request)),
        "this_session": request.session.session_key,
        "details": DetailsForm(request),
        "password": PasswordForm(request),
        "time_zone": TimeZoneForm(request),
        "link": link,
        "tokens": Token.objects.of(reader(request)),
        "new_token": TokenForm(reader(request)),
        "token": token,
        **forms,
    }
    is_wrong = any(form.errors for form in forms.values())
    context["wrong"] = [error for form in forms.values() for errors in form.errors.values() for error in errors]
    return render(request, "account.html", context, status=400 if is_wrong else 200)
