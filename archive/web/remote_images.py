"""Pictures that lie on other servers. They are not loaded until the reader says so: loading tells who reads what."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from archive.web.preferences import Preferences

# An <img> whose address `archive.text` has put aside, up to that address. Attributes are quoted one way or the other.
_ATTRIBUTE = r"""\s+(?!data-remote-src\b)[\w-]+(?:=(?:"[^"]*"|'[^']*'))?"""
_PUT_ASIDE = re.compile(rf"(<img(?:{_ATTRIBUTE})*\s+)data-remote-src(?==)")


def count(html: str) -> int:
    """How many pictures of an article lie elsewhere."""
    return len(_PUT_ASIDE.findall(html))


def are_allowed(request: HttpRequest) -> bool:
    """Whether the reader wants them: always, or on this page by `?images=1`.

    A link on another site must not decide for the reader, so that parameter counts only for requests from here.
    """
    if Preferences(request.COOKIES)["images"] == "always":
        return True
    return request.GET.get("images") == "1" and _is_from_here(request)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours led here, or the reader typed the address.

    Browsers say so (Sec-Fetch-Site), but not over plain HTTP: there the page must be named, and be ours.
    """
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in ("same-origin", "none")
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    origin = f"{page.scheme}://{page.netloc}"
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


def shown(html: str) -> str:
    """The same HTML with every picture's address where the browser looks for it."""
    return _PUT_ASIDE.sub(r"\1src", html)


def allow_in(response: HttpResponse) -> None:
    """Let this page, and no other, load pictures from anywhere."""
    response._csp_update = {"img-src": ["https:", "http:"]}  # type: ignore[attr-defined]  # django-csp's way
