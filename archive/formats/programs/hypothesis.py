"""Hypothesis: annotations from its API and its client, as JSON and CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from archive.formats.frontmatter import canonical_url
from archive.formats.json_entries import json_entries
from archive.formats.recognising import Format, Signs
from archive.formats.saved import RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.table_rows import rows_of_pages
from archive.formats.values import address, line, names, objects, split, text, time_of

_PREFIXES = ("rows.item", "annotations.item", "replies.item", "item")


def _prefix(signs: Signs) -> str:
    for prefix in _PREFIXES:
        if signs.has_keys(f"{prefix}.uri") and (
            signs.keys & {f"{prefix}.target", f"{prefix}.group", f"{prefix}.permissions", f"{prefix}.user"}
        ):
            return prefix
    return ""


def _read_json(source: Source) -> Iterator[SavedArticle | RowProblem]:
    """All annotations of a page are collected first: replies may come before what they reply to."""
    prefix = _prefix(Signs(source)) or "item"
    pages: dict[str, SavedArticle] = {}
    by_id: dict[str, SavedHighlight] = {}
    replies: list[tuple[dict[str, Any], str]] = []
    people = Counter[str]()
    entries: list[tuple[int, dict[str, Any]]] = []
    for each in [prefix, *(["replies.item"] if prefix == "rows.item" else [])]:
        for entry in json_entries(source, each):
            if isinstance(entry, RowProblem):
                if each == prefix:
                    yield entry
                continue
            people[text(entry[1].get("user"))] += 1
            entries.append(entry)
    owner = people.most_common(1)[0][0] if people else ""
    for number, said in entries:
        url = address(said.get("uri")) or address(_source_of(said))
        if not url:
            yield RowProblem("The annotation has no web address.", number)
            continue
        page = pages.setdefault(canonical_url(url) or url, SavedArticle(url=url, row=number))
        page.title = page.title or _title(said)
        page.metadata.setdefault("ids", []).append(text(said.get("id")))
        if isinstance(said.get("references"), list) and said["references"]:
            replies.append((said, canonical_url(url) or url))
        else:
            _add(page, said, owner, by_id)
    for said, key in replies:
        answered = next((by_id[each] for each in reversed(said["references"]) if str(each) in by_id), None)
        note = SavedNote(_words(said, owner), names(said.get("tags") or []), time_of(said.get("created")))
        (answered.replies if answered is not None else pages[key].notes).append(note)
    yield from pages.values()


def _add(page: SavedArticle, said: dict[str, Any], owner: str, by_id: dict[str, SavedHighlight]) -> None:
    created, updated = time_of(said.get("created")), time_of(said.get("updated"))
    tags = names(said.get("tags") or [])
    quote = _selector(said, "TextQuoteSelector")
    if quote is None or not text(quote.get("exact")):
        page.notes.append(SavedNote(_words(said, owner) or " ".join(f"#{tag}" for tag in tags), tags, created, updated))
        return
    place = _selector(said, "TextPositionSelector") or {}
    start = place.get("start")
    highlight = SavedHighlight(
        text(quote.get("exact")),
        note=_words(said, owner),
        tags=tags,
        prefix=str(quote.get("prefix") or ""),
        suffix=str(quote.get("suffix") or ""),
        created=created,
        updated=updated,
        position=float(start) if isinstance(start, int | float) else None,
    )
    page.highlights.append(highlight)
    if identity := text(said.get("id")):
        by_id[identity] = highlight


def _words(said: dict[str, Any], owner: str) -> str:
    """The note, with its author's name if that is someone else."""
    written, user = text(said.get("text")), text(said.get("user"))
    name = user.removeprefix("acct:").partition("@")[0]
    return f"{name}: {written}" if written and user and owner and user != owner else written


def _targets(said: dict[str, Any]) -> list[dict[str, Any]]:
    return objects(said.get("target"))


def _source_of(said: dict[str, Any]) -> str:
    return next((text(target.get("source")) for target in _targets(said) if target.get("source")), "")


def _selector(said: dict[str, Any], kind: str) -> dict[str, Any] | None:
    selectors = (selector for target in _targets(said) for selector in objects(target.get("selector")))
    return next((selector for selector in selectors if selector.get("type") == kind), None)


def _title(said: dict[str, Any]) -> str:
    document = said.get("document")
    return next(iter(names(document.get("title") or [])), "") if isinstance(document, dict) else ""


def _is_csv(signs: Signs) -> bool:
    return signs.has_columns("url", "type") and bool(signs.columns & {"quote/description", "comment"})


def _read_csv(source: Source) -> Iterator[SavedArticle | RowProblem]:
    """Rows have no id, so a reply becomes a note on the page."""
    pages: dict[str, SavedArticle] = {}
    for found in rows_of_pages(source, "url"):
        if isinstance(found, RowProblem):
            yield found
            continue
        row, url = found
        page = pages.setdefault(canonical_url(url) or url, SavedArticle(url=url, row=row.number))
        page.title = page.title or line(row.get("page title", "title"))
        created, tags = time_of(row.get("created at", "created")), split(row.get("tags"))
        quote, note = row.get("quote/description", "quote"), row.get("comment")
        kind = row.get("type").casefold()
        if quote and kind not in ("reply", "page note"):
            page.highlights.append(SavedHighlight(quote, note=note, tags=tags, created=created))
        elif note or tags:
            page.notes.append(SavedNote(note or " ".join(f"#{tag}" for tag in tags), tags, created))
    yield from pages.values()


FORMATS = (
    Format("annotations from Hypothesis (JSON)", lambda signs: bool(_prefix(signs)), _read_json),
    Format("annotations from Hypothesis (CSV)", _is_csv, _read_csv),
)
