"""What holds for every page: the path the archive is served at, and what browsers are told to keep to themselves."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What no page of an archive needs, so that no script that gets in by some mistake has it.
DENIED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi"),
    *("payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{name}=()" for name in DENIED)


def subpath(get_response: GetResponse) -> GetResponse:
    """Below ARCHIVE_SUBPATH. Some proxies take the path away before they pass a request on, others do not."""

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
    """No other site may embed what is here, not even a picture, and no page uses cameras and the like."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """No cache keeps what somebody sees who is signed in: their notes are on it, and their name.

    Files that are the same for everybody say themselves that they may be kept.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated and "private" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
