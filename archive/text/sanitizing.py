"""The last line of defence: whatever came before, bleach only lets through the elements, attributes and addresses named
here."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from bleach import html5lib_shim
from bleach.sanitizer import INVISIBLE_CHARACTERS_RE, INVISIBLE_REPLACEMENT_CHAR, BleachSanitizerFilter

from archive.text.addresses import SCHEMES
from archive.text.names import names
from archive.text.tokens import Token

ELEMENTS = names(
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i "
    "img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td "
    "tfoot th thead time tr u ul var wbr"
)
_ATTRIBUTES = {
    "*": ["id", "class", "title", "lang", "dir"],
    "a": ["href", "rel", "aria-label"],
    "img": ["src", "data-remote-src", "alt", "loading", "width", "height"],
    "input": ["type", "disabled", "checked", "aria-label"],
    "ol": ["start", "reversed"],
    "li": ["value"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
    "time": ["datetime"],
    "details": ["open"],
}
_ADDRESSES = frozenset({*html5lib_shim.attr_val_is_uri, (None, "data-remote-src")})  # type: ignore[attr-defined]


class _Guard(BleachSanitizerFilter):
    """bleach's filter in one loop. Text it leaves as it is, as it will be written escaped; and an allowed tag without
    attributes, as most are, has nothing to look at."""

    def __iter__(self) -> Iterator[Token]:
        texts: list[str] = []
        for token in self.source:
            if token["type"] == "Characters":
                texts.append(token["data"])
                continue
            is_plain = not token.get("data") and token.get("name") in ELEMENTS
            kept: Any = token if is_plain else self.sanitize_token(token)
            if kept is None:
                continue
            if texts:
                yield _joined(texts)
                texts = []
            yield kept
        yield _joined(texts)


def _joined(texts: list[str]) -> Token:
    text = INVISIBLE_CHARACTERS_RE.sub(INVISIBLE_REPLACEMENT_CHAR, "".join(texts))
    return {"type": "Characters", "data": text}


def sanitized(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens without any element or attribute that is not allowed; the content of such elements stays."""
    return iter(
        _Guard(
            source=cast(Any, tokens),
            allowed_tags=ELEMENTS,
            attributes=_ATTRIBUTES,
            allowed_protocols=SCHEMES,
            attr_val_is_uri=_ADDRESSES,
            strip_disallowed_tags=True,
            strip_html_comments=True,
        )
    )
