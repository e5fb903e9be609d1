"""Forms that are refused because nothing shows that one of our pages sent them (CSRF)."""

import logging

from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.shortcuts import render

from archive.web.answers import wants_fragment
from archive.web.kept_forms import form_expired

logger = logging.getLogger(__name__)

ORIGIN = (
    "It came from {origin}, but this archive believes it is at {here}. If that is the same place, whoever runs the "
    "archive can name {origin} in ARCHIVE_TRUSTED_ORIGINS, or have the proxy pass on Host and X-Forwarded-Proto."
)
REFERER = "The browser did not say which page sent it. An extension or a setting may hide the Referer header."
COOKIE = "The browser sent no cookie with it. Allow cookies for this site, reload the page and send it again."
EXPIRED = "You may have signed in or out since the page was loaded. Go back, reload the page and send it again."


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The 403 page with the reason. Django has already logged its own short reason."""
    why = _explanation(request, reason)
    logger.warning("A form for %s was refused. %s", request.path, why)
    if why == EXPIRED and (again := form_expired(request)):
        return again
    if wants_fragment(request):
        return HttpResponse(why, status=403, content_type="text/plain; charset=utf-8")
    return render(
        request, "403_csrf.html", {"why": why, "is_expired": why in (COOKIE, EXPIRED), "reason": reason}, status=403
    )


def _explanation(request: HttpRequest, reason: str) -> str:
    origin = request.headers.get("Origin", "")
    if _is(reason, csrf.REASON_BAD_REFERER):
        origin = "/".join(request.headers.get("Referer", "").split("/")[:3])
    elif not _is(reason, csrf.REASON_BAD_ORIGIN):
        origin = ""
    if origin and origin != "null":
        return ORIGIN.format(origin=origin, here=f"{request.scheme}://{request.get_host()}")
    if origin or reason in (csrf.REASON_NO_REFERER, csrf.REASON_MALFORMED_REFERER, csrf.REASON_INSECURE_REFERER):
        return REFERER
    return COOKIE if reason == csrf.REASON_NO_CSRF_COOKIE else EXPIRED


def _is(reason: str, pattern: str) -> bool:
    """Whether Django's reason was made from this pattern."""
    before, _, after = pattern.partition("%s")
    return reason.startswith(before) and reason.endswith(after)
