"""Signing in and out: passwords, single-use links, and emails for forgotten passwords."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from archive.accounts import devices, lockout, sign_in_links
from archive.accounts.forms import NewPasswordForm, ResetForm
from archive.web.signing_in_again import SignIn

sign_in = SignIn.as_view()
sign_out = views.LogoutView.as_view()


@never_cache
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest) -> HttpResponse:
    """A link from `manage.py sign_in_link`. Opening it shows a button; only the button uses up the link.

    So neither a messenger's preview nor a prefetching browser spends it, and nobody is signed in as someone else
    without noticing.
    """
    token = request.GET.get("sesame", "")
    person = sign_in_links.person_of(token)
    if person is not None and request.method == "GET":
        return render(request, "sign_in_by_link.html", {"person": person})
    if person is None or not sign_in_links.use_up(person):
        return render(request, "sign_in_by_link.html", status=403)
    auth.login(request, person, sign_in_links.BACKEND)
    devices.forget_expired()
    return redirect("library")


class ForgottenPassword(views.PasswordResetView):
    """Asks for an email address if the archive can send email; otherwise explains what to do."""

    template_name = "forgotten_password.html"
    email_template_name = "mail/new_password.txt"
    subject_template_name = "mail/new_password_subject.txt"
    form_class = ResetForm
    success_url = reverse_lazy("forgotten-password-sent")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send nothing if the archive cannot send email."""
        if not settings.CAN_SEND_MAIL:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)


class NewPassword(views.PasswordResetConfirmView):
    """The page that the emailed link leads to. Choosing a new password signs the person out everywhere and lets them
    sign in."""

    template_name = "new_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: SetPasswordForm[User]) -> HttpResponse:
        """Access to the mailbox is proof enough: other people's earlier guesses no longer count."""
        response = super().form_valid(form)
        devices.end_others(form.user, None)
        lockout.forget(form.user.get_username())
        messages.success(self.request, "Password changed. Sign in with it now.")
        return response


forgotten_password = never_cache(ForgottenPassword.as_view())
forgotten_password_sent = views.PasswordResetDoneView.as_view(template_name="forgotten_password_sent.html")
new_password = NewPassword.as_view()
