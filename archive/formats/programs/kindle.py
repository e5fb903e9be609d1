"""Kindle: the text file in which devices keep all clippings, in the device's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.formats.programs.kindle_lines import KindleLine, read_kindle_line
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import distinct, line, text

_SEPARATOR = re.compile(r"={10}\s*")
_CLIPPINGS = re.compile(r"\s*[^\n]+\n\s*[-–—][^\n]*\n(?:[^\n]*\n){0,2000}?={10}\s*(?:\n|\Z)")
_TITLE = re.compile(r"(?P<title>.*\S)\s*[(（](?P<author>[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]\s*")
_LIMIT = re.compile(
    r"<[^<>\n]{0,200}(?:limit|límite|limiet|лимит|предел|上限|限制|制限|한도|제한)[^<>\n]{0,200}>", re.IGNORECASE
)
_LONGEST_CLIPPING = 1024 * 1024  # code points
_MOST_TEXT = 16 * 1024 * 1024  # code points of clippings collected before they are passed on
_FARTHEST = 200  # locations covered by one passage
_MOST_AT_ONE_PLACE = 20
_NOWHERE = -1


def _recognises(signs: Signs) -> bool:
    return bool(_CLIPPINGS.match(signs.text))


@dataclass(slots=True)
class _Clipping:
    """One clipping: its content lines, its number and its first line number."""

    title: str
    said: KindleLine
    text: str
    number: int
    line: int


@dataclass(slots=True)
class _Book:
    """The clippings from one book."""

    title: str
    row: int
    highlights: list[_Clipping] = field(default_factory=list)
    notes: list[_Clipping] = field(default_factory=list)


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    books: dict[str, _Book] = {}
    size = 0
    for clipping in _clippings(source):
        if isinstance(clipping, RowProblem):
            yield clipping
            continue
        if clipping.said.kind == "bookmark" or not clipping.text:
            continue
        if _LIMIT.fullmatch(clipping.text):
            message = f"Kindle did not keep the text of this passage of “{clipping.title}”: its limit was reached."
            yield RowProblem(message, clipping.number, clipping.line)
            continue
        book = books.setdefault(clipping.title, _Book(clipping.title, clipping.number))
        (book.notes if clipping.said.kind == "note" else book.highlights).append(clipping)
        size += len(clipping.text)
        if size > _MOST_TEXT:
            yield from map(_article, books.values())
            books, size = {}, 0
    yield from map(_article, books.values())


def _clippings(source: Source) -> Iterator[_Clipping | RowProblem]:
    lines: list[str] = []
    size = number = 0
    begins = 1
    for at, written in enumerate(source.lines(), start=1):
        if _SEPARATOR.fullmatch(written):
            if any(each.strip() for each in lines):
                number += 1
                yield _clipping(lines, number, begins)
            lines, size, begins = [], 0, at + 1
            continue
        size += len(written)
        if size < _LONGEST_CLIPPING:
            lines.append(written.rstrip("\r\n"))
    if any(each.strip("\ufeff \t\0") for each in lines):
        yield RowProblem("The file is cut off in this clipping.", number + 1, begins)


def _clipping(lines: list[str], number: int, begins: int) -> _Clipping | RowProblem:
    lines = [each.replace("\ufeff", "") for each in lines]
    first = next(at for at, each in enumerate(lines) if each.strip() or at == len(lines) - 1)
    rest = lines[first + 1 :]
    if not rest or not rest[0].lstrip().startswith(("-", "–", "—")):
        return RowProblem("This is not a clipping: its second line does not begin with a dash.", number, begins + first)
    words = text("\n".join(each.rstrip() for each in rest[1:]))
    return _Clipping(line(lines[first]), read_kindle_line(rest[0]), words, number, begins + first)


def _article(book: _Book) -> SavedArticle:
    title, authors = _title_and_authors(book.title)
    kept = _without_extended(book.highlights)
    highlights = [SavedHighlight(each.text, created=each.said.created, position=each.said.start) for each in kept]
    loose = _join_notes(book.notes, kept, highlights)
    return SavedArticle(
        title=title,
        authors=authors,
        highlights=highlights,
        notes=[SavedNote(each.text, created=each.said.created) for each in loose],
        row=book.row,
    )


def _title_and_authors(written: str) -> tuple[str, list[str]]:
    """The title, and the authors in the last brackets: Last, First; Last, First."""
    match = _TITLE.fullmatch(written) if len(written) < 2000 else None
    if match is None:
        return written, []
    return match["title"], distinct(map(_first_name_first, match["author"].split(";")))


def _first_name_first(author: str) -> str:
    parts = [part.strip() for part in author.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else author.strip()


def _without_extended(clippings: list[_Clipping]) -> list[_Clipping]:
    """The highlights without those that were extended or shortened later: the file contains all versions, and the
    longest is kept."""
    kept: dict[int, _Clipping] = {}
    words: dict[int, str] = {}
    at: dict[int, list[int]] = {}  # indexes of highlights by the locations they cover
    for clipping in clippings:
        own = "".join(clipping.text.split())
        nearby = {number for place in _places(clipping.said) for number in at.get(place, [])[-_MOST_AT_ONE_PLACE:]}
        nearby &= kept.keys()
        if any(own in words[number] for number in nearby):
            continue
        for number in nearby:
            if words[number] in own:
                del kept[number]
        kept[clipping.number] = clipping
        words[clipping.number] = own
        for place in _places(clipping.said):
            at.setdefault(place, []).append(clipping.number)
    return list(kept.values())


def _join_notes(notes: list[_Clipping], kept: list[_Clipping], highlights: list[SavedHighlight]) -> list[_Clipping]:
    """Attach notes to the highlights at their locations; returns the remaining ones."""
    ends: dict[int, int] = {}
    covers: dict[int, int] = {}
    for index, clipping in enumerate(kept):
        if clipping.said.start is not None:
            covers |= dict.fromkeys(_places(clipping.said), index)
            ends[clipping.said.end or clipping.said.start] = index
    loose = []
    for note in notes:
        place = note.said.start if note.said.start is not None else _NOWHERE
        found = ends.get(place, covers.get(place))
        if found is None:
            loose.append(note)
        else:
            highlights[found].note = _joined(highlights[found].note, note.text)
    return loose


def _joined(former: str, note: str) -> str:
    """Both notes, or the longer one if it is an edited version of the other."""
    if former in note:
        return note
    return former if note in former else f"{former}\n\n{note}"


def _places(said: KindleLine) -> range:
    """The locations that a clipping covers, within limits."""
    if said.start is None:
        return range(_NOWHERE, _NOWHERE + 1)
    return range(said.start, min(said.end or said.start, said.start + _FARTHEST) + 1)


FORMATS = (Format("Kindle clippings", _recognises, _read),)
