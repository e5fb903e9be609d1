"""Bookmarks as exported by browsers and bookmark services: Netscape's HTML, whose tags are never closed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.formats.programs.folders import folder_path
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, line, moment, split, text, truth
from archive.text.entities import unescape

_DOCTYPE = re.compile(r"\s*(?:<!--.{0,5000}?-->\s*)*<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE | re.DOTALL)
_HEADLESS = re.compile(r"<DT>\s*<A\s[^<>]*HREF=", re.IGNORECASE)
_ATTRIBUTES = r"""(?>[^<>"']+|"[^"]*"|'[^']*')*+"""
_TAG = re.compile(
    rf"<(/?)(dl|dt|dd|h1|h3|a|hr|title)(?=[\s/>])({_ATTRIBUTES})>|<![^<>]*>|</?([a-z]+){_ATTRIBUTES}>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_CUT_OFF = re.compile(r"<a\s[^>]*\Z", re.IGNORECASE)
_NOT_KEPT = ("icon", "icon_uri")
_PIECE = 64 * 1024  # code points that are read at once
_LONGEST_TAG = 1024 * 1024  # code points: a tag can contain an icon
_DEEPEST = 100


def _recognises(signs: Signs) -> bool:
    return signs.is_html and bool(_DOCTYPE.match(signs.text) or _HEADLESS.search(signs.text[:4096]))


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    reader = _Reader()
    scanner = _Scanner()
    with io.TextIOWrapper(source.utf8(), "utf-8", errors="replace") as stream:
        while piece := stream.read(_PIECE):
            for tag in scanner.scan(piece):
                yield from reader.take(tag)
    for tag in scanner.scan("", is_last=True):
        yield from reader.take(tag)
    yield from reader.end(scanner.rest)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A relevant tag, with the words before it and its line."""

    words: str
    name: str  # in lower case; /a for a closing tag
    attributes: str
    line: int


class _Scanner:
    """Finds tags in a text that comes in pieces, with little memory however long it is."""

    def __init__(self) -> None:
        self.rest = ""  # not scanned yet; at the end, the words after the last tag
        self._words: list[str] = []
        self._line = 1

    def scan(self, piece: str, *, is_last: bool = False) -> Iterator[_Tag]:
        html = self.rest + piece
        at = counted = 0
        while (start := html.find("<", at)) >= 0:
            match = _TAG.match(html, start)
            if match is None:
                if not is_last and len(html) - start < _LONGEST_TAG:
                    break  # its end may be in the next piece
                self._words.append(html[at : start + 1])
                at = start + 1
                continue
            self._words.append(html[at:start])
            at = match.end()
            if match[2]:
                self._line += html.count("\n", counted, start)
                counted = start
                yield _Tag("".join(self._words), match[1] + match[2].lower(), match[3], self._line)
                self._words = []
            elif match[4] and match[4].lower() == "br":
                self._words.append("\n")
        end = start if start >= 0 else len(html)
        self._words.append(html[at:end])
        self._line += html.count("\n", counted, end)
        self.rest = "".join(self._words) if is_last else html[end:]


class _Reader:
    """Turns tags into articles: a link with its details, in the folders that are open."""

    def __init__(self) -> None:
        self._folders: list[str] = []
        self._heading = ""  # of the next list
        self._link: SavedArticle | None = None
        self._within = ""  # the element to which the next words belong
        self._count = 0
        self._line = 1

    def take(self, tag: _Tag) -> Iterator[SavedArticle | RowProblem]:
        self._line = tag.line
        self._take_words(tag.words)
        self._within = tag.name if tag.name in ("a", "dd", "h3") else ""
        if tag.name == "/a" or tag.name == "dd":
            return
        if tag.name != "title" and self._link is not None:
            yield self._link
            self._link = None
        if tag.name == "a":
            yield from self._begin(tag)
        elif tag.name == "h3":
            self._heading = ""
        elif tag.name == "dl":
            if len(self._folders) < _DEEPEST:
                self._folders.append(self._heading)
            self._heading = ""
        elif tag.name == "/dl" and self._folders:
            self._folders.pop()

    def end(self, words: str) -> Iterator[SavedArticle | RowProblem]:
        """Handle what is still open at the end of the file; `words` are those after the last tag."""
        if self._within == "a" or _CUT_OFF.search(words):
            number = self._count + (self._within != "a")
            yield RowProblem("The file is cut off in this link.", number, self._line)
            return
        self._take_words(words)
        if self._link is not None:
            yield self._link
        if len(self._folders) > 1:
            yield RowProblem("The file is cut off: it ends within a folder.", line=self._line, left_out=False)

    def _take_words(self, words: str) -> None:
        if self._within == "h3":
            self._heading = line(words)
        elif self._link is not None and self._within == "a":
            self._link.title = line(words)
        elif self._link is not None and self._within == "dd" and (said := text(unescape(words))):
            self._link.notes = [SavedNote(said)]

    def _begin(self, tag: _Tag) -> Iterator[RowProblem]:
        self._count += 1
        found = _ATTRIBUTE.findall(tag.attributes)
        said = {name.lower(): unescape(double or single or bare) for name, double, single, bare in found}
        url = address(said.get("href"))
        if not url:
            written = said.get("href", "")
            message = f"“{written[:60]}” is not a web address." if written else "The link has no address."
            yield RowProblem(message, self._count, tag.line)
            return
        path = folder_path(self._folders)
        self._link = SavedArticle(
            url=url,
            saved=moment(said.get("add_date")),
            tags=split(said.get("tags")),
            read=False if truth(said.get("toread")) else None,
            collections=[path] if path else [],
            metadata={name: value for name, value in said.items() if name not in _NOT_KEPT},
            row=self._count,
        )


FORMATS = (Format("a file of bookmarks", _recognises, _read),)
