"""Character references (`&amp;`, `&#8212;`), recognised only if complete.

`html.unescape` also accepts a hundred names without their semicolon, and so turns `&timestamp=5` into `×tamp=5`.
"""

import re
from html import unescape as _unescape
from html.entities import html5

REFERENCE = r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
"""Matches what may be a reference; a name may still be unknown."""

_REFERENCE = re.compile(REFERENCE)
_AMPERSAND = re.compile(rf"&(?!{REFERENCE[1:]})")


def meaning(reference: str) -> str:
    """The characters that a complete reference stands for; the reference itself if its name is unknown."""
    is_known = reference[1] == "#" or reference[1:] in html5
    return _unescape(reference) if is_known else reference


def unescape(text: str) -> str:
    """The text with its complete references replaced by their characters."""
    return _REFERENCE.sub(lambda match: meaning(match.group()), text) if "&" in text else text


def with_bare_ampersands_escaped(text: str) -> str:
    """HTML in which `&` only begins complete references, so that a browser reads it as `unescape` does."""
    return _AMPERSAND.sub("&amp;", text) if "&" in text else text
