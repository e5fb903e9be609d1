"""A link without text takes the words next to it in its block: clippers separate the two.

In a heading, it is usually the mark for copying the heading's address.
"""

from itertools import takewhile
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from archive.text.names import HEADINGS, names

_HOLDERS = HEADINGS | {"p", "li", "td", "th"}
_BLOCKS = names("p ul ol pre blockquote table hr div")
_LONGEST = 200
_OF_HEADINGS = frozenset(["", "#", "¶", "§", "🔗", "\u200b"])


def give_links_their_headlines(root: Element) -> None:
    """Give each link without text at the beginning or end of its block the rest of the block's text, if that is
    short."""
    for heading in [element for element in root.iter() if element.tag in HEADINGS and len(element)]:
        _take_mark(heading, heading[-1], heading[-1].tail)
        if len(heading):
            _take_mark(heading, heading[0], heading.text)
    if not any(_is_empty(link) for link in root.iter("a")):
        return
    for holder in [element for element in root.iter() if element.tag in _HOLDERS]:
        inline = list(takewhile(lambda child: child.tag not in _BLOCKS, holder))
        links = [link for child in inline for link in child.iter("a")]
        if len(links) == 1 and links[0] in inline and _is_empty(links[0]):
            _give(holder, inline, links[0])


def _is_empty(link: Element) -> bool:
    return len(link) == 0 and not (link.text or "").strip()


def _give(holder: Element, inline: list[Element], link: Element) -> None:
    at = inline.index(link)
    before, after = inline[:at], inline[at + 1 :]
    text_before = (holder.text or "") + "".join(_words(child) for child in before)
    text_after = (link.tail or "") + "".join(_words(child) for child in after)
    if bool(text_before.strip()) == bool(text_after.strip()) or len(text_before) + len(text_after) > _LONGEST:
        return
    if text_before.strip():
        link.text, holder.text = AtomicString((holder.text or "").lstrip()), AtomicString("")
        moved = before
    else:
        link.text = AtomicString((link.tail or "").lstrip())
        moved = after
    link.tail = None
    for child in moved:
        holder.remove(child)
        link.append(child)
    _strip_end(link)


def _words(element: Element) -> str:
    return "".join(element.itertext()) + (element.tail or "")


def _take_mark(heading: Element, link: Element, beside: str | None) -> None:
    """Move the target of a heading's mark to the heading's id. `beside` is the text between the mark and the edge."""
    place = link.get("href", "").partition("#")[2]
    mark = link.text or ""
    if link.tag != "a" or not place or len(link) or mark.strip() not in _OF_HEADINGS or (beside or "").strip():
        return
    if "".join(heading.itertext()).strip() == mark.strip():
        return
    heading.set("id", heading.get("id") or place)
    _remove(heading, list(heading)[: list(heading).index(link)], link)


def _remove(holder: Element, before: list[Element], link: Element) -> None:
    """Remove the link, and keep what follows it."""
    if before:  # it was at the end
        before[-1].tail = AtomicString((before[-1].tail or "").rstrip())
    else:
        text = (holder.text or "").rstrip() + (link.tail or "").lstrip()
        holder.text = AtomicString(text)
    holder.remove(link)


def _strip_end(link: Element) -> None:
    if len(link):
        link[-1].tail = AtomicString((link[-1].tail or "").rstrip())
    else:
        link.text = AtomicString((link.text or "").rstrip())
