"""Forms for a person's own account."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from archive.accounts import time_zones
from archive.accounts.models import LONGEST_TOKEN_NAME, ResetMail, Scope

CURRENT = {"autocomplete": "current-password"}


def _current_password() -> forms.CharField:
    return forms.CharField(label="Current password", strip=False, widget=forms.PasswordInput(attrs=CURRENT))


def _as_stored(request: HttpRequest) -> User:
    """The person as stored: invalid form data must not appear as the name in the page header."""
    assert request.user.is_authenticated
    return get_user_model().objects.get(pk=request.user.pk)


class _OwnForm:
    """Asks for the current password, if there is one: an unattended browser must not be enough to take over an
    account."""

    request: HttpRequest

    def clean_current_password(self) -> str:
        """Check it as when signing in, so that guessing is rate-limited too."""
        person, given = self.request.user, self.cleaned_data["current_password"]  # type: ignore[attr-defined]
        if authenticate(self.request, username=person.get_username(), password=given) is None:
            raise ValidationError("This is not your current password.")
        return str(given)


class DetailsForm(_OwnForm, forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none when it runs
    """Name and email address."""

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
        self.fields["email"].help_text = "Used only to send you a new password if you forget yours."
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_username(self) -> str:
        """Refuse a name that differs from an existing one only in case."""
        name: str = self.cleaned_data["username"]
        others = get_user_model().objects.exclude(pk=self.instance.pk)
        if others.filter(username__iexact=name).exists():
            raise ValidationError("This name is already taken.")
        return name


class TimeZoneForm(forms.Form):
    """The time zone in which times are shown."""

    time_zone = forms.ChoiceField(label="Time zone", required=False, choices=time_zones.choices)

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        self.person = _as_stored(request)
        chosen = time_zones.of_person(self.person)
        super().__init__(data, auto_id="time-zone-%s", initial={"time_zone": chosen.key if chosen else ""})
        browser = time_zones.time_zone(request.COOKIES.get(time_zones.COOKIE, ""))
        field = self.fields["time_zone"]
        matching = f"Match browser ({browser.key.replace('_', ' ')})" if browser else "Match browser"
        field.choices = [("", matching), *field.choices]  # type: ignore[attr-defined]

    def save(self) -> None:
        time_zones.choose(self.person, self.cleaned_data["time_zone"])


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password, entered twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = "At least 12 characters, and not a common password."
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""


class PasswordForm(_OwnForm, NewPasswordForm):
    """The same, for someone who is signed in."""

    current_password = _current_password()
    field_order = ("current_password", "new_password1", "new_password2")

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        self.request = request
        super().__init__(_as_stored(request), data, auto_id="password-%s")
        if not self.user.has_usable_password():
            del self.fields["current_password"]


class TokenForm(forms.Form):
    """A new API token. Only staff can save articles, so only they are offered that scope."""

    name = forms.CharField(max_length=LONGEST_TOKEN_NAME, help_text="Where you will use it, for example “E-reader”.")
    scopes = forms.MultipleChoiceField(
        label="It may", choices=Scope.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that the token allows."},
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label="Expires", coerce=int, required=False,
        choices=[("", "Never"), (30, "In 30 days"), (90, "In 90 days"), (365, "In a year")],
    )  # fmt: skip

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data, auto_id="token-%s", initial={"scopes": [Scope.READ]})
        if not person.is_staff:
            choices = [choice for choice in Scope.choices if choice[0] != Scope.SAVE]
            self.fields["scopes"].choices = choices  # type: ignore[attr-defined]

    def lasts(self) -> timedelta | None:
        """How long the token is valid; None means forever."""
        days: int | str = self.cleaned_data["days"]
        return timedelta(days=int(days)) if days else None


class ResetForm(PasswordResetForm):
    """Sends a password reset link. It does not reveal whether an account has this address."""

    def get_users(self, email: str) -> Iterator[User]:
        """The accounts with this address that were not just sent an email, including those without a password."""
        for person in get_user_model().objects.filter(email__iexact=email, is_active=True):
            # The database may treat letters as equal that a mail server tells apart.
            if _folded(person.email) == _folded(email) and ResetMail.objects.claim(person):
                yield person


def _folded(address: str) -> str:
    return unicodedata.normalize("NFKC", address).casefold()
