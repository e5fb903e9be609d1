"""Addresses: which texts are one, and when two of them are the same article."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

from archive.formats.frontmatter.wikilinks import MARKDOWN_LINK

UNSAFE_SCHEMES = ("javascript:", "data:", "vbscript:")

# Parameters that say how a reader came to the page, not which page it is.
_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok"
    r"|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|ref_src|ref_url|wt_mc|s_kwcid|srsltid",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HTTP = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_][\w-]*[\w]", re.IGNORECASE)
_HOSTNAME = re.compile(r"[\w.~!$&'()*+,;=-]+|[0-9a-f:.]+")
_WITHOUT_SCHEME = re.compile(r"(?:www\.[^\s/]+\.[^\s/]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?=/))(?:/\S*)?", re.IGNORECASE)
# What a URI may hold as it is (RFC 3986, section 2); the rest is percent-encoded.
_URI_CHARACTERS = "%:/?#[]@!$&'()*+,;=~-._"


def read_url(text: str) -> str | None:
    """The http or https address that a text is or links to (`<…>`, `[title](…)`), else None.

    Spaces are percent-encoded. An address without its scheme is taken only where nothing else is meant
    (www.example.org, example.org/page); it is given https.
    """
    text = text.strip().removeprefix("[[").removesuffix("]]").strip().strip("<>\"'").strip()
    if "](" in text and (match := MARKDOWN_LINK.fullmatch(text)):
        text = match[2]
    if _WITHOUT_SCHEME.fullmatch(text):
        text = f"https://{text}"
    text = re.sub(r"\s+", "%20", text)
    return text if _HTTP.match(text) and _split(text) else None


def is_host(text: str) -> bool:
    """Whether the text is a host's name, such as example.org, rather than a topic or a title."""
    return len(text) <= 253 and bool(_HOST.fullmatch(text.strip()))


def host_of(url: str) -> str | None:
    """The host of an address in lower case, without `www.`; None where there is none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else None


def canonical_url(url: str) -> str | None:
    """The address as an article's identity: https, host in lower case, without what does not tell pages apart
    (fragment, tracking parameters, default port, last slash).

    None for what is no http(s) address.
    """
    address = read_url(url)
    parts = _split(address) if address else None
    host = _host(parts) if parts else None
    if parts is None or host is None:
        return None
    return f"https://{host}{_encoded(parts.path).rstrip('/')}{_query(parts)}"


def citable_url(url: str) -> str:
    """An article's address for others to follow: percent-encoded, without tracking parameters and default port.

    All else stays as written; so does a text that is no http(s) address, but for what no address can hold.
    """
    parts = _split(url)
    host = _host(parts) if parts and parts.scheme in _DEFAULT_PORTS else None
    if parts is None or host is None:
        return _encoded(url)
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{_encoded(parts.path)}{_query(parts)}{fragment}"


def _host(parts: SplitResult) -> str | None:
    """Host and port in ASCII, without the port that the scheme implies; None where there is no host."""
    if not parts.hostname:
        return None
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:  # an empty or an overlong label
        host = parts.hostname
    if not (host.isascii() and _HOSTNAME.fullmatch(host)):
        return None
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _query(parts: SplitResult) -> str:
    """The query without tracking parameters, with its question mark if anything is left."""
    pairs = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    return f"?{'&'.join(map(_encoded, pairs))}" if pairs else ""


def _encoded(text: str) -> str:
    return quote(text, safe=_URI_CHARACTERS, errors="replace")


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None where it has no host or cannot be taken apart."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # out of range or no number: raises here
    except ValueError:
        return None
    return parts if _HOSTNAME.fullmatch(parts.hostname or "") else None
