"""HTML from other programs: finding the article in a page, and converting it to Markdown."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import MarkdownConverter

from archive.formats.decoding import NotText, decode

# Not part of the text, though it may contain words.
_LEFT_OUT = ["script", "style", "noscript", "template", "head", "title", "svg", "button", "input", "select", "form"]
_SOUNDLESS = ("script", "style", "noscript", "template", "head")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,100};base64,[A-Za-z0-9+/=\s]{100,}")
# Elements that SingleFile and WebScrapBook add for highlights and notes. A span has no meaning in Markdown.
_SIGNS_OF_MARKS = ("data-scrapbook-", "single-file-highlight", "<single-file-note")
_NOTES_ON_PAGES = ("scrapbook-sticky", "single-file-note")
_MARK_TAG = re.compile(r"""</?(?:span|scrapbook-linemarker)(?=[\s>])(?>[^<>"']+|"[^"]*"|'[^']*')*+>""", re.IGNORECASE)
_SPACE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class PageText:
    """The article found in a page: its Markdown, and the page's metadata."""

    markdown: str
    title: str = ""
    authors: list[str] = field(default_factory=list)
    publication: str = ""
    published: str = ""  # as written
    language: str = ""
    description: str = ""


def decode_page(data: bytes) -> tuple[str, str]:
    """The text of an HTML file and its encoding: the declared one if the bytes are not UTF-8. Raises NotText."""
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    if (declared := _DECLARED.search(data[:4096])) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii")
        with suppress(LookupError, UnicodeDecodeError):
            return data.decode(name), name
    decoded = decode(data)
    return decoded.text, decoded.encoding


def words_alone(html: str) -> str:
    """The words of HTML of any size, extracted without parsing, as paragraphs of Markdown."""
    html = re.sub(r"(?is)<(script|style|noscript|template|head)\b.*?</\1\s*>", " ", html)
    text = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?i)</?(?:p|div|br|h[1-6]|li|tr|section)\b[^>]*>", "\n\n", html)))
    return "\n\n".join(filter(None, (escaped(" ".join(part.split())) for part in text.split("\n\n"))))


def escaped(text: str) -> str:
    """The text as Markdown that displays it unchanged."""
    return re.sub(r"([\\`*_{}\[\]<>#+\-.!|=~$&^%:])", r"\\\1", text)


def plain_text(data: bytes) -> str:
    """The words of an HTML fragment, with one line per block; empty if it is not text."""
    try:
        soup = BeautifulSoup(_light(decode_page(data)[0]), "lxml")
    except NotText:
        return ""
    for left_out in soup(_SOUNDLESS):
        left_out.decompose()
    return soup.get_text("\n", strip=True)


def fragment_markdown(html: str) -> str:
    """An HTML fragment that is the article, converted to Markdown."""
    soup = BeautifulSoup(_light(html), "lxml")
    for left_out in soup(_LEFT_OUT):
        left_out.decompose()
    markdown = str(_Converter(**_OPTIONS).convert_soup(soup))
    return _MANY_LINES.sub("\n\n", _SPACE_ENDS.sub("", markdown)).strip() + "\n"


def page_text(html: str, url: str = "") -> PageText:
    """The article in a whole page, without menus and the like; all of its text if no article is found."""
    html = _without_marks(_light(html))
    import trafilatura  # imported here, because it takes half a second

    found: Any = None
    try:
        found = trafilatura.bare_extraction(
            html, url=url or None, include_comments=False, include_tables=True, include_images=True,
            include_links=True, include_formatting=True, with_metadata=True,
        )  # fmt: skip
        body = trafilatura.extract(
            html, url=url or None, output_format="html", include_comments=False, include_tables=True,
            include_images=True, include_links=True, include_formatting=True,
        )  # fmt: skip
    except Exception:  # its parsers may raise anything; in that case the whole page is kept
        body = None
    markdown = fragment_markdown(body or html)
    if found is None:
        return PageText(markdown)
    return PageText(
        markdown,
        title=found.title or "",
        authors=[name.strip() for name in (found.author or "").split(";") if name.strip()],
        publication=found.sitename or "",
        published=found.date or "",
        language=found.language or "",
        description=found.description or "",
    )


def _light(html: str) -> str:
    """The page without embedded images and fonts, which are most of a saved page's size."""
    return _DATA_URI.sub("", html) if len(html) > 100_000 else html


def _without_marks(html: str) -> str:
    """The page as it was before someone highlighted passages and added notes, if it was saved with them."""
    if not any(sign in html for sign in _SIGNS_OF_MARKS):
        return html
    html = _MARK_TAG.sub("", html)
    for name in _NOTES_ON_PAGES:
        kept, at = [], 0
        while (start := html.find(f"<{name}", at)) >= 0 and (end := html.find(f"</{name}>", start)) >= 0:
            kept.append(html[at:start])
            at = end + len(f"</{name}>")
        html = "".join(kept) + html[at:]
    return html


class _Converter(MarkdownConverter):
    """Keeps what a plain conversion would lose or break: highlights, and characters with a meaning in Markdown."""

    def convert_mark(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"=={text}==" if text.strip() and "\n\n" not in text else text


_OPTIONS: dict[str, Any] = {
    "heading_style": "ATX",
    "bullets": "-",
    "escape_misc": True,
    "escape_asterisks": True,
    "escape_underscores": True,
    "newline_style": "BACKSLASH",
    "table_infer_header": True,
}
