"""Readwise: highlights as CSV and from its API, and Reader's documents as CSV. Its Markdown is in `highlight_notes`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from archive.formats.frontmatter.authors import read_authors
from archive.formats.json_entries import json_entries
from archive.formats.plain_words import plain_words
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.table_rows import Row, table_rows
from archive.formats.values import address, line, moment, names, number, objects, share, split, text, time_of, truth

DISCARDED = ".discard"
FAVOURITE = ".favorite"
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")


def _is_csv(signs: Signs) -> bool:
    return signs.has_columns("highlight", "book title") or (
        signs.has_columns("highlight", "title") and bool(signs.columns & {"author", "url", "note", "location"})
    )


def _is_api(signs: Signs) -> bool:
    below = ("results.item", "item")
    return any(signs.has_keys(f"{at}.highlights", f"{at}.user_book_id") for at in below) or signs.has_keys(
        "results.item.highlights", "nextPageCursor"
    )


def _is_reader(signs: Signs) -> bool:
    return signs.has_columns("url", "document tags") or signs.has_columns("url", "saved date", "location")


def _read_csv(source: Source) -> Iterator[SavedArticle | RowProblem]:
    """Rows of a document are consecutive; if some come later, the document is repeated."""
    article: SavedArticle | None = None
    discarded = 0
    for row in table_rows(source):
        if isinstance(row, RowProblem):
            yield row
            continue
        title = line(row.get("book title", "title"))
        url = address(row.get("url", "source url"))
        if not title and not url:
            yield RowProblem("The row names no document.", row.number, row.line)
            continue
        authors = read_authors(line(row.get("book author", "author")))
        if article is None or (article.title, article.authors, article.url) != (title, authors, url):
            if article is not None:
                yield article
            article = SavedArticle(url=url, title=title, authors=authors, row=row.number)
        article.tags = list(dict.fromkeys([*article.tags, *split(row.get("document tags"))]))
        tags = split(row.get("tags"))
        if DISCARDED in tags:
            discarded += 1
        elif row.get("highlight") or row.get("note"):
            article.highlights.append(_of_row(row, tags))
    if article is not None:
        yield article
    yield from _discarded(discarded)


def _of_row(row: Row, tags: list[str]) -> SavedHighlight:
    is_ordered = row.get("location type").casefold() in ("order", "location", "page", "time_offset", "offset")
    return SavedHighlight(
        plain_words(row.get("highlight")),
        note=row.get("note"),
        colour=row.get("color", "colour"),
        tags=[tag.removeprefix(".") for tag in tags],
        created=time_of(row.get("highlighted at", "date")),
        position=number(row.get("location")) if is_ordered else None,
    )


def _read_api(source: Source) -> Iterator[SavedArticle | RowProblem]:
    prefix = "results.item" if source.head_text.lstrip().startswith("{") else "item"
    discarded = 0
    for entry in json_entries(source, prefix):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        row, book = entry
        if truth(book.get("is_deleted")):
            continue
        url, title = address(book.get("source_url")), line(book.get("readable_title") or book.get("title"))
        if not url and not title:
            yield RowProblem("The entry has no web address and no title.", row)
            continue
        said = [each for each in objects(book.get("highlights")) if not truth(each.get("is_deleted"))]
        kept = [each for each in said if not truth(each.get("is_discard"))]
        discarded += len(said) - len(kept)
        note = text(book.get("document_note"))
        yield SavedArticle(
            url=url,
            title=title,
            authors=read_authors(line(book.get("author"))),
            description=line(book.get("summary")),
            tags=names(book.get("book_tags") or []),
            notes=[SavedNote(note)] if note else [],
            highlights=[_of_entry(each) for each in kept],
            metadata={key: value for key, value in book.items() if key != "highlights"},
            row=row,
        )
    yield from _discarded(discarded)


def _of_entry(said: dict[str, Any]) -> SavedHighlight:
    is_ordered = text(said.get("location_type")) not in ("", "none")
    return SavedHighlight(
        plain_words(text(said.get("text"))),
        note=text(said.get("note")),
        colour=text(said.get("color")),
        tags=names(said.get("tags") or []),
        created=time_of(said.get("highlighted_at")) or time_of(said.get("created_at")),
        updated=time_of(said.get("updated_at")),
        position=number(said.get("location")) if is_ordered else None,
    )


def _discarded(count: int) -> Iterator[RowProblem]:
    if count:
        message = f"{count:,} {'highlight was' if count == 1 else 'highlights were'} discarded in Readwise."
        yield RowProblem(f"{message} These were left out.", left_out=0)


def _read_reader(source: Source) -> Iterator[SavedArticle | RowProblem]:
    of_feeds = 0
    for row in table_rows(source):
        if isinstance(row, RowProblem):
            yield row
            continue
        place = row.get("location").casefold()
        if place == "feed":
            of_feeds += 1
            continue
        url = address(row.get("url"))
        if not url:
            yield RowProblem(f"“{line(row.get('title'))}” has no web address.", row.number, row.line)
            continue
        tags = _python_list(row.get("document tags"))
        yield SavedArticle(
            url=url,
            title=line(row.get("title")),
            authors=read_authors(line(row.get("author"))),
            saved=moment(row.get("saved date")),
            tags=[tag for tag in tags if tag != "favorite"],
            starred="favorite" in tags,
            read=place == "archive" if place else None,
            progress=share(row.get("reading progress")),
            metadata=dict(row.cells),
            row=row.number,
        )
    if of_feeds:
        message = f"{of_feeds:,} {'row' if of_feeds == 1 else 'rows'} from feeds, which nobody chose to keep, skipped."
        yield RowProblem(message, left_out=of_feeds)


def _python_list(written: str) -> list[str]:
    """The texts of a list in Python syntax; otherwise, tags separated by commas."""
    if not written.startswith("["):
        return split(written)
    try:
        found = ast.literal_eval(written) if len(written) < 20_000 else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        found = None
    if isinstance(found, list):
        return names(found)
    return names([one or other for one, other in _QUOTED.findall(written)])


FORMATS = (
    Format("highlights from Readwise (CSV)", _is_csv, _read_csv),
    Format("highlights from Readwise (API)", _is_api, _read_api),
    Format("documents of Readwise Reader (CSV)", _is_reader, _read_reader),
)
