"""Character references (`&amp;`, `&#8212;`), read only where they are whole.

`html.unescape` knows a hundred names without their semicolon as well, and so makes `×tamp` of `&timestamp=5`.
"""

import re
from html import unescape as _unescape
from html.entities import html5

REFERENCE = r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
"""The pattern of what may be one; a name may still be unknown."""

_REFERENCE = re.compile(REFERENCE)
_AMPERSAND = re.compile(rf"&(?!{REFERENCE[1:]})")


def meaning(reference: str) -> str:
    """The characters that a whole reference stands for; itself if its name is unknown."""
    is_known = reference[1] == "#" or reference[1:] in html5
    return _unescape(reference) if is_known else reference


def unescape(text: str) -> str:
    """The text with its whole references replaced by the characters they stand for."""
    return _REFERENCE.sub(lambda match: meaning(match.group()), text) if "&" in text else text


def with_bare_ampersands_escaped(text: str) -> str:
    """HTML in which `&` begins a reference only where that is whole, so that a browser reads it as `unescape` does."""
    return _AMPERSAND.sub("&amp;", text) if "&" in text else text
