"""Signing in without losing a form: it comes back filled in. Also the session state that open pages ask for before they
send a form again."""

from typing import Any

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive.web import kept_forms
from archive.web.people import person_key


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """The sign-in page. A form submitted while signed out travels along in a field and is shown again."""

    template_name = "sign_in.html"
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """If the person has signed in meanwhile, in another tab, show their form at once."""
        given_back = self._given_back() if request.method == "POST" and request.user.is_authenticated else None
        return given_back or super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """After signing in, show the kept form, if any."""
        response = super().form_valid(form)
        return self._given_back() or response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """After a wrong password, the form is still there."""
        return super().get_context_data(kept=self.request.POST.get("kept", ""), **kwargs)

    def _given_back(self) -> HttpResponse | None:
        return kept_forms.given_back(self.request, self.request.POST.get("kept", ""))


@require_POST
@login_not_required
@never_cache
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Sign out, and in as the person who opened the attached form."""
    auth.logout(request)
    return kept_forms.way_in(request, request.POST.get("kept", ""))


@require_safe
@login_not_required
@never_cache
def session_state(request: HttpRequest) -> JsonResponse:
    """Who is signed in now, and the CSRF token that their forms need."""
    person = request.user
    name = person.get_username() if person.is_authenticated else ""
    state = {"person": person_key(person), "name": name, "token": get_token(request), "sign_in": reverse("sign-in")}
    return JsonResponse(state)
