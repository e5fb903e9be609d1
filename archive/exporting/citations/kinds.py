"""Whether an article appeared in a newspaper, a magazine, a blog, or on some page of the web."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from archive.exporting.citations.work import Kind
from archive.formats.frontmatter.keys import same_key

_STATED = {
    **dict.fromkeys(("newspaper", "newspaperarticle", "articlenewspaper", "news", "newsarticle"), Kind.NEWSPAPER),
    **dict.fromkeys(("magazine", "magazinearticle", "articlemagazine"), Kind.MAGAZINE),
    **dict.fromkeys(("blog", "blogpost", "blogposting", "postweblog", "weblog", "newsletter"), Kind.BLOG),
    **dict.fromkeys(("webpage", "website", "web"), Kind.WEB_PAGE),
}
_SAYING_KEYS = frozenset(map(same_key, ("type", "item type", "entry type", "kind", "category", "source type")))
_NAMING_KEYS = {same_key(name): kind for name, kind in (("newspaper", Kind.NEWSPAPER), ("magazine", Kind.MAGAZINE))}

_BLOG_HOST = re.compile(
    r"(?:^|\.)(?:blogs?|blogspot|bearblog|beehiiv|dev\.to|ghost|hashnode|livejournal|medium|micro\.blog|substack|tumblr|typepad"
    r"|wordpress|write\.as)\b"
)
_BLOG_PATH = re.compile("/blogs?/")
_BLOG_NAME = re.compile(r"\b(?:web)?blog(?:gen|s)?\b|’s newsletter\b", re.IGNORECASE)
_MAGAZINE_NAME = re.compile(
    r"\b(?:magazine|weekly|monthly|quarterly|review of books|the atlantic|the economist|the new yorker|newsweek|wired"
    r"|harper['’]s|the spectator|new statesman|der spiegel|stern|l['’]express|l['’]obs|scientific american|mother jones"
    r"|foreign affairs|foreign policy|nautilus|the diplomat|bloomberg businessweek|national geographic"
    r"|the new republic)\b",
    re.IGNORECASE,
)
_NEWSPAPER_NAME = re.compile(
    r"\b(?:\w*times|\w+ post|post-\w+|herald|tribune|guardian|telegraph|gazette|chronicle|courier|daily|observer"
    r"|independent|journal|globe|examiner|inquirer|mirror|standard|advertiser|sun|star|news|newspaper|reuters"
    r"|associated press|bbc|afp|bloomberg|al jazeera|nikkei|le monde|le figaro|libération|el país|el mundo|clarín"
    r"|la nación|folha|la repubblica|corriere|zeitung|die zeit|tagesspiegel|die welt|allgemeine"
    r"|volkskrant|nrc|de standaard|dagens \w+|aftonbladet|politiken|helsingin sanomat|haaretz|pravda|izvestia"
    r"|kommersant|ukrinform)\b"
    r"|新聞|新闻|日报|日報|时报|時報|신문|일보",
    re.IGNORECASE,
)


def kind_of(metadata: Mapping[str, Any], publication: str, url: str) -> Kind:
    """What the file says; else what the publication's name and address tell. A page of the web where nothing does."""
    for key, value in metadata.items():
        if kind := _STATED.get(_word(value)) if same_key(key) in _SAYING_KEYS else _naming(key, value):
            return kind
    host, path = _place(url)
    return Kind.BLOG if _BLOG_PATH.match(path) else _kind_of_place(publication, host)


@lru_cache(maxsize=1000)  # an archive has few places, and a list names the same ones again and again
def _kind_of_place(publication: str, host: str) -> Kind:
    if _BLOG_NAME.search(publication) or _BLOG_HOST.search(host):
        return Kind.BLOG
    if _MAGAZINE_NAME.search(publication):
        return Kind.MAGAZINE
    if _NEWSPAPER_NAME.search(publication) and "." not in publication:
        return Kind.NEWSPAPER
    return Kind.WEB_PAGE


def _naming(key: str, value: Any) -> Kind | None:
    return _NAMING_KEYS.get(same_key(key)) if value else None


def _word(value: Any) -> str:
    return re.sub(r"[^a-z]", "", value.casefold()) if isinstance(value, str) else ""


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.path
    except ValueError:
        return "", ""
