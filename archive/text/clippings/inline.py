"""Inline syntax of note-taking apps and site generators: `[[a]]`, `![[b.png]]`, `%%c%%`, `{{< d >}}`."""

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from archive.text.clippings.formulas import between_dollars, between_dollars_of_formulas, mathml, tex
from archive.text.commonmark.inline import Handler, Inlines
from archive.text.commonmark.links import normal_label

# A page's name may contain brackets: [[folder/[Java] notes.md|words]]
_WIKILINK = re.compile(r"\[\[((?:[^\[\]\n|]|\[[^\[\]\n|]*\])+)(?:\|([^\[\]\n]*))?\]\](?![(\[])")
_IMAGE_NAME = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$", re.I)
_WIDTH = re.compile(r"\d{1,4}(?=x\d{1,4}$|$)")
_SHORTCODES = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}"}

EMBEDDED = "data-embedded"
"""Marks an image that is addressed by its bare name, as Obsidian does, rather than by a relative address."""


def _wikilink(inlines: Inlines, start: int) -> int:
    """`[[Page]]` and `[[Page|words]]`: the other page may not be here, so the words are kept."""
    match = _WIKILINK.match(inlines.text, start)
    if match is None or normal_label(match[1]) in inlines.references:
        return start
    return inlines.add(_page_words(match), start, match.end())


def _embed(inlines: Inlines, start: int) -> int:
    """`![[picture.png]]`, with an optional width, is an image; an embedded page is named like a link to it."""
    match = _WIKILINK.match(inlines.text, start + 1)
    if match is None:
        return start
    name, words = match[1].strip(), (match[2] or "").strip()
    if not _IMAGE_NAME.search(name):
        return inlines.add(_page_words(match), start, match.end())
    width = _WIDTH.match(words)
    attributes = {"src": name, "alt": name if width else words or name, EMBEDDED: ""}
    if width:
        attributes["width"] = width.group()
    return inlines.add(Element("img", attributes), start, match.end())


def _page_words(match: re.Match[str]) -> Element:
    element = Element("span", {"class": "wikilink"})
    element.text = AtomicString((match[2] or match[1]).strip())
    return element


def _comment(inlines: Inlines, start: int) -> int:
    """`%%...%%` is the writer's private comment and not part of the text."""
    if not inlines.text.startswith("%%", start):
        return start
    end = inlines.find_end("%%", start + 2)
    return start if end < 0 else inlines.add("", start, end + 2)


def _shortcode(inlines: Inlines, start: int) -> int:
    """Shortcodes of Hugo and Jekyll are only meaningful to them, and are shown as they are."""
    for opening, closing in _SHORTCODES.items():
        if inlines.text.startswith(opening, start):
            end = inlines.find_end(closing, start + len(opening))
            if end >= 0:
                element = Element("span", {"class": "shortcode"})
                element.text = AtomicString(inlines.text[start : end + len(closing)])
                return inlines.add(element, start, end + len(closing))
    return start


HANDLERS: dict[str, Handler] = {
    "[": _wikilink,
    "!": _embed,
    "%": _comment,
    "{": _shortcode,
    "$": between_dollars,
    "\\": tex,
    "<": mathml,
}
HANDLERS_WITH_FORMULAS = HANDLERS | {"$": between_dollars_of_formulas}
"""For a text that certainly has formulas, where `$x$` is one too."""
