"""Omnivore's zip, or its unpacked folder: metadata as JSON, articles as HTML, highlights as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archive.formats.frontmatter.authors import read_authors
from archive.formats.html_text import plain_text
from archive.formats.json_entries import json_entries
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, day, line, moment, names, share, text

_READ = {"archived": True, "active": False}
_LABELS = re.compile(r"#[^\s#][^#\n]*(?: #[^\s#][^#\n]*)*")
_SENTENCE_END = (".", "!", "?", "。", "…")


def _is_metadata(signs: Signs) -> bool:
    return signs.has_keys("item.slug") and len(signs.keys & {"item.savedAt", "item.readingProgress", "item.labels"}) > 1


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for entry in json_entries(source, "item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        number, item = entry
        url = address(item.get("url"))
        title = line(item.get("title"))
        if not url and not title:
            yield RowProblem("The entry has no web address and no title.", number)
            continue
        article = SavedArticle(
            url=url,
            title=title,
            authors=read_authors(text(item.get("author"))),
            published=day(item.get("publishedAt")),
            saved=moment(item.get("savedAt")),
            description=line(item.get("description")),
            image=address(item.get("thumbnail")),
            tags=names(item.get("labels")),
            read=_READ.get(text(item.get("state")).casefold()),
            progress=share(item.get("readingProgress"), of=100),
            metadata=item,
            row=number,
        )
        yield from _take_in_files(source, item, article)
        yield article


def _take_in_files(source: Source, item: dict[str, Any], article: SavedArticle) -> Iterator[RowProblem]:
    """Add what is in separate files: the article's text, its highlights and notes."""
    slug = text(item.get("slug"))
    page = source.beside(f"content/{slug}.html") if slug else None
    try:
        if page is not None:
            article.content = Content(page.read(), "fragment", page.path)
        elif slug and source.beside(f"content/{slug}.pdf"):
            message = f"“{article.title or slug}” is a PDF document, which has no text to import."
            yield RowProblem(message, article.row, left_out=0)
        marked = source.beside(f"highlights/{slug}.md") if slug else None
        if marked is not None:
            words = plain_text(article.content.data) if article.content else ""
            article.highlights, article.notes = read_highlights(marked.text(), words)
    except OSError as error:
        yield RowProblem(f"A file of “{article.title or slug}” cannot be read: {error.strerror}.", article.row)


def read_highlights(written: str, words: str) -> tuple[list[SavedHighlight], list[SavedNote]]:
    """The highlights of a file, and the notes on the whole article. `words` is the article's text.

    Only the first paragraph of a quote is marked by ">". Further ones are recognised because they occur in the article.
    A note on the whole article is followed by an extra blank line.
    """
    article_words = _squeezed(words)
    highlights: list[SavedHighlight] = []
    notes: list[SavedNote] = []
    pieces = re.split(r"(\n{3,}|\n+\Z)", written)
    for piece, end in zip(pieces[::2], [*pieces[1::2], ""], strict=False):
        found: list[SavedHighlight] = []
        paragraphs: list[str] = []  # since the last quote: its note, or one on the whole article
        for block in filter(None, (block.strip("\n") for block in re.split(r"\n\n+(?=>)|\n\n", piece))):
            if block.startswith(">"):
                _add_note(found, notes, paragraphs)
                paragraphs = []
                found.append(SavedHighlight(_quote(block)))
                continue
            current = found[-1] if found else None
            if current and not paragraphs and not current.tags:
                longer = f"{current.quote}\n\n{block.strip()}"
                if _squeezed(longer) in article_words:
                    current.quote = longer
                    continue
                if _is_labels(block):
                    current.tags = [label.strip() for label in block.strip()[1:].split(" #")]
                    continue
            paragraphs.append(block.strip())
        if end and found and paragraphs:
            kept = paragraphs[:1] if len(paragraphs) > 1 else []
            notes.append(SavedNote("\n\n".join(paragraphs[len(kept) :])))
            paragraphs = kept
        _add_note(found, notes, paragraphs)
        highlights += found
    return [highlight for highlight in highlights if highlight.quote], notes


def _add_note(found: list[SavedHighlight], notes: list[SavedNote], paragraphs: list[str]) -> None:
    """Attach the text below a quote to it; before the first quote, it is a note on the whole article."""
    if paragraphs and found:
        found[-1].note = "\n\n".join(paragraphs)
    elif paragraphs:
        notes.append(SavedNote("\n\n".join(paragraphs)))


def _quote(block: str) -> str:
    lines = [written.removeprefix(">").strip() for written in block.split("\n")]
    return "\n".join(lines).strip()


def _is_labels(block: str) -> bool:
    written = block.strip()
    return bool(_LABELS.fullmatch(written)) and len(written) < 300 and not written.endswith(_SENTENCE_END)


def _squeezed(words: str) -> str:
    return "".join(words.split())


FORMATS = (Format("an Omnivore export", _is_metadata, _read, folders=("content", "highlights")),)
