"""Kobo: a reading device's database, KoboReader.sqlite, with its books and highlights."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import line, text, time_of, truth
from archive.formats.values import number as number_of

_COLUMNS = ("VolumeID", "ContentID", "Text", "Annotation", "DateCreated", "Color", "ChapterProgress", "Hidden", "Type")
_SIGNATURE = b"SQLite format 3\0"
_MOST_STEPS = 500  # of 10,000 instructions each: a view in a malicious file may never end
_MOST_MARKS = 100_000
_LONGEST_VALUE = 1024 * 1024  # bytes
_COLOURS = {0: "yellow", 1: "red", 2: "blue", 3: "green"}  # a guess: it is undocumented
_MOST_TEXT = 32 * 1024 * 1024  # code points
_READ = {0: False, 1: False, 2: True}


def _recognises(signs: Signs) -> bool:
    if not signs.head.startswith(_SIGNATURE):
        return False
    if b"CREATE TABLE" in signs.head and b"Bookmark" in signs.head and b"VolumeID" in signs.head:
        return True
    try:
        with closing(_open(signs.source.full_path)) as database:
            return {"content", "bookmark"} <= _tables(database)
    except sqlite3.Error:
        return False


def _open(path: Path) -> sqlite3.Connection:
    """Open the database without writing or locking. Files next to it are ignored."""
    database = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    steps = 0

    def has_run_long() -> bool:
        nonlocal steps
        steps += 1
        return steps > _MOST_STEPS

    database.set_progress_handler(has_run_long, 10_000)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA writable_schema = ON")  # it is opened read-only; this reads the remains of a truncated one
    return database


def _tables(database: sqlite3.Connection) -> set[str]:
    return {str(name).lower() for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    return {str(row[1]) for row in database.execute(f"PRAGMA table_info({table})")}


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    """Damage ends the reading: the marks before it are kept, in the order they were made."""
    books: dict[str, list[_Mark]] = {}
    size = count = 0
    try:
        with closing(_open(source.full_path)) as database:
            for mark in _marks(database):
                books.setdefault(mark.volume, []).append(mark)
                count += 1
                size += len(mark.quote) + len(mark.note)
                if size > _MOST_TEXT:
                    raise sqlite3.DataError("it holds too much text")
    except (sqlite3.Error, OverflowError) as error:
        after = f"after {count:,} highlights and notes" if count else "before its first highlight"
        yield RowProblem(f"The database is cut off or damaged {after} ({error}).")
    else:
        if source.full_path.stat().st_size < _stated_size(source.head):
            yield RowProblem("The database is truncated. Everything readable was read.", left_out=False)
    for number, (volume, marks) in enumerate(books.items(), start=1):
        yield _book(source, volume, marks, number)
    journal = source.beside(f"{source.name}-wal")
    if journal is not None and journal.full_path.stat().st_size:
        message = "The newest highlights are in the file next to it that ends in -wal, which was not read."
        yield RowProblem(f"{message} Eject the device before you copy the database.", left_out=False)


def _stated_size(head: bytes) -> int:
    """The database's stated size in bytes."""
    page = int.from_bytes(head[16:18], "big")
    return (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")


@dataclass(frozen=True, slots=True)
class _Mark:
    volume: str
    quote: str
    note: str
    created: datetime | None
    colour: str
    place: tuple[str, float]  # chapter, and progress within it


def _marks(database: sqlite3.Connection) -> Iterator[_Mark]:
    """The marks of all books, unsorted: if the database sorted them, one damaged page would lose them all."""
    has = _columns(database, "Bookmark")
    wanted = (
        "VolumeID",
        "ContentID",
        "Text",
        "Annotation",
        "DateCreated",
        "Color",
        "ChapterProgress",
        "Hidden",
        "Type",
    )
    names = ", ".join(name if name in has else f"NULL AS {name}" for name in wanted)
    for number, row in enumerate(database.execute(f"SELECT {names} FROM Bookmark")):
        if number == _MOST_MARKS:
            raise sqlite3.DataError(f"it has more than {_MOST_MARKS:,} rows")
        volume, chapter, quoted, note, created, colour, progress, hidden, kind = row
        if truth(hidden) or kind in ("dogear", "markup"):
            continue
        mark = _Mark(
            volume=text(volume),
            quote=text(quoted),
            note=text(note),
            created=time_of(created),
            colour=_COLOURS.get(colour, "") if isinstance(colour, int) else "",
            place=(text(chapter), number_of(progress) or 0.0),
        )
        if mark.quote or mark.note:
            yield mark


def _book(source: Source, volume: str, marks: list[_Mark], number: int) -> SavedArticle:
    title, author, status = _described(source, volume)
    marks = sorted(marks, key=lambda mark: mark.place)
    return SavedArticle(
        title=line(title) or volume.rpartition("/")[2] or source.name,
        authors=[line(author)] if line(author) else [],
        read=_READ.get(status) if isinstance(status, int) else None,
        highlights=[
            SavedHighlight(mark.quote, mark.note, mark.colour, created=mark.created, position=float(position))
            for position, mark in enumerate(marks)
            if mark.quote
        ],
        notes=[SavedNote(mark.note, created=mark.created) for mark in marks if not mark.quote],
        metadata={"VolumeID": volume},
        row=number,
    )


def _described(source: Source, volume: str) -> tuple[object, object, object]:
    """A book's title, author and state; empty if that part of the database is damaged."""
    try:
        with closing(_open(source.full_path)) as database:
            status = "ReadStatus" if "ReadStatus" in _columns(database, "content") else "NULL"
            query = f"SELECT Title, Attribution, {status} FROM content WHERE ContentID = ? LIMIT 1"
            return database.execute(query, [volume]).fetchone() or (None, None, None)
    except (sqlite3.Error, OverflowError):
        return None, None, None


FORMATS = (Format("the database of a Kobo reader", _recognises, _read),)
