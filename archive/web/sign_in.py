"""Signing in by password or by a link, and signing out."""

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from sesame.utils import get_user

sign_in = LoginView.as_view(template_name="sign_in.html", redirect_authenticated_user=True)
sign_out = LogoutView.as_view()


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest) -> HttpResponse:
    """A link of `manage.py sign_in_link`. Opening it shows a button; only the button uses the link up.

    So neither a messenger's preview nor a browser that loads pages ahead spends it, and nobody is signed in as somebody
    else unawares.
    """
    person = get_user(request, update_last_login=False)
    if person is None:
        return render(request, "sign_in_by_link.html", status=403)
    if request.method == "GET":
        return render(request, "sign_in_by_link.html", {"person": person})
    auth.login(request, person)  # which notes the time, and with it the link has been used
    return redirect("library")
