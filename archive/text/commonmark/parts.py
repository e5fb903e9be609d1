"""The parts that inline syntax is parsed into, and the elements made of them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from archive.text.commonmark.delimiters import Delimiter

RAW_HTML = "raw-html"
"""The tag of an element whose text is HTML as written in the source."""

MARKED = "marked"
"""The class of a `mark` for `==...==`, as opposed to HTML in the source."""


@dataclass(slots=True, frozen=True)
class Open:
    """An element begins."""

    tag: str
    attributes: dict[str, str]


@dataclass(slots=True, frozen=True)
class Close:
    """The innermost element ends."""

    tag: str


Part = str | Element | Delimiter | Open | Close


def link(href: str, text: str) -> Element:
    """A link whose text is not parsed."""
    element = Element("a", {"href": href})
    element.text = AtomicString(text)
    return element


def footnote_reference(number: int, occurrence: int) -> Element:
    """A note's number, linked to the note; `occurrence` counts the references to it."""
    suffix = f"-{occurrence}" if occurrence > 1 else ""
    element = Element("sup", {"class": "footnote-ref"})
    anchor = link(f"#fn-{number}", str(number))
    anchor.set("id", f"fnref-{number}{suffix}")
    element.append(anchor)
    return element


def without_link(part: Part) -> Part:
    """What is allowed within a link: a bare address or a footnote number becomes its text."""
    if isinstance(part, Element) and (part.tag == "a" or part.get("class") == "footnote-ref"):
        return "".join(part.itertext())
    return part


def plain_text(parts: list[Part]) -> str:
    """The text of an image's description, which cannot contain elements."""
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Delimiter):
            texts.append(part.character * part.left)
        elif isinstance(part, Element) and part.tag != RAW_HTML:
            texts.append(part.get("alt") or "".join(part.itertext()) or (" " if part.tag == "br" else ""))
    return "".join(texts)


def build(element: Element, parts: list[Part]) -> None:
    """Put the parts into the element as its text and children."""
    open_elements = [element]
    last: Element | None = None  # the child whose tail is being written; None for the text of the innermost element
    texts: list[str] = []

    def write() -> None:
        if texts:
            if last is None:
                open_elements[-1].text = AtomicString("".join(texts))
            else:
                last.tail = AtomicString("".join(texts))
            texts.clear()

    def enter(tag: str, attributes: dict[str, str]) -> None:
        nonlocal last
        write()
        child = Element(tag, attributes)
        open_elements[-1].append(child)
        open_elements.append(child)
        last = None

    def leave() -> None:
        nonlocal last
        write()
        last = open_elements.pop()

    element.text = None
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Element):
            write()
            open_elements[-1].append(part)
            last = part
        elif isinstance(part, Delimiter):
            for _ in part.closes:
                leave()
            if part.left:
                texts.append(part.character * part.left)
            for tag in reversed(part.opens):
                enter(tag, {"class": MARKED} if tag == "mark" else {})
        elif isinstance(part, Open):
            enter(part.tag, part.attributes)
        else:
            leave()
    write()
