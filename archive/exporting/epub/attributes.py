"""Attributes and addresses allowed in EPUB; others are left out."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_NUMBER = re.compile(r"-?\d{1,9}")
_POSITIVE = re.compile(r"[1-9]\d{0,4}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_MAIL = re.compile(r"mailto:[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+(?:\?[\w%&=.+-]*)?", re.ASCII)
_ALLOWED: dict[str, dict[str, re.Pattern[str] | None]] = {
    "ol": {"start": _NUMBER, "reversed": None},
    "li": {"value": _NUMBER},
    "td": {"colspan": _POSITIVE, "rowspan": _POSITIVE},
    "th": {"colspan": _POSITIVE, "rowspan": _POSITIVE, "scope": re.compile("row|col|rowgroup|colgroup")},
    "img": {"width": _POSITIVE, "height": _POSITIVE},
    "input": {"checked": None},
}
_ANYWHERE: dict[str, re.Pattern[str] | None] = {"dir": re.compile("ltr|rtl|auto"), "lang": _LANGUAGE}


def language(written: str) -> str:
    """A language tag; empty if it is invalid."""
    return written if _LANGUAGE.fullmatch(written) else ""


def clean_attributes(part: Element) -> None:
    """Keep the attributes allowed on this element. Ids, images and links are handled elsewhere."""
    rules = {**_ANYWHERE, **_ALLOWED.get(part.tag, {})}
    kept = {}
    for name, value in part.attrib.items():
        if name in ("id", "href", "src", "alt", "data-annotations", "epub:type"):
            kept[name] = value
        elif name in ("class", "title") and value.strip():
            kept[name] = " ".join(value.split())
        elif name in rules and ((rule := rules[name]) is None or rule.fullmatch(value)):
            kept[name] = value if rule else name
    if "lang" in kept:
        kept["xml:lang"] = kept["lang"]
    if part.tag == "input":
        kept |= {"type": "checkbox", "disabled": "disabled"}
    part.attrib.clear()
    part.attrib.update(kept)


def is_id(written: str) -> bool:
    return bool(_ID.fullmatch(written))


def outside(address: str) -> str:
    """A web or mail address, percent-encoded; empty if it cannot be followed."""
    address = "".join(address.split("\n")).strip()
    if address.lower().startswith("mailto:"):
        return address if _MAIL.fullmatch(address) else ""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:  # also UnicodeError
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or ".." in host:
        return ""
    path, query, fragment = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    place = f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}"
    return f"{place}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def _encoded(part: str) -> str:
    """The part, percent-encoded where necessary, including per cent signs that encode nothing."""
    part = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(part, safe="%/:@!$&'()*+,;=-._~?")
