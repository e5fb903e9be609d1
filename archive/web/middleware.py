"""Middleware for every page: the subpath, security headers and caching."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Features that no page needs, so that a script injected by mistake cannot use them either.
DENIED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi"),
    *("payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{name}=()" for name in DENIED)


def subpath(get_response: GetResponse) -> GetResponse:
    """Serves the archive below ARCHIVE_SUBPATH. Some proxies strip the subpath before they pass a request on, others do
    not."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = settings.SUBPATH
        if path and request.path_info == path:
            query = request.META.get("QUERY_STRING")
            return HttpResponseRedirect(f"{path}/" + (f"?{query}" if query else ""))
        if path and request.path_info.startswith(f"{path}/"):
            request.path_info = request.path_info.removeprefix(path)
            request.path = path + request.path_info
        return get_response(request)

    return middleware


def safety_headers(get_response: GetResponse) -> GetResponse:
    """Forbid other sites to embed anything, even images, and all pages to use cameras and the like."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """Keep pages shown to signed-in people out of caches: they contain their notes and their name.

    Files that are the same for everyone set their own caching headers.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated and "private" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
