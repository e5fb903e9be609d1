"""Images on other sites. They are not loaded until the reader asks for them, since loading one reveals who reads
what."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from archive.web.markup import fill
from archive.web.parameters import number
from archive.web.preferences import Preferences

# An <img> whose address `archive.text` has put in another attribute, up to that address, in either kind of quotes.
_ATTRIBUTE = r"""\s+(?!data-remote-src\b)[\w-]+(?:=(?:"[^"]*"|'[^']*'))?"""
_PUT_ASIDE = re.compile(rf"(<img(?:{_ATTRIBUTE})*\s+)data-remote-src(?==)")
_TAG = re.compile(r"""<(?:img|/?a)\b(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_QUOTED = re.compile(r"""\s(data-remote-src|alt)=(?:"([^"]*)"|'([^']*)')""")
_LINK_TO_PICTURE = '<a class="enlarge"'
CHOICE = "picture"  # the parameter that loads one image by its number
_MOST_CHOSEN = 200
_NO_HOST = "another site"


def count(html: str) -> int:
    """The number of an article's images that are on other sites."""
    return len(_PUT_ASIDE.findall(html))


def are_allowed(request: HttpRequest) -> bool:
    """Whether the reader wants them loaded: always, or on this page with `?images=1`.

    A link on another site must not decide this, so the parameter only counts for requests from our pages.
    """
    if Preferences(request.COOKIES)["images"] == "always":
        return True
    return request.GET.get("images") == "1" and _is_from_here(request)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether one of our pages led here, or the reader typed the address.

    Browsers say so (Sec-Fetch-Site), but not over plain HTTP, where the Referer must be one of our pages.
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
    """The HTML with every image's address in its `src`."""
    return _PUT_ASIDE.sub(r"\1src", html)


def chosen(request: HttpRequest) -> set[int]:
    """The numbers of the images that the reader asked for individually. The first image from another site is 1."""
    numbers = [number(given) for given in request.GET.getlist(CHOICE)[:_MOST_CHOSEN]]
    return {each for each in numbers if each} if any(numbers) and _is_from_here(request) else set()


def with_boxes(html: str, request: HttpRequest) -> str:
    """The HTML with the requested images loaded, and each of the others as a box with a link that loads it.

    An image inside a link keeps that link, and the loading link follows it. The text stays the same.
    """
    wanted = chosen(request)
    pieces: list[str] = []
    waiting: list[str] = []  # links to insert after the currently open one
    link: re.Match[str] | None = None
    done = count = 0
    for tag in _TAG.finditer(html):
        if tag[0].startswith("<a"):
            link = tag
        elif tag[0] == "</a>":
            pieces += [html[done : tag.end()], *waiting]
            done, link, waiting = tag.end(), None, []
        elif _PUT_ASIDE.match(tag[0]):
            count += 1
            pieces.append(html[done : tag.start()])
            done = tag.end()
            if count in wanted:
                pieces.append(shown(tag[0]).replace("<img", f'<img id="picture-{count}"', 1))
                continue
            box = _Box.of(tag[0], count, request)
            if link is None:
                pieces.append(f"{box.link('elsewhere small')}{box.image}</a>")
            elif link.end() == tag.start() and link[0].startswith(_LINK_TO_PICTURE):
                pieces[-1] = pieces[-1].removesuffix(link[0]) + box.link("enlarge elsewhere")
                pieces.append(box.image)
            else:
                pieces.append(box.image)
                waiting.append(f"{box.link('load-picture')}</a>")
    return "".join([*pieces, html[done:]])


@dataclass(frozen=True)
class _Box:
    """The box in place of an image that is not loaded. `image` is its tag, and `href` loads it."""

    image: str
    alt: str
    host: str
    href: str

    @classmethod
    def of(cls, tag: str, count: int, request: HttpRequest) -> Self:
        given = {name: unescape(double or single) for name, double, single in _QUOTED.findall(tag)}
        alt = given.get("alt", "").strip()
        if not alt:  # or nothing would be visible
            tag = re.sub(r"""\salt=(?:"\s*"|'\s*')""", "", tag).replace("<img", '<img alt="image"', 1)
        parameters = request.GET.copy()
        parameters.appendlist(CHOICE, str(count))
        return cls(tag, alt, _host(given["data-remote-src"]), f"?{parameters.urlencode()}#picture-{count}")

    def link(self, classes: str) -> str:
        name = f"Load this image from {self.host}" + (f": {self.alt}" if self.alt else "")
        return fill(
            '<a class="{}" data-host="{}" rel="nofollow" href="{}" aria-label="{}">',
            classes, self.host, self.href, name,
        )  # fmt: skip


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or _NO_HOST
    except ValueError:
        return _NO_HOST


def allow_in(response: HttpResponse) -> None:
    """Let this page only load images from anywhere."""
    response._csp_update = {"img-src": ["https:", "http:"]}  # type: ignore[attr-defined]  # django-csp's way
