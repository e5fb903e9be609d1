"""What people change about their own account."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from archive.accounts.models import ResetMail

CURRENT = {"autocomplete": "current-password"}


def _current_password() -> forms.CharField:
    return forms.CharField(label="Current password", strip=False, widget=forms.PasswordInput(attrs=CURRENT))


def _as_stored(request: HttpRequest) -> User:
    """The person once more: what is wrong in a form must not become the name in the page's header."""
    assert request.user.is_authenticated
    return get_user_model().objects.get(pk=request.user.pk)


class _OwnForm:
    """Asks for the current password, if there is one: an open browser is not enough to take an account over."""

    request: HttpRequest

    def clean_current_password(self) -> str:
        """Checked as on signing in, so that guessing is limited in the same way."""
        person, given = self.request.user, self.cleaned_data["current_password"]  # type: ignore[attr-defined]
        if authenticate(self.request, username=person.get_username(), password=given) is None:
            raise ValidationError("This is not your current password.")
        return str(given)


class DetailsForm(_OwnForm, forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none when it runs
    """Name and mail address."""

    current_password = _current_password()

    class Meta:
        model = get_user_model()
        fields = ("username", "email")

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        self.request = request
        super().__init__(data, instance=_as_stored(request), auto_id="details-%s")
        if not self.instance.has_usable_password():
            del self.fields["current_password"]
        self.fields["username"].label, self.fields["username"].help_text = "Name", ""
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["email"].help_text = "Only for a new password, should you forget yours."
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_username(self) -> str:
        """Nobody takes a name that differs from another's in case alone."""
        name: str = self.cleaned_data["username"]
        others = get_user_model().objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=name).exists():
            raise ValidationError("Somebody else has this name.")
        return name


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = "At least 12 characters, and not a common password."
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""


class PasswordForm(_OwnForm, NewPasswordForm):
    """The same for somebody who is signed in."""

    current_password = _current_password()
    field_order = ("current_password", "new_password1", "new_password2")

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        self.request = request
        super().__init__(_as_stored(request), data, auto_id="password-%s")
        if not self.user.has_usable_password():
            del self.fields["current_password"]


class ResetForm(PasswordResetForm):
    """Sends a link to choose a new password. It says nothing of whether an account has this address."""

    def get_users(self, email: str) -> Iterator[User]:
        """Those with this address who were not just sent one; also those who had no password so far."""
        for person in get_user_model().objects.filter(email__iexact=email, is_active=True):
            # A database may take letters for the same that a mail server tells apart.
            if _folded(person.email) == _folded(email) and ResetMail.objects.claim(person):
                yield person


def _folded(address: str) -> str:
    return unicodedata.normalize("NFKC", address).casefold()
