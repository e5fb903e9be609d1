"""One's own account: name, password, where one is signed in, and a link to sign in elsewhere."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.accounts import devices
from archive.accounts.forms import DetailsForm, PasswordForm
from archive.accounts.sign_in_links import link_for
from archive.web.people import reader


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    return _page(request)


@require_http_methods(["GET", "POST"])
@login_required
def change_details(request: HttpRequest) -> HttpResponse:
    """Another name or mail address."""
    if request.method == "GET":  # after signing in again, say
        return redirect("account")
    form = DetailsForm(request, request.POST)
    if not form.is_valid():
        return _page(request, details=form)
    form.save()
    messages.success(request, "Saved.")
    return redirect("account")


@require_http_methods(["GET", "POST"])
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password, or the first one. It ends every other session."""
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


@require_POST
@login_required
def end_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Sign one of one's own browsers out."""
    if devices.end(reader(request), uuid):
        messages.success(request, "That session has been signed out.")
    else:
        messages.info(request, "That session had already ended.")
    return redirect("account")


@require_http_methods(["GET", "POST"])
@login_required
def make_link(request: HttpRequest) -> HttpResponse:
    """A link that signs the same person in elsewhere. It is shown once and kept nowhere."""
    if request.method == "GET":
        return redirect("account")
    return _page(request, link=link_for(reader(request), f"{request.scheme}://{request.get_host()}"))


def _page(request: HttpRequest, *, link: str = "", **forms: BaseForm) -> HttpResponse:
    """The page; with 400 if it shows a form again because of what was wrong in it."""
    context: dict[str, Any] = {
        "devices": devices.of(reader(request)),
        "this_session": request.session.session_key,
        "details": DetailsForm(request),
        "password": PasswordForm(request),
        "link": link,
        **forms,
    }
    is_wrong = any(form.errors for form in forms.values())
    context["wrong"] = [error for form in forms.values() for errors in form.errors.values() for error in errors]
    return render(request, "account.html", context, status=400 if is_wrong else 200)
