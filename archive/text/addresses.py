"""Link and image addresses: made absolute, repaired if a clipper resolved them wrongly, or refused."""

import re
from urllib.parse import unquote, urljoin, urlsplit

from archive.text.names import names

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ID_PREFIX = "a-"
"""Prefix of every id in an article, so that none can be mistaken for one of the page's."""

_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x1f\x7f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB_SCHEME = re.compile(r"/*(https?):/*", re.I)
_UNSAFE = {ord(" "): "%20", ord('"'): "%22", ord("<"): "%3C", ord(">"): "%3E", ord("`"): "%60", ord("\\"): "%5C"}
_VIDEO_HOSTS = names(
    "youtube.com m.youtube.com youtu.be youtube-nocookie.com vimeo.com player.vimeo.com dailymotion.com twitter.com "
    "x.com soundcloud.com open.spotify.com tiktok.com"
)
_NO_IMAGE = re.compile(r"\.(?:mp4|webm|mov|m4v|ogv|mp3|m4a|ogg|wav|pdf|html?)$", re.I)


def absolute(address: str, base_url: str | None) -> str | None:
    """The address as used in a link: absolute, or `#id` with the prefix of this article's ids; else None.

    None for schemes that could run code, and for a relative address without a base, which would lead into this site.
    """
    address = _IGNORED_BY_BROWSERS.sub("", address.strip()).strip()
    try:
        address = _mended(address)
        if address.startswith("#"):
            return f"#{ID_PREFIX}{address[1:]}" if len(address) > 1 else None
        if (match := _SCHEME.match(address)) and match[1].lower() not in ("http", "https"):
            return address.translate(_UNSAFE) if match[1].lower() in SCHEMES else None
        if not address or not (match or base_url or address.startswith("//")):
            return None
        joined = address if match else urljoin(base_url or "https:", address)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined.translate(_UNSAFE) if parts.scheme in ("http", "https") and parts.netloc else None


def _mended(address: str) -> str:
    """Undo what clippers do to `<address>`: `https://host/page/</path>` meant `/path` on that host."""
    if address.endswith(">") or address[-3:].lower() == "%3e":
        start = max(address.rfind("<"), address.lower().rfind("%3c"))
        page = address[: max(start, 0)]
        if start == 0 or page.endswith("/"):
            inner = address[start + (1 if address[start] == "<" else 3) :]
            inner = inner[:-1] if inner.endswith(">") else inner[:-3]
            address = inner if not page or _WEB_SCHEME.match(inner) else urljoin(page, inner)
    if match := _WEB_SCHEME.match(address):
        return f"{match[1].lower()}://{address[match.end() :]}"
    return address


def is_remote(address: str) -> bool:
    """Whether it is on another host, and so must not be loaded without the reader's consent."""
    return address.startswith(("http://", "https://"))


def shows_an_image(address: str) -> bool:
    """Whether an image element could show what is there; videos and documents are better linked to."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.hostname or "").removeprefix("www.") not in _VIDEO_HOSTS and not _NO_IMAGE.search(parts.path)


def label(address: str) -> str:
    """A text for a link without one: the host and the last segment of the path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.netloc:
        return unquote(parts.path or parts.fragment.removeprefix(ID_PREFIX)) or address
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if not segments:
        return host
    return f"{host}/{'…/' if len(segments) > 1 else ''}{segments[-1]}"
