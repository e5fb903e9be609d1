"""Parses text to inline elements in one pass, following CommonMark 0.31's appendix ("Phase 2: inline structure").

Every construct that looks ahead for its end remembers where it found none, so that no text takes more than linear time.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from archive.text.commonmark import autolinks, links
from archive.text.commonmark.delimiters import Delimiter, flanks, pair
from archive.text.commonmark.markers import ATTRIBUTE_LIST, CLOSE_TAG, OPEN_TAG
from archive.text.commonmark.parts import (
    RAW_HTML,
    Close,
    Open,
    Part,
    build,
    footnote_reference,
    link,
    plain_text,
    without_link,
)
from archive.text.commonmark.tags import closed_names, is_made_up
from archive.text.entities import REFERENCE, meaning

_ALWAYS = r"\\`*_~=\[\]!<&\n@%{$^"
_SPECIAL = {
    (url, www): re.compile(f"[{_ALWAYS}{':' if url else ''}{'w' if www else ''}]")
    for url in (False, True)
    for www in (False, True)
}
_BACKTICKS = re.compile("`+")
_RUN = {character: re.compile(re.escape(character) + "+") for character in "*_~="}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(REFERENCE)
_TAG = re.compile(f"{OPEN_TAG}|{CLOSE_TAG}")
_EMPTY_COMMENT = re.compile(r"<!---?>")
_LINK_TAG = re.compile(r"<a\s[^>]*\bhref\s*=|</a\s*>", re.I)
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
_INLINE_NOTE = re.compile(r"\^\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,500}\]){1,5000})\](?![(\[])", re.S)
_WORD = re.compile(r"[^\W\d_]{2}")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(slots=True)
class _Bracket:
    part: int  # index of its own text among the parts
    delimiter: int  # number of delimiters before it
    end: int  # where its content starts in the text
    is_image: bool


class Notes(Protocol):
    """The footnotes of a document."""

    def refer(self, label: str) -> tuple[int, int] | None:
        """The number of the note with this label, and how often it has been referred to; None if there is none."""
        ...

    def add(self, text: str) -> int:
        """Add a note written where it is referred to; returns its number."""
        ...


Handler = Callable[["Inlines", int], int]
"""Parses what starts at a position and returns where parsing continues; the position itself if nothing starts there."""

MOST_PARTS = 30_000
"""Maximum number of inline elements and pieces of text in one block; the rest is text. No real paragraph has as
many."""


class Inlines:
    """The inline elements of one text. Handlers call `add`; `parse_into` puts the result into an element.

    `references` are the document's link definitions, `footnotes` its notes, and `handlers` parse additional syntax, by
    first character.
    """

    def __init__(
        self,
        text: str,
        references: dict[str, tuple[str, str]],
        footnotes: Notes,
        handlers: dict[str, Handler],
    ) -> None:
        self.text = text
        self.references = references
        self._footnotes = footnotes
        self._further = handlers
        self._parts: list[Part] = []
        self._mark = 0  # the text before it has become parts
        self._delimiters: list[Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._links_below = 0  # brackets below this height cannot become links, since links cannot be nested
        self._no_end: set[str] = set()
        self._backticks: dict[int, list[int]] | None = None
        self._closed = closed_names(text)
        self._is_in_link = False  # of the source's HTML

    def parse_into(self, element: Element) -> bool:
        """Parse the text and make the result the element's content. Returns whether it was parsed to its end."""
        text = self.text
        find = _SPECIAL["://" in text, "www." in text].search
        at = 0
        while len(self._parts) < MOST_PARTS and (match := find(text, at)):
            start = match.start()
            character = text[start]
            further = self._further.get(character)
            at = further(self, start) if further else start
            if at == start:
                at = _HANDLERS[character](self, start) if character in _HANDLERS else start
            if at == start:
                at += 1
        is_read = self._mark >= len(text) or find(text, at) is None
        self._flush(len(text))
        pair(self._delimiters)
        build(element, self._parts)
        return is_read

    def add(self, part: str | Element, start: int, end: int) -> int:
        """Make `part` stand for `text[start:end]`; returns `end`."""
        self._flush(start)
        self._parts.append(part)
        self._mark = end
        return end

    def find_end(self, mark: str, start: int) -> int:
        """The position of the next `mark` at or after `start`, or -1."""
        if mark in self._no_end:
            return -1
        found = self.text.find(mark, start)
        if found < 0:
            self._no_end.add(mark)
        return found

    def _flush(self, end: int) -> None:
        if end > self._mark:
            self._parts.append(self.text[self._mark : end])
            self._mark = end

    # the handlers of CommonMark's own syntax

    def _escape(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            return self.add(Element("br"), start, start + 2)
        if following in _PUNCTUATION:
            self._flush(start)
            self._mark = start + 1
            return start + 2
        return start

    def _new_line(self, start: int) -> int:
        if not self.text.endswith(" ", self._mark, start):
            return start + 1
        kept = len(self.text[self._mark : start].rstrip(" ")) + self._mark
        if start - kept >= 2:
            return self.add(Element("br"), kept, start + 1)
        return self.add("\n", kept, start + 1)

    def _code(self, start: int) -> int:
        if self._backticks is None:
            self._backticks = {}
            for run in _BACKTICKS.finditer(self.text):
                self._backticks.setdefault(run.end() - run.start(), []).append(run.start())
        match = _BACKTICKS.match(self.text, start)
        content = match.end() if match else start
        runs = self._backticks.get(content - start, [])
        position = bisect_right(runs, content)
        if position == len(runs):
            return content
        code = self.text[content : runs[position]].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(code)
        return self.add(element, start, runs[position] + content - start)

    def _run(self, start: int) -> int:
        character = self.text[start]
        match = _RUN[character].match(self.text, start)
        end = match.end() if match else start + 1
        if (character == "~" and end - start > 2) or (character == "=" and end - start != 2):
            return end
        can_open, can_close = flanks(self.text, start, end)
        if can_open or can_close:
            self._flush(start)
            run = Delimiter(character, end - start, can_open, can_close)
            self._delimiters.append(run)
            self._parts.append(run)
            self._mark = end
        return end

    def _entity(self, start: int) -> int:
        match = _ENTITY.match(self.text, start)
        if match is None or (characters := meaning(match.group())) == match.group():
            return start
        return self.add(characters, start, match.end())

    def _angle(self, start: int) -> int:
        text = self.text
        if found := autolinks.within_angles(text, start):
            href, words = found
            return self.add(link(href, words), start, start + len(words) + 2)
        if match := _LINE_BREAK_TAG.match(text, start):
            return self.add(Element("br"), start, match.end())
        if match := _TAG.match(text, start):
            return start if is_made_up(match.group(), self._closed) else self._raw(start, match.end())
        if match := _EMPTY_COMMENT.match(text, start):
            return self.add("", start, match.end())
        if text.startswith("<!--", start) and (end := self.find_end("-->", start + 4)) >= 0:
            return self.add("", start, end + 3)
        return start

    def _raw(self, start: int, end: int) -> int:
        if match := _LINK_TAG.match(self.text, start, end):
            self._is_in_link = match.group()[1] != "/" and "a" in self._closed
        element = Element(RAW_HTML)
        element.text = AtomicString(self.text[start:end])
        return self.add(element, start, end)

    def _url(self, colon: int) -> int:
        found = autolinks.url_around(self.text, colon, self._mark, bool(self._brackets))
        if found is None or self._is_in_link:
            return colon
        address = autolinks.written_out(self.text[slice(*found)])
        return self.add(link(address, address), *found)

    def _www(self, start: int) -> int:
        end = autolinks.www_at(self.text, start, bool(self._brackets))
        if end is None or self._is_in_link:
            return start
        address = autolinks.written_out(self.text[start:end])
        return self.add(link(f"http://{address}", address), start, end)

    def _email(self, at_sign: int) -> int:
        found = autolinks.email_around(self.text, at_sign, self._mark)
        if found is None or self._is_in_link:
            return at_sign
        address = self.text[slice(*found)]
        return self.add(link(f"mailto:{address}", address), *found)

    # links and images

    def _open_bracket(self, start: int) -> int:
        if match := _FOOTNOTE.match(self.text, start):
            number = self._footnotes.refer(match[1])
            if number is not None:
                return self.add(footnote_reference(*number), start, match.end())
        return self._push(start, start + 1)

    def _inline_note(self, start: int) -> int:
        """`^[a note]`, as in Pandoc and Obsidian; `^[1](address)` is a superscript link."""
        match = _INLINE_NOTE.match(self.text, start)
        if match is None or _WORD.search(match[1]) is None:
            return start
        return self.add(footnote_reference(self._footnotes.add(match[1]), 1), start, match.end())

    def _open_image(self, start: int) -> int:
        if not self.text.startswith("[", start + 1):
            return start
        note = _FOOTNOTE.match(self.text, start + 1)
        if note and self.text[note.end() : note.end() + 1] not in ("(", "["):
            return start  # a note after an exclamation mark: Great![^1]
        return self._push(start, start + 2)

    def _push(self, start: int, end: int) -> int:
        self.add(self.text[start:end], start, end)
        self._brackets.append(_Bracket(len(self._parts) - 1, len(self._delimiters), end, end - start == 2))
        return end

    def _close_bracket(self, start: int) -> int:
        if not self._brackets:
            return start
        bracket = self._brackets.pop()
        is_dead = len(self._brackets) < self._links_below
        self._links_below = min(self._links_below, len(self._brackets))
        if is_dead and not bracket.is_image:
            return start
        target = self._target(bracket, start)
        if target is None:
            return start
        href, title, end = target
        self._flush(start)
        pair(self._delimiters[bracket.delimiter :])
        del self._delimiters[bracket.delimiter :]
        attributes = {"title": title} if title else {}
        if bracket.is_image:
            alt = plain_text(self._parts[bracket.part + 1 :])
            del self._parts[bracket.part :]
            self._parts.append(Element("img", {"src": href, "alt": alt} | attributes))
        else:
            content = [without_link(part) for part in self._parts[bracket.part + 1 :]]
            self._parts[bracket.part :] = [Open("a", {"href": href} | attributes), *content, Close("a")]
            self._links_below = len(self._brackets)
        if attributes_after := ATTRIBUTE_LIST.match(self.text, end):
            end = attributes_after.end()
        self._mark = end
        return end

    def _target(self, bracket: _Bracket, start: int) -> tuple[str, str, int] | None:
        """The target of the link whose text ends at `start`: address, title, and where the target ends."""
        if self.text.startswith("(", start + 1) and (found := links.inline_target(self.text, start + 1)):
            return found
        if not self.references:
            return None
        label, end = self.text[bracket.end : start], start + 1
        following = links.label_at(self.text, end)
        if following is not None:
            end = following[1]
            label = following[0] or label
        if len(label) > 999 or (following is None and "[" in label):
            return None
        reference = self.references.get(links.normal_label(label))
        return (*reference, end) if reference else None


_HANDLERS: dict[str, Handler] = {
    "\\": Inlines._escape,
    "\n": Inlines._new_line,
    "`": Inlines._code,
    "*": Inlines._run,
    "_": Inlines._run,
    "~": Inlines._run,
    "=": Inlines._run,
    "&": Inlines._entity,
    "<": Inlines._angle,
    ":": Inlines._url,
    "w": Inlines._www,
    "@": Inlines._email,
    "[": Inlines._open_bracket,
    "^": Inlines._inline_note,
    "!": Inlines._open_image,
    "]": Inlines._close_bracket,
}
