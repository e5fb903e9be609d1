"""Requests from programs: they carry a token, act as its owner, and never use a session.

`TokenMiddleware` finds the token of a request; `takes_token` marks the views that accept one.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from archive.accounts import lockout, tokens
from archive.accounts.models import Scope, Token
from archive.accounts.refusing import Refused

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CHALLENGE = 'Bearer realm="Commonplace", Basic realm="Commonplace", charset="UTF-8"'
WAIT = 60 * 60  # seconds
View = Callable[..., HttpResponseBase]


class TokenMiddleware:
    """Authenticates requests by token and ignores their cookies.

    It refuses wrong tokens at every address, and any token at addresses that do not accept one. It must come right
    after Django's AuthenticationMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = credentials(request)
        request.token = None  # type: ignore[attr-defined]
        if given is None or not given.startswith(tokens.PREFIX):
            return self.get_response(request)
        request.session = type(request.session)()
        request.COOKIES = {}
        response = self._answer(request, given)
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Authorization"])
        return response

    def _answer(self, request: HttpRequest, given: str) -> HttpResponseBase:
        try:
            token = tokens.find(given)
        except tokens.UnknownToken as error:
            return _wrong(request, str(error))
        except Refused as error:
            return refused(401, str(error))
        tokens.note_use(token)
        request.token, request.user = token, token.owner  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse tokens on pages for people."""
        if token_of(request) is None or hasattr(view, "takes_token"):
            return None
        return refused(403, "This address does not accept tokens.")


def takes_token(*, read: Scope = Scope.READ, write: Scope | None = None) -> Callable[[View], View]:
    """Let programs use a view with a token of these scopes: `read` for GET and HEAD, `write` for other methods.

    `request.user` is then the token's owner. People who are signed in may use the view too, and so may visitors if
    reading is public, but only with GET: sessions cannot write here, so no other site can make a browser write.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = _refusal(request, read, write) or view(request, *args, **kwargs)
            patch_vary_headers(response, ["Authorization"])
            return response

        limited.takes_token = True  # type: ignore[attr-defined]
        return csrf_exempt(login_not_required(limited))

    return decorate


def _refusal(request: HttpRequest, read: Scope, write: Scope | None) -> HttpResponse | None:
    is_reading = request.method in SAFE_METHODS
    token = token_of(request)
    if token is not None:
        scope = read if is_reading else write
        if scope is None or scope in token.scopes:  # a view without `write` checks its methods itself
            return None
        return refused(403, f"This token does not allow that. It needs the scope “{scope}”.")
    if is_reading and (request.user.is_authenticated or (settings.PUBLIC_READING and credentials(request) is None)):
        return None
    if credentials(request) is not None:
        return _wrong(
            request,
            "This is not a token. Create one on the account page; with Basic, it is the password.",
        )
    return refused(401, "This address needs a token. Create one on the account page.")


def token_of(request: HttpRequest) -> Token | None:
    """The token that a request was made with."""
    token: Token | None = getattr(request, "token", None)
    return token


def credentials(request: HttpRequest) -> str | None:
    """What a request gives as a token: after Bearer or Token, or the password of Basic. None where it gives nothing."""
    scheme, _, given = request.headers.get("Authorization", "").strip().partition(" ")
    match scheme.lower():
        case "bearer" | "token":
            return given.strip()
        case "basic":
            return _password(given.strip())
    return None


def _password(given: str) -> str:
    try:
        decoded = base64.b64decode(given, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
    return decoded.partition(":")[2]


def _wrong(request: HttpRequest, why: str) -> HttpResponse:
    if lockout.count_wrong_token(request):
        return refused(401, why)
    response = refused(429, "Too many wrong tokens from this network address. Try again in an hour.")
    response["Retry-After"] = str(WAIT)
    return response


def refused(status: int, why: str) -> HttpResponse:
    """An answer to a program: what was wrong, in a sentence."""
    response = JsonResponse({"error": why}, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response
