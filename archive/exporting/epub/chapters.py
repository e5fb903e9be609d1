"""An article as a chapter: its body adapted to EPUB's rules, images, footnotes and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from xml.etree.ElementTree import Element

from archive.exporting.epub.attributes import clean_attributes, is_id, language, outside
from archive.exporting.epub.content_model import conform
from archive.exporting.epub.xhtml import EPUB_TYPE, append, element, one_line, page, tree

_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))

FindPicture = Callable[[str], str | None]
"""The file in the book for an image's address; None if the book does not have it."""


@dataclass(frozen=True)
class ChapterNote:
    """A person's note. `key` is that of its marks in the body; `facts` is a line about it; `html` is safe."""

    key: str
    quote: str = ""
    html: str = ""
    facts: str = ""
    replies: Sequence[ChapterNote] = ()


@dataclass(frozen=True)
class Chapter:
    """The content of a chapter. `html` is the article's body, with highlights painted if wanted."""

    title: str
    byline: str = ""
    source: str = ""
    language: str = ""
    html: str = ""
    notes: Sequence[ChapterNote] = ()


def chapter_page(chapter: Chapter, find_picture: FindPicture) -> str:
    """The chapter as an XHTML document."""
    body = Element("body")
    section = append(body, "section", epub__type="chapter")
    if chapter.language.partition("-")[0].lower() in _RIGHT_TO_LEFT:
        section.set("dir", "rtl")
    append(section, "h1", one_line(chapter.title))
    if chapter.byline:
        append(section, "p", chapter.byline, class_="byline")
    if source := outside(chapter.source):
        append(append(section, "p", class_="source"), "a", source, href=source)
    content = tree(chapter.html)
    content.set("class", "content")
    _make_fit(content, find_picture)
    section.append(content)
    if chapter.notes:
        section.append(_notes(chapter.notes, content, find_picture))
    _settle_ids(section)
    return page(chapter.title, body, language(chapter.language))


def _make_fit(content: Element, find_picture: FindPicture) -> None:
    for parent in list(content.iter()):
        for child in list(parent):
            if child.tag == "img":
                _place_picture(child, find_picture)
    for part in content.iter():
        if "footnote-ref" in part.get("class", "").split():
            part.set(EPUB_TYPE, "noteref")
        elif part.get("class") == "footnotes":
            part.set(EPUB_TYPE, "endnotes")
        clean_attributes(part)
    conform(content)


def _place_picture(picture: Element, find_picture: FindPicture) -> None:
    """Link to the image's file; one that is not in the book is replaced with its description."""
    file = find_picture(picture.get("src", ""))
    if file:
        picture.set("src", file)
        picture.set("alt", picture.get("alt", ""))
        return
    text = picture.get("alt", "").strip()
    picture.tag = "span"
    picture.attrib.clear()
    picture.set("class", "no-picture")
    picture.text = f"[{text or 'Picture'}]"


def _notes(notes: Sequence[ChapterNote], content: Element, find_picture: FindPicture) -> Element:
    section = element("section", class_="notes", epub__type="endnotes")
    append(section, "h2", "Notes")
    listed = append(section, "ol")
    around = {child: parent for parent in content.iter() for child in parent}
    marks = {key: mark for mark in content.iter("mark") for key in mark.get("data-annotations", "").split()}
    for number, note in enumerate(notes, start=1):
        item = append(listed, "li", id=f"note-{note.key}", epub__type="endnote")
        _fill(item, note, find_picture)
        if (mark := marks.get(note.key)) is not None:
            reference = element("a", epub__type="noteref", href=f"#note-{note.key}", class_="note-ref")
            append(reference, "sup", f"[{number}]")
            _put_behind(mark, reference, around)
            append(append(item, "p"), "a", "↩", href=f"#annotation-{note.key}")
    return section


def _put_behind(mark: Element, reference: Element, around: dict[Element, Element]) -> None:
    """Put a reference at the end of a passage, outside any link that contains it."""
    within = [mark]
    while within[-1] in around:
        within.append(around[within[-1]])
    place = next((part for part in reversed(within) if part.tag == "a"), mark)
    if place is mark:
        mark.append(reference)
        return
    parent = around[place]
    reference.tail, place.tail = place.tail, None
    parent.insert(list(parent).index(place) + 1, reference)
    around[reference] = parent


def _fill(item: Element, note: ChapterNote, find_picture: FindPicture) -> None:
    if note.quote:
        quote = append(item, "blockquote")
        for line in note.quote.split("\n"):
            append(quote, "p", line)
    if note.html:
        written = tree(note.html)
        _make_fit(written, find_picture)
        item.append(written)
    if note.facts:
        append(item, "p", note.facts, class_="facts")
    if note.replies:
        replies = append(item, "ul")
        for reply in note.replies:
            _fill(append(replies, "li"), reply, find_picture)


def _settle_ids(root: Element) -> None:
    """Make ids unique and valid in XML, and remove links to ids that do not exist."""
    numbers = count(1)
    renamed: dict[str, str] = {}
    for part in root.iter():
        part.attrib.pop("data-annotations", None)
        if (given := part.get("id")) is None:
            continue
        if given in renamed or not given.strip():
            del part.attrib["id"]
            continue
        taken = set(renamed.values())
        renamed[given] = given if is_id(given) and given not in taken else next(f"part-{n}" for n in numbers)
        part.set("id", renamed[given])
    for part in root.iter():
        href = part.get("href")
        if part.tag != "a" or href is None:
            part.attrib.pop("href", None)
            continue
        target = f"#{renamed[href[1:]]}" if href.startswith("#") and href[1:] in renamed else outside(href)
        if target:
            part.set("href", target)
        else:
            del part.attrib["href"]
            part.attrib.pop(EPUB_TYPE, None)
            part.tag = "span"
