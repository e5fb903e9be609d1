"""wallabag: JSON from its export, its API and its first version, and CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from archive.formats.html_places import Places
from archive.formats.json_entries import json_entries
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight
from archive.formats.source import Source
from archive.formats.table_rows import rows_of_pages
from archive.formats.values import address, day, line, moment, names, objects, split, text, time_of, truth

# wallabag's placeholders for a missing title, in its languages.
_UNTITLED = frozenset(
    [
        "no title found", "untitled", "kein titel gefunden", "pas de titre trouvé", "aucun titre trouvé",
        "no se ha encontrado título", "título no encontrado", "no se encontró título", "nessun titolo trovato",
        "geen titel gevonden", "nie znaleziono tytułu", "название не найдено", "заголовок не найден", "başlık yok",
        "başlık bulunamadı", "nenhum título encontrado", "sem título", "没有找到标题", "未找到标题",
        "タイトルが見つかりませんでした", "タイトルが見つかりません", "무제", "제목을 찾을 수 없음",
        "ingen titel fundet", "aucune titre", "senzill títol",
        "žádný titul nenalezen", "nenalezen žádný název", "niciun titlu găsit", "бележка без заглавие", "titel saknas",
    ]
)  # fmt: skip
_FAILED = re.compile(
    r"wallabag can(?:'|&#0?39;|’)?t retrieve contents for this article"
    r"|wallabag n(?:'|&#0?39;|’)a pas pu récupérer le contenu|troubleshoot this issue|wallabag kann den Inhalt",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _prefix(signs: Signs) -> str:
    for prefix in ("item", "_embedded.items.item"):
        if signs.has_keys(f"{prefix}.is_archived") and signs.keys & {f"{prefix}.is_starred", f"{prefix}.hashed_url"}:
            return prefix
        if signs.has_keys(f"{prefix}.is_read", f"{prefix}.is_fav"):
            return prefix
        if signs.has_keys(f"{prefix}.url", f"{prefix}.domain_name", f"{prefix}.mimetype"):
            return prefix
    return ""


def _read_json(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for entry in json_entries(source, _prefix(Signs(source)) or "item"):
        if isinstance(entry, RowProblem):
            yield entry
            continue
        number, item = entry
        url = address(item.get("url")) or address(item.get("given_url")) or address(item.get("origin_url"))
        if not url:
            yield RowProblem("The entry has no web address.", number)
            continue
        written = _content(item.get("content"), text(item.get("mimetype")))
        places = Places(written)
        yield SavedArticle(
            url=url,
            title=_title(item.get("title")),
            authors=names(item.get("published_by") or []),
            published=day(item.get("published_at")),
            saved=moment(item.get("created_at")),
            language=text(item.get("language")).replace("_", "-"),
            image=address(item.get("preview_picture")),
            content=Content(written.encode("utf-8", "replace")) if written else None,
            tags=names(item.get("tags") or [], "label", "name"),
            read=_either(item, "is_archived", "is_read"),
            starred=_either(item, "is_starred", "is_fav"),
            highlights=[_highlight(each, places) for each in objects(item.get("annotations"))],
            metadata={key: value for key, value in item.items() if key != "content" and not key.isdigit()},
            row=number,
        )


def _read_csv(source: Source) -> Iterator[SavedArticle | RowProblem]:
    for found in rows_of_pages(source, "url"):
        if isinstance(found, RowProblem):
            yield found
            continue
        row, url = found
        written = _content(row.get("content"), row.get("mime type"))
        yield SavedArticle(
            url=url,
            title=_title(row.get("title")),
            saved=_day_first(row.get("creation date")),
            language=row.get("language").replace("_", "-"),
            content=Content(written.encode("utf-8", "replace")) if written else None,
            tags=split(row.get("tags")),
            metadata={name: value for name, value in row.cells.items() if name != "content"},
            row=row.number,
        )


def _either(item: dict[str, Any], *keys: str) -> bool | None:
    return next((told for key in keys if (told := truth(item.get(key))) is not None), None)


def _title(written: Any) -> str:
    title = line(written)
    return "" if title.casefold() in _UNTITLED else title


def _content(written: Any, media_type: str) -> str:
    """The HTML of the article; None if wallabag wrote an error there, or stored something that is not a page."""
    content = written if isinstance(written, str) else ""
    if not content.strip() or (len(content) < 2_000 and _FAILED.search(content)):
        return ""
    return "" if media_type.startswith(("image/", "application/pdf", "video/", "audio/")) else content


def _highlight(said: dict[str, Any], places: Places) -> SavedHighlight:
    """Ranges are paths below the content's root, with offsets into the text of that element."""
    ranges = objects(said.get("ranges"))
    prefix = suffix = ""
    if ranges:
        first, last = ranges[0], ranges[-1]
        prefix, suffix = places.around(
            (text(first.get("start")), text(first.get("startOffset"))),
            (text(last.get("end")), text(last.get("endOffset"))),
        )
    return SavedHighlight(
        text(said.get("quote")),
        note=text(said.get("text")),
        prefix=prefix,
        suffix=suffix,
        created=time_of(said.get("created_at")),
        updated=time_of(said.get("updated_at")),
    )


def _day_first(written: str) -> date | datetime | None:
    """Only the date: the time is on a 12-hour clock without AM or PM."""
    match = _DAY_FIRST.match(written)
    if match is None:
        return moment(written)
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


FORMATS = (
    Format("a wallabag export (JSON)", lambda signs: bool(_prefix(signs)), _read_json),
    Format(
        "a wallabag export (CSV)",
        lambda signs: signs.has_columns("url", "content") and bool(signs.columns & {"mime type", "creation date"}),
        _read_csv,
    ),
)
