"""Web addresses: which texts are addresses, and when two of them are the same article."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_letters, digits
from unicodedata import normalize
from urllib.parse import SplitResult, quote, urlsplit

from archive.formats.frontmatter.wikilinks import MARKDOWN_LINK

UNSAFE_SCHEMES = ("javascript:", "data:", "vbscript:")

# Parameters that say how a reader came to the page, not which page it is.
_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|gad_source|gad_campaignid|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid"
    r"|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|hsa_\w+|vero_id|oly_enc_id|oly_anon_id|ref_src|ref_url"
    r"|wt_mc|s_kwcid|srsltid|_ga|_gl|mtm_\w+|pk_campaign|pk_kwd|piwik_campaign|__twitter_impression|guccounter"
    r"|guce_referrer(?:_sig)?|fb_action_ids|fb_action_types|action_object_map|action_type_map|action_ref_map"
    r"|share_id|share_source|share_medium|share_plat|share_session_id|share_tag|share_times|share_from|shareuid"
    r"|at_(?:medium|campaign|campaign_type|link_\w+|format|bbc_team|ptr_name)|ns_(?:mchannel|source|campaign|linkname|fee)|xtor"
    r"|unique_k|vd_source|spm|spm_id_from|xhsshare|wprov|_branch_match_id|_branch_referrer",
    re.IGNORECASE,
)
# Names too short to mean the same everywhere, by the site that adds them to shared links.
_TRACKING_OF = {
    "youtube.com": {"si", "feature", "pp", "ab_channel"},
    "youtu.be": {"si", "feature", "pp"},
    "spotify.com": {"si", "context", "dl_branch"},
    "reddit.com": {"rdt", "sh", "share_name"},
    "twitter.com": {"s", "t"},
    "x.com": {"s", "t"},
    "medium.com": {"source", "sk"},
    "nytimes.com": {"smid", "smtyp", "unlocked_article_code", "referringsource"},
    "linkedin.com": {"trk", "trackingid", "lipi", "rcm"},
    "theguardian.com": {"cmp"},
    "bloomberg.com": {"cmpid", "srnd", "sref"},
    "washingtonpost.com": {"pwapi_token", "itid", "wpisrc", "wpmm"},
    "facebook.com": {"mibextid", "rdid", "__tn__"},
    "tiktok.com": {"_r", "_t", "is_from_webapp", "sender_device"},
    "bilibili.com": {"from", "from_spmid", "is_story_h5", "mid", "plat_id", "timestamp", "bbid", "ts"},
}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HTTP = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_][\w-]*[\w]", re.IGNORECASE)
_HOSTNAME = re.compile(r"[\w.~!$&'()*+,;=-]+|[0-9a-f:.]+")
_AS_CITED = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*/[\w/.~-]*", re.ASCII)  # nothing to encode or to leave out
_WITHOUT_SCHEME = re.compile(r"(?:www\.[^\s/]+\.[^\s/]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?=/))(?:/\S*)?", re.IGNORECASE)
_FURTHER = re.compile(r"(?<=[^\s,;])\s*[,;]\s+https?://.*|(?<=[^\s,;])\s+https?://.*", re.IGNORECASE | re.DOTALL)
# Characters allowed in a URI (RFC 3986, section 2); the rest is percent-encoded.
_URI_CHARACTERS = "%:/?#[]@!$&'()*+,;=~-._"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(f"{ascii_letters}{digits}-._~")
_QUOTES = {"<": ">", '"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’", "`": "`", "(": ")"}


def read_url(text: str) -> str | None:
    """The http or https address that a text is or links to (`<…>`, `[title](…)`), else None.

    Of several, the first is used. Spaces are percent-encoded. An address without a scheme is only accepted if it cannot
    be anything else (www.example.org, example.org/page); it gets https.
    """
    text = text.strip().removeprefix("[[").removesuffix("]]").strip()
    while len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    text = _FURTHER.sub("", text).replace("&amp;", "&")
    if "](" in text and (match := MARKDOWN_LINK.fullmatch(text)):
        text = match[2]
    if _WITHOUT_SCHEME.fullmatch(text):
        text = f"https://{text}"
    text = re.sub(r"\s+", "%20", text)
    return text if _HTTP.match(text) and _split(text) else None


def is_host(text: str) -> bool:
    """Whether the text is a host name, such as example.org, rather than a topic or title."""
    return len(text) <= 253 and bool(_HOST.fullmatch(text.strip()))


def host_of(url: str) -> str | None:
    """The host of an address in lower case, without `www.`; None if there is none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else None


def canonical_url(url: str) -> str | None:
    """The address that identifies an article: https, lower-case host, parameters sorted by name, without what does not
    distinguish pages (fragment, tracking parameters, default port, trailing slash). Composed and decomposed letters are
    the same, and so are letters and their percent-encodings.

    None if it is not an http(s) address.
    """
    address = read_url(url)
    parts = _split(address) if address else None
    host = _host(parts) if parts else None
    if parts is None or host is None:
        return None
    path = parts.path if parts.path.isascii() else normalize("NFC", parts.path)
    # The order of parameters with the same name may matter; that of different names hardly ever does.
    parameters = sorted(_parameters(parts), key=lambda pair: pair.partition("=")[0])
    return _levelled(f"https://{host}{_encoded(path).rstrip('/')}{_query(parameters)}")


def citable_url(url: str) -> str:
    """An article's address for others to follow: percent-encoded, without tracking parameters and default port.

    Everything else stays as written, including texts that are not http(s) addresses, except for characters that no
    address can contain.
    """
    if _AS_CITED.fullmatch(url):  # as most are
        return url
    parts = _split(url)
    host = _host(parts) if parts and parts.scheme in _DEFAULT_PORTS else None
    if parts is None or host is None:
        return _encoded(url)
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{_encoded(parts.path)}{_query(_parameters(parts))}{fragment}"


def _host(parts: SplitResult) -> str | None:
    """Host and port in ASCII, without the scheme's default port; None if there is no host."""
    if not parts.hostname:
        return None
    host = _in_ascii(parts.hostname)
    if not (host.isascii() and _HOSTNAME.fullmatch(host)):
        return None
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


@lru_cache(4096)
def _in_ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:  # an empty or an overlong label
        return host


def _parameters(parts: SplitResult) -> list[str]:
    """The query's parameters in order, without tracking parameters."""
    host = parts.hostname or ""
    own = next((names for site, names in _TRACKING_OF.items() if host == site or host.endswith(f".{site}")), ())
    return [
        pair
        for pair in parts.query.split("&")
        if pair and not _TRACKING.fullmatch(name := pair.partition("=")[0]) and name.casefold() not in own
    ]


def _query(parameters: list[str]) -> str:
    return f"?{'&'.join(map(_encoded, parameters))}" if parameters else ""


def _encoded(text: str) -> str:
    return quote(text, safe=_URI_CHARACTERS, errors="replace")


def _levelled(url: str) -> str:
    """The address with unnecessary percent-encodings removed, and the others in upper case (RFC 3986, section
    6.2.2)."""

    def level(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(level, url) if "%" in url else url


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None if it has no host or cannot be parsed."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises here if out of range or not a number
    except ValueError:
        return None
    return parts if _HOSTNAME.fullmatch(parts.hostname or "") else None
