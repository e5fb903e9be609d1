"""Obsidian Annotator: a note with a block per annotation of a page or document, in Hypothesis's format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from archive.formats import frontmatter
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import address, distinct, line, objects, text, time_of

LARGEST_FILE = 32 * 1024 * 1024  # bytes
_FENCE = re.compile(r"\s*>?\s*```annotation-json\s*")
_FENCE_ENDS = re.compile(r"\s*>?\s*```\s*")
_BLOCK_ENDS = re.compile(r"\^[\w-]+\s*")
_QUOTED = re.compile(r"%%HIGHLIGHT%%\s*==(.*?)==\s*%%POSTFIX%%", re.DOTALL)
_COMMENT = re.compile(r"%%COMMENT%%(.*?)(?=%%TAGS%%|\Z)", re.DOTALL)
_TAGS = re.compile(r"%%TAGS%%(.*)", re.DOTALL)
_TARGET = re.compile(r"^annotation-target:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)


def _recognises(signs: Signs) -> bool:
    return "```annotation-json" in signs.text and bool(_TARGET.search(signs.text))


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    if source.full_path.stat().st_size > LARGEST_FILE:
        yield RowProblem(f"The note is larger than {LARGEST_FILE >> 20} MB.")
        return
    note = source.text()
    target = _TARGET.search(note)
    written = target[1].strip("\"'") if target else ""
    article = SavedArticle(url=address(written), row=1, metadata={"annotation-target": written})
    for number, (block, begins) in enumerate(_blocks(note), start=1):
        said, is_whole = _json(block)
        if not is_whole:
            message = "This annotation's data is damaged; its words were taken from the note."
            yield RowProblem(message, number, begins, left_out=False)
        article.url = article.url or address(said.get("uri"))
        document = said.get("document")
        article.title = article.title or line(document.get("title") if isinstance(document, dict) else "")
        _add(article, said, "\n".join(each.lstrip().removeprefix(">") for each in block))
    article.title = article.title or frontmatter.title_from_filename(source.path) or source.name
    yield article


def _blocks(note: str) -> Iterator[tuple[list[str], int]]:
    """The lines of each annotation, and its first line number."""
    block: list[str] | None = None
    begins = 1
    for number, written in enumerate(note.split("\n"), start=1):
        if _FENCE.fullmatch(written):
            if block is not None:
                yield block, begins
            block, begins = [], number
        elif block is not None:
            if _BLOCK_ENDS.fullmatch(written):
                yield block, begins
                block = None
            else:
                block.append(written)
    if block is not None:
        yield block, begins


def _json(block: list[str]) -> tuple[dict[str, Any], bool]:
    """An annotation's data, and whether it could be parsed."""
    data = []
    for written in block:
        if _FENCE_ENDS.fullmatch(written):
            break
        data.append(written.lstrip().removeprefix(">"))
    try:
        said = json.loads("\n".join(data))
    except (ValueError, RecursionError):
        return {}, False
    return (said, True) if isinstance(said, dict) else ({}, False)


def _add(article: SavedArticle, said: dict[str, Any], shown: str) -> None:
    """Add an annotation from its data, falling back to what the note shows."""
    selector = next((each for target in objects(said.get("target")) for each in _quotes(target)), {})
    quoted = _QUOTED.search(shown)
    quote = text(selector.get("exact")) or text(quoted[1] if quoted else "")
    comment = _COMMENT.search(shown)
    note = text(said.get("text")) or text(comment[1] if comment else "")
    created, updated = time_of(said.get("created")), time_of(said.get("updated"))
    tags = _tags(said.get("tags"), shown)
    if quote:
        article.highlights.append(
            SavedHighlight(
                quote,
                note=note,
                tags=tags,
                prefix=text(selector.get("prefix")),
                suffix=text(selector.get("suffix")),
                created=created,
                updated=updated if updated != created else None,
                position=_position(said),
            )
        )
    elif note:
        article.notes.append(SavedNote(note, tags=tags, created=created))


def _quotes(target: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in objects(target.get("selector")) if each.get("type") == "TextQuoteSelector"]


def _position(said: dict[str, Any]) -> float | None:
    selectors = [each for target in objects(said.get("target")) for each in objects(target.get("selector"))]
    starts = (each.get("start") for each in selectors if each.get("type") == "TextPositionSelector")
    return next((float(start) for start in starts if isinstance(start, int | float)), None)


def _tags(data: Any, shown: str) -> list[str]:
    found = _TAGS.search(shown)
    behind = [tag.lstrip("#") for tag in re.split(r"[,\s]+", found[1]) if tag.startswith("#")] if found else []
    return distinct([*map(line, data if isinstance(data, list) else []), *behind])


FORMATS = (Format("a note of Obsidian Annotator", _recognises, _read, marks=(b"annotation-json",)),)
