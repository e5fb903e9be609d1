"""Finds the tags in a piece of HTML without parsing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.text.commonmark.markers import CLOSE_TAG, OPEN_TAG
from archive.text.entities import unescape
from archive.text.names import names

TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")

_LOOSE_TAG = r"""<[A-Za-z](?:"[^"]{0,5000}"|'[^']{0,5000}'|[^"'<>]){0,5000}>"""  # bounded: tried at every `<`
_CLOSE_TAG_OF_WORD = r"</[A-Za-z]:[A-Za-z]{1,20}>"  # </o:p>
_COMMENT = r"<!--(?:-?>|.*?-->)"
_WHOLE = re.compile(
    rf"{OPEN_TAG}|{CLOSE_TAG}|{_COMMENT}|<!DOCTYPE[^<>]*>|{_LOOSE_TAG}|{_CLOSE_TAG_OF_WORD}", re.S | re.I
)
_STARTS_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_DOCTYPE = re.compile(r"\s*<!DOCTYPE\b", re.I)
_BARE = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*\s*/?>")
_ATTRIBUTE = re.compile(r"""\s([A-Za-z_:][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_SVG = re.compile(r"<svg(?=[\s>])[^<>]*(?<!/)>", re.I | re.A)
_LONG_TAG = 400  # code points
_MOST_DRAWINGS = 20

# Elements whose content is not HTML; they are taken whole if they end within the piece.
_END_OF = {
    name: re.compile(rf"</{name}(?=[\s/>])[^<>]*>", re.I | re.A)
    for name in names("script style title textarea svg math iframe xmp")
}
_READ = names(
    "href src srcset alt id name class title lang dir start reversed value colspan rowspan scope datetime open type "
    "checked align width height data-src data-original data-lazy-src data-remote-src data-embedded alttext display"
)


@dataclass(frozen=True, slots=True)
class Markup:
    """Text and the following tag or comment, if any. `content` is that of an element that does not contain HTML; its
    closing tag is skipped."""

    text: str
    tag: str = ""
    content: str | None = None


def markup(html: str) -> Iterator[Markup]:
    """The HTML piece by piece. A `<` that does not begin a complete tag is escaped in the text."""
    last_comment_ends = html.rfind("-->")
    without_end: set[str] = set()
    texts: list[str] = []
    at = 0
    while match := _STARTS_MARKUP.search(html, at):
        start = match.start()
        texts.append(html[at:start])
        is_open_comment = html.startswith("<!--", start) and last_comment_ends < start + 2
        whole = None if is_open_comment else _WHOLE.match(html, start)
        if whole is None:
            texts.append("&lt;")
            at = start + 1
            continue
        tag, at = whole.group(), whole.end()
        name = name_of(tag)
        content = None
        if name in _END_OF and name not in without_end and tag[1] != "/" and not tag.endswith("/>"):
            if end := _end_of(name, html, at):
                content, at = html[at : end.start()], end.end()
            else:
                without_end.add(name)
        yield Markup("".join(texts), tag, content)
        texts.clear()
    texts.append(html[at:])
    yield Markup("".join(texts))


def _end_of(name: str, html: str, at: int) -> re.Match[str] | None:
    """The tag that closes the element whose content begins at `at`; drawings may contain drawings."""
    end = first = _END_OF[name].search(html, at)
    for _ in range(_MOST_DRAWINGS if name == "svg" else 0):
        inner = _SVG.search(html, at, end.start()) if end else None
        if inner is None or end is None:
            break
        at, end = inner.end(), _END_OF[name].search(html, end.end())
    return end or first


def holds_tags(html: str) -> bool:
    """Whether it contains a complete tag, a doctype or the end of a comment; anything else, such as `<?php`, is
    text."""
    if "-->" in html or _DOCTYPE.match(html):
        return True
    return any(_WHOLE.match(html, match.start()) for match in TAG_NAME.finditer(html))


def name_of(tag: str) -> str:
    """A tag's name in lower case; empty for a comment or declaration."""
    match = TAG_NAME.match(tag)
    return match[2].lower() if match else ""


def is_bare(tag: str) -> bool:
    """Whether the tag has no attributes."""
    return _BARE.fullmatch(tag) is not None


def with_known_attributes(tag: str) -> str:
    """The tag; a long one is reduced to the attributes that are used, because html5lib compares all attributes of a tag
    with each other."""
    if len(tag) < _LONG_TAG:
        return tag
    attributes: dict[str, str] = {}
    for key, value in _ATTRIBUTE.findall(tag):
        if key.lower() in _READ:
            attributes.setdefault(key.lower(), value)
    written = "".join(f" {key}={value}" if value else f" {key}" for key, value in attributes.items())
    return f"<{name_of(tag)}{written}{' /' if tag.endswith('/>') else ''}>"


def words_of(html: str, dropped: frozenset[str] = names("script style"), *, between: str = " ") -> str:
    """The words of HTML, without those in elements in `dropped`; `between` replaces each tag."""
    words: list[str] = []
    open_at: list[tuple[str, int]] = []  # dropped elements, and the number of words before each
    for piece in markup(html):
        words.append(unescape(piece.text))
        name = name_of(piece.tag)
        if name not in dropped:
            words.append(words_of(piece.content, dropped) if piece.content else between)
        elif piece.content is None and piece.tag[1] != "/":
            open_at.append((name, len(words)))
        elif open_at and open_at[-1][0] == name:
            del words[open_at.pop()[1] :]
    return " ".join("".join(words).split())
