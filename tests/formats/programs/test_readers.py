"""Reading apps and devices that export highlights: KOReader, Kobo, Obsidian's clipper and annotator."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.formats.files import read, source_of
from tests.formats.programs.samples import ANNOTATOR, CLIPPER, KOREADER


def test_koreader_of_all_books_and_of_one(tmp_path: Path) -> None:
    name, [tides, salt], problems = read(source_of(tmp_path, KOREADER))
    assert (name, problems) == ("highlights from KOReader", [])
    [highlight] = tides.highlights
    assert (highlight.quote, highlight.note, highlight.colour) == ("The tide does not wait.", "Who says so?", "blue")
    assert highlight.created == datetime(2023, 4, 9, 18, 0, tzinfo=UTC)
    assert ([note.text for note in tides.notes], salt.title) == (["A thought."], "Salt")
    one = '{"title": "Salt", "author": "B", "entries": [{"text": "It sang.", "time": 1681063400}]}'
    _, [book], _ = read(source_of(tmp_path, one))
    assert [each.quote for each in book.highlights] == ["It sang."]


def test_the_clippers_passages_are_html_with_words_around(tmp_path: Path) -> None:
    name, [one, two], problems = read(source_of(tmp_path, CLIPPER))
    assert (name, problems) == ("highlights from Obsidian Web Clipper", [])
    first, second = one.highlights
    assert (first.quote, first.note) == ("The tide & more.\n\nIt waits.", "Who?\n\nWhy?")
    assert (second.quote, second.prefix, second.suffix) == ("a < b", "so", "holds")
    assert (second.created, two.title) == (datetime(2023, 4, 9, 18, 5, tzinfo=UTC), "")


def test_the_clippers_second_list_alone(tmp_path: Path) -> None:
    data = '[{"id": "1681063500000", "type": "text", "content": "a &amp; b", "notes": ["Why?"]}]'
    _, [page], _ = read(source_of(tmp_path, f'[{{"url": "https://a.example/1", "data": {data}}}]'))
    [highlight] = page.highlights
    assert (highlight.quote, highlight.note, highlight.created) == (
        "a & b",
        "Why?",
        datetime(2023, 4, 9, 18, 5, tzinfo=UTC),
    )


def test_the_annotators_damaged_block_is_read_as_the_note_shows_it(tmp_path: Path) -> None:
    name, [article], [problem] = read(source_of(tmp_path, ANNOTATOR, "one.md"))
    assert (name, problem.row, problem.left_out) == ("a note of Obsidian Annotator", 2, False)
    first, second = article.highlights
    assert (article.url, article.title, first.tags) == ("https://a.example/1", "One", ["todo", "sea"])
    assert (first.quote, first.note, first.prefix, first.position) == ("The tide.", "Who?", "so", 9.0)
    assert (second.quote, second.note) == ("It waits.", "So it is.")


def _kobo(path: Path, marks: int = 2) -> bytes:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE content (ContentID TEXT PRIMARY KEY, Title TEXT, Attribution TEXT, ReadStatus INTEGER);"
            "CREATE TABLE Bookmark (BookmarkID TEXT, VolumeID TEXT, ContentID TEXT, Text TEXT, Annotation TEXT,"
            " DateCreated TEXT, ChapterProgress REAL, Hidden TEXT, Type TEXT);"
            "INSERT INTO content VALUES ('file:///tides.epub', 'Tides', 'Ada Quill', 2);"
            "INSERT INTO Bookmark VALUES ('x', 'file:///tides.epub', 'c', NULL, NULL, NULL, 0.1, 'false', 'dogear'),"
            "('y', 'file:///tides.epub', 'c', 'Hidden.', NULL, NULL, 0.1, 'true', 'highlight'),"
            "('z', 'file:///gone.epub', 'c', 'Unknown.', NULL, '2023-04-09T18:00:00Z', 0.1, 'false', 'highlight')"
        )
        database.executemany(
            "INSERT INTO Bookmark VALUES (?, 'file:///tides.epub', 'c', ?, ?, '2023-04-09T18:00:00.000', ?, 0, 'note')",
            [(str(number), f"\n  Passage {number}.", "Why?", 1 - number / marks) for number in range(marks)],
        )
        database.commit()
    return path.read_bytes()


def test_kobo_has_books_with_their_marks_in_the_order_of_the_text(tmp_path: Path) -> None:
    _kobo(tmp_path / "file")
    name, books, problems = read(source_of(tmp_path, (tmp_path / "file").read_bytes()))
    assert (name, problems) == ("the database of a Kobo reader", [])
    unknown, tides = sorted(books, key=lambda book: len(book.highlights))
    assert (tides.title, tides.authors, tides.read) == ("Tides", ["Ada Quill"], True)
    assert [(each.quote, each.note) for each in tides.highlights] == [("Passage 1.", "Why?"), ("Passage 0.", "Why?")]
    assert tides.highlights[0].created == datetime.fromisoformat("2023-04-09T18:00:00")
    assert (unknown.title, unknown.highlights[0].quote) == ("gone.epub", "Unknown.")


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_kobo_database_cut_off_gives_what_is_there(tenth: int, tmp_path: Path) -> None:
    whole = _kobo(tmp_path / "whole", marks=2000)
    _, books, problems = read(source_of(tmp_path, whole[: len(whole) * tenth // 10]))
    assert problems
    assert len(books) > 0 or tenth < 3


def test_a_kobo_database_that_never_ends_is_left(tmp_path: Path) -> None:
    path = tmp_path / "endless"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE content (ContentID); CREATE TABLE x (VolumeID);"
            "CREATE VIEW Bookmark AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS VolumeID, NULL AS Text FROM n"
        )
    _, books, [problem] = read(source_of(tmp_path, path.read_bytes()))
    assert (books, "damaged" in problem.message) == ([], True)


def test_what_a_kobo_has_not_written_into_its_database_yet_is_named(tmp_path: Path) -> None:
    content = _kobo(tmp_path / "whole")
    source_of(tmp_path, b"x", "file-wal")
    _, _, [problem] = read(source_of(tmp_path, content))
    assert "-wal" in problem.message
